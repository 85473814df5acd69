import { type GitHubCode, sayPermission } from '@switchyard/core'
import type { Failure } from './failure.ts'
import type { Asked } from './to-github-error.ts'

export interface Explained {
  readonly code: GitHubCode
  readonly failure: Failure
  readonly asked: Asked
  readonly neededPermission: string | undefined
  readonly retryAfterMs: number | undefined
  /** ms since the epoch by GitHub's clock. */
  readonly serverNow: number
}

/** What happened, to what, and what to do next, in words of ours. */
export function explain(error: Explained): { readonly message: string; readonly hint: string } {
  const { asked, failure } = error
  const what = asked.subject === undefined ? asked.route : `${asked.route} for ${asked.subject}`
  switch (error.code) {
    case 'GITHUB_UNAUTHORIZED':
      return {
        message: `GitHub does not accept the token: ${what}.`,
        hint: 'Check that the token (or the App id with its key) is whole, belongs to this GitHub, and is neither expired nor revoked.',
      }
    case 'GITHUB_FORBIDDEN':
      return { message: `The token may not do this: ${what}.`, hint: sayPermission(error.neededPermission) }
    case 'GITHUB_NOT_FOUND':
      return {
        message: `It does not exist, or the token cannot see it (GitHub does not tell which): ${what}.`,
        hint: 'Check the name, and that the token reaches this repository or owner.',
      }
    case 'GITHUB_GONE':
      return { message: `It is switched off or was deleted: ${what}.`, hint: 'Switch the feature on in the settings of the repository.' }
    case 'GITHUB_CONFLICT':
      return {
        message: `It is in a state that does not allow this now: ${what}.`,
        hint: 'Run again; if it stays so, look at it on GitHub.',
      }
    case 'GITHUB_UNPROCESSABLE':
      return {
        message: `GitHub understood the request but refused what it says: ${what}.`,
        hint: 'Look at what GitHub says is wrong, and correct it.',
      }
    case 'GITHUB_BAD_REQUEST':
      return { message: `GitHub does not understand the request: ${what}.`, hint: 'An older GitHub Enterprise Server may not know it yet.' }
    case 'GITHUB_RATE_LIMITED':
      return { message: `GitHub's rate limit is used up: ${what}.`, hint: explainLimit(error) }
    case 'GITHUB_UNAVAILABLE':
      return {
        message: `GitHub failed with status ${failure.status}: ${what}. It may have acted or not.`,
        hint: 'Run again in a while; www.githubstatus.com says whether GitHub has a problem.',
      }
    case 'GITHUB_UNREACHABLE':
      return {
        message: `GitHub could not be reached, so nothing was sent: ${what}.`,
        hint: 'Check the address, the network and the proxy of the runner.',
      }
    case 'GITHUB_ANSWER_LOST':
      return {
        message: `The request was sent but its answer never came: ${what}. GitHub may have acted or not.`,
        hint: 'Look whether it happened, then run again.',
      }
    case 'GITHUB_UNEXPECTED':
      return {
        message: `GitHub answered in a way that it does not document (status ${failure.status}): ${what}. It may have acted or not.`,
        hint: isRedirect(failure)
          ? 'It may have been renamed or moved: use its new name.'
          : 'Check that the address is that of a GitHub, and that no proxy changes its answers.',
      }
  }
}

function explainLimit({ retryAfterMs, serverNow }: Explained): string {
  if (retryAfterMs === undefined) return 'Run again in a few minutes.'
  return `Run again after ${new Date(serverNow + retryAfterMs).toISOString()}: waiting so long is not worth the runner's time.`
}

function isRedirect({ status }: Failure): boolean {
  return status >= 300 && status < 400
}
