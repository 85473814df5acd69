/** Somebody else's words inside a message: cut short, on one line, nothing invisible. */
export function quote(text: string): string {
  const cut = Array.from(text.slice(0, 200)).slice(0, 100).join('')
  const seen = cut.replaceAll('`', "'").replace(/[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu, (char) => `\\u{${hex(char)}}`)
  return `\`${seen}${cut.length < text.length ? '…' : ''}\``
}

/** A character by its number, and as it looks where it can be seen: `` `а` (U+0430) ``. */
export function nameCharacter(char: string): string {
  const code = `U+${hex(char).toUpperCase().padStart(4, '0')}`
  if (char === ' ') return 'a space'
  return /[\p{C}\p{Z}\p{M}\p{Default_Ignorable_Code_Point}`]/u.test(char) ? code : `\`${char}\` (${code})`
}

function hex(char: string): string {
  return (char.codePointAt(0) ?? 0).toString(16)
}
