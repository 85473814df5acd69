import { clipWords, escapeMarkdown, type GitHubError, joinSentences, UserError } from '@switchyard/core'

/** Most faults that are listed. */
const MAX_FAULTS = 20
/** Of what it says, in UTF-16 units before escapes. */
const MAX_WORDS = 4_000

/** What an error says to the person who can mend it, on an issue: inert, whatever it quotes. */
export function renderRefusal(error: UserError | GitHubError, login: string | undefined): string {
  const told = error instanceof UserError ? error.faults : []
  const faults =
    told.length > 1
      ? `\n\n${told
          .slice(0, MAX_FAULTS)
          .map(({ message }) => `- ${escapeMarkdown(message)}`)
          .join('\n')}`
      : ''
  const mention = login === undefined ? '' : `@${login} `
  return `${mention}**${escapeMarkdown(error.code)}**: ${clipWords(joinSentences(error.message, error.hint ?? ''), MAX_WORDS)}${faults}`
}
