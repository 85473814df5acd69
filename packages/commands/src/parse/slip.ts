/**
 * Whether a word is a known one with one slip of the hand: a letter missing, added, swapped with its neighbour or, in
 * words of five and more, another one. Stricter than a suggestion needs to be: other robots' commands are words as well.
 */
export function isSlip(word: string, known: string): boolean {
  if (word === known || Math.min(word.length, known.length) < 3 || Math.abs(word.length - known.length) > 1) return false
  let same = 0
  while (word[same] === known[same] && same < word.length) same += 1
  const left = word.slice(same)
  const right = known.slice(same)
  if (left.length !== right.length) return left.length < right.length ? left === right.slice(1) : left.slice(1) === right
  const isSwap = left[0] === right[1] && left[1] === right[0] && left.slice(2) === right.slice(2)
  return isSwap || (known.length >= 5 && left.slice(1) === right.slice(1))
}
