import { type Fault, type GitHubError, UserError } from '@switchyard/core'
import { renderFaults, renderRejection, type Site } from '@switchyard/planning/render'

/** Of the table of faults, in characters. */
const MAX_FAULTS = 40_000

/** What an error says to the person who can mend it, on an issue: inert, whatever it quotes. `site`: of the idea that it names. */
export function renderRefusal(error: UserError | GitHubError, site?: Site): string {
  const faults: readonly Fault[] = error instanceof UserError && error.faults.length > 1 ? error.faults : []
  const rejected = { code: error.code, message: error.message, hint: error.hint ?? '' }
  const told = renderRejection(rejected, site)
  return faults.length === 0 ? told : `${told}\n\n${renderFaults({ faults }, MAX_FAULTS)}`
}
