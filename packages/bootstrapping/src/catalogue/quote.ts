/** Somebody else's words inside a message: cut short, on one line, nothing invisible. */
export function quote(text: string): string {
  const cut = [...text].slice(0, 100).join('')
  const seen = JSON.stringify(cut).slice(1, -1).replaceAll('\\"', '"').replaceAll('`', "'")
  return `\`${seen.replace(/[\p{C}\u2028\u2029]/gu, (char) => `\\u${(char.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`)}\``
}
