import { escapeMarkdown, truncate } from '@switchyard/core'
import type { CommandFault } from '../fault.ts'

/** Faults that a reply lists; what is left over shows once these are mended. */
const MAX_FAULTS = 20
/** UTF-16 units of a message or hint: a comment's own words may be as long as the comment. */
const MAX_LENGTH = 300

/** Why a comment was refused, as a Markdown list for the reply. Everything that quotes the comment is inert: no mention, link or format. */
export function renderFaults(faults: readonly CommandFault[]): string {
  const lines = faults.slice(0, MAX_FAULTS).map(({ line, column, message, hint, code }) => {
    const where = `line ${line}, column ${column}`
    return `- **${where}**: ${inert(message)} ${inert(hint)} (\`${code}\`)`
  })
  const rest = faults.length - lines.length
  return [...lines, ...(rest > 0 ? [`- and ${rest} more`] : [])].join('\n')
}

function inert(text: string): string {
  return escapeMarkdown(truncate(text, MAX_LENGTH))
}
