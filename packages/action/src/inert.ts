/** Zero-width space: breaks a command's mark without being seen. */
const BREAK = '\u200b'

/**
 * Text as lines of the log that the runner takes for nothing but text. It reads commands from any line that starts with
 * `::` after white space, and in their older form from `##[` anywhere (runner: ActionCommand.TryParseV2, TryParse).
 */
export function renderInert(text: string): string {
  return text
    .split(/\r\n|\r|\n|\u2028|\u2029/)
    .map((line) => line.replace(/^(\s*):(?=:)/, `$1:${BREAK}`).replaceAll('##[', `##${BREAK}[`))
    .join('\n')
}
