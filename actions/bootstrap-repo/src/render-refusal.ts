import { escapeMarkdown, type UserError } from '@switchyard/core'

/** Most faults that are listed. */
const MAX_FAULTS = 20

/** What an error says to the person who can mend it, on an issue: inert, whatever it quotes. */
export function renderRefusal(error: UserError, login: string | undefined): string {
  const faults = error.faults.length > 1 ? `\n\n${error.faults.slice(0, MAX_FAULTS).map(({ message }) => `- ${escapeMarkdown(message)}`).join('\n')}` : ''
  const mention = login === undefined ? '' : `@${login} `
  return `${mention}**${escapeMarkdown(error.code)}**: ${escapeMarkdown(error.message)} ${escapeMarkdown(error.hint ?? '')}${faults}`
}
