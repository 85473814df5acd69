import { type Fault, GitHubError, UserError } from '@switchyard/core'
import { renderFaults, renderRejections } from '@switchyard/planning/render'

/** Whether whoever waits on an issue is told: a person has to change something first. All else is tried again as it is. */
export function isForPeople(error: unknown): error is UserError | GitHubError {
  return error instanceof UserError || (error instanceof GitHubError && error.retryPolicy === 'after-change')
}

/** Of the table of faults, in characters. */
const MAX_FAULTS = 40_000

/** What an error says to the person who can mend it, on an issue: inert, whatever it quotes. */
export function renderRefusal(error: UserError | GitHubError): string {
  const faults: readonly Fault[] = error instanceof UserError && error.faults.length > 1 ? error.faults : []
  const rejected = { code: error.code, message: error.message, hint: error.hint ?? '' }
  const told = renderRejections([{ command: undefined, rejected }])
  return faults.length === 0 ? told : `${told}\n\n${renderFaults({ faults }, MAX_FAULTS)}`
}
