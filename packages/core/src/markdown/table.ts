/** A Markdown table. Cells are Markdown of one line already, escaped by whoever made them; a `|` left in one, as in code, stays in it. */
export function renderTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(keepPipes).join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

/** A table ends cells at each `|` that no backslash escapes, code or not; the backslash is not shown. Source: GFM, tables. */
function keepPipes(cell: string): string {
  return cell.replace(/(\\*)\|/g, (found, backslashes: string) => (backslashes.length % 2 === 0 ? `${backslashes}\\|` : found))
}
