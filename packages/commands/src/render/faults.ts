import { escapeMarkdown } from '@switchyard/core'
import type { CommandFault } from '../fault.ts'

/** Faults that a reply lists; what is left over shows once these are mended. */
const MAX_FAULTS = 20

/** Why a comment was refused, as a Markdown list for the reply. Everything that quotes the comment is inert: no mention, link or format. */
export function renderFaults(faults: readonly CommandFault[]): string {
  const lines = faults.slice(0, MAX_FAULTS).map(({ line, column, message, hint, code }) => {
    const where = `line ${line}, column ${column}`
    return `- **${where}**: ${escapeMarkdown(message)} ${escapeMarkdown(hint)} (\`${code}\`)`
  })
  const rest = faults.length - lines.length
  return [...lines, ...(rest > 0 ? [`- and ${rest} more`] : [])].join('\n')
}
