/** Rows of cells as comma-separated values (RFC 4180), each line ended with CRLF. `readCsv` gives back the same cells. */
export function writeCsv(rows: readonly (readonly string[])[]): string {
  return rows.map((cells) => `${cells.map(writeCell).join(',')}\r\n`).join('')
}

/** Empty cells too: a line that holds one empty cell would be no line. */
function writeCell(text: string): string {
  return text === '' || /[",\r\n]|^\s|\s$|^\ufeff/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
