/**
 * GitHub's filter patterns (docs: "Filter pattern cheat sheet"): `*` any run of characters but `/`, `**` any run at all,
 * `?` and `+` repeat the character before them, `[a-z]` one of a set, `\` takes the next one as it is, `!` in front takes
 * back what an earlier pattern allowed. Matched step by step, never by a backtracking expression: the patterns are
 * other people's.
 */
interface Piece {
  readonly accepts: (char: string) => boolean
  readonly min: 0 | 1
  readonly many: boolean
}

/** Whether a name passes a list of patterns: the last one that matches decides. No list lets everything pass. */
export function matchesPatterns(name: string, patterns: readonly string[] | undefined): boolean {
  if (patterns === undefined) return true
  return patterns.reduce((passes, pattern) => {
    const excludes = pattern.startsWith('!')
    const pieces = parsePattern(excludes ? pattern.slice(1) : pattern)
    return 'pieces' in pieces && matches([...name], pieces.pieces) ? !excludes : passes
  }, false)
}

/** What is wrong with a pattern; undefined when it is sound. */
export function findPatternFault(pattern: string): string | undefined {
  const parsed = parsePattern(pattern.startsWith('!') ? pattern.slice(1) : pattern)
  return 'fault' in parsed ? parsed.fault : undefined
}

function parsePattern(pattern: string): { readonly pieces: readonly Piece[] } | { readonly fault: string } {
  if (pattern === '') return { fault: 'it is empty' }
  const pieces: Piece[] = []
  const chars = [...pattern]
  let repeatable = false
  for (let i = 0; i < chars.length; i += 1) {
    const char = chars[i] ?? ''
    if (char === '*') {
      const all = chars[i + 1] === '*'
      if (all) i += 1
      pieces.push({ accepts: all ? () => true : (other) => other !== '/', min: 0, many: true })
      repeatable = false
    } else if (char === '?' || char === '+') {
      const last = pieces.pop()
      if (!repeatable || !last) return { fault: `\`${char}\` has no character before it to repeat` }
      pieces.push({ ...last, min: char === '?' ? 0 : 1, many: char === '+' })
      repeatable = false
    } else if (char === '[') {
      const end = chars.indexOf(']', i + 1)
      if (end < 0) return { fault: '`[` is never closed' }
      const set = parseSet(chars.slice(i + 1, end))
      if (!set) return { fault: 'the set in `[ ]` is empty or runs backwards' }
      pieces.push({ accepts: set, min: 1, many: false })
      i = end
      repeatable = true
    } else if (char === '\\' && i + 1 >= chars.length) {
      return { fault: '`\\` at the end escapes nothing' }
    } else {
      if (char === '\\') i += 1
      const literal = chars[i] ?? ''
      pieces.push({ accepts: (other) => other === literal, min: 1, many: false })
      repeatable = true
    }
  }
  return { pieces }
}

function parseSet(chars: readonly string[]): ((char: string) => boolean) | undefined {
  if (chars.length === 0) return undefined
  const ranges: [string, string][] = []
  for (let i = 0; i < chars.length; i += 1) {
    const from = chars[i] ?? ''
    const isRange = chars[i + 1] === '-' && i + 2 < chars.length
    const to = (isRange ? chars[i + 2] : from) ?? from
    if (to < from) return undefined
    ranges.push([from, to])
    if (isRange) i += 2
  }
  return (char) => ranges.some(([from, to]) => from <= char && char <= to)
}

/** Which pieces can have been reached, character by character: time grows with name times pattern, never faster. */
function matches(name: readonly string[], pieces: readonly Piece[]): boolean {
  const skip = (reached: Set<number>): Set<number> => {
    for (const index of reached) if (pieces[index]?.min === 0) reached.add(index + 1)
    return reached
  }
  let reached = skip(new Set([0]))
  for (const char of name) {
    const next = new Set<number>()
    for (const index of reached) {
      const piece = pieces[index]
      if (!piece?.accepts(char)) continue
      next.add(index + 1)
      if (piece.many) next.add(index)
    }
    // A piece that may repeat has had its one time: the next piece is reached already.
    reached = skip(next)
  }
  return reached.has(pieces.length)
}
