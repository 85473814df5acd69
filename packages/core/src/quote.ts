/** Somebody else's words inside a message: cut to `max` characters, on one line, nothing invisible. */
export function quote(text: string, max = 100): string {
  const cut = Array.from(text.slice(0, max * 2))
    .slice(0, max)
    .join('')
  const seen = JSON.stringify(cut).slice(1, -1).replaceAll('\\"', '"').replaceAll('`', "'")
  return `\`${seen.replace(/[\p{C}\u2028\u2029]/gu, (char) => `\\u${(char.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`)}\``
}
