/** What needs no full stop: it has a mark, stands in brackets as a whole, or ends with an address, which one would become a part of. */
const ENDED = /[.!?:…][”)]?$|^\\?\(.*\)$|https?:[^\s)]+$/

/** Sentences behind one another, each with its full stop, so that what follows is not taken for its end. */
export function joinSentences(...sentences: readonly string[]): string {
  return sentences
    .map((one) => one.trim())
    .filter((one) => one !== '')
    .map((one) => (ENDED.test(one) ? one : `${one}.`))
    .join(' ')
}
