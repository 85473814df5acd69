/** Sentences behind one another: one that ends with neither a mark nor a bracket gets its full stop, so that what follows is not taken for its end. */
export function joinSentences(...sentences: readonly string[]): string {
  return sentences
    .map((one) => one.trim())
    .filter((one) => one !== '')
    .map((one) => (/[.!?:…)”`]$/.test(one) || /https?:\S+$/.test(one) ? one : `${one}.`))
    .join(' ')
}
