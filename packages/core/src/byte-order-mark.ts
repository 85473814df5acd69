/** A text without the byte-order mark that some editors of Windows begin every file with. */
export function withoutBom(text: string): string {
  return text.startsWith('\ufeff') ? text.slice(1) : text
}
