import type { BootstrapAnswer, Failure } from '@switchyard/bootstrapping'
import { GitHubError, UserError } from '@switchyard/core'

/** What a refusal of GitHub's means to whoever asked for the repository. Source: seed 000, "finale autorisatie". */
export function translateRefusal(error: GitHubError | UserError): Failure {
  const message = [error.message, error.hint].filter((text) => text !== undefined && text !== '').join(' ')
  return { code: error instanceof UserError ? error.code : 'GITHUB_ERROR', message }
}

/** The creation's own meanings: whose fault a 403, 404 or 422 is. */
export function translateCreation(error: GitHubError, name: string): Failure {
  const said = error.answer === undefined ? '' : ` GitHub says: ${error.answer}`
  switch (error.status) {
    case 401:
      return { code: 'GITHUB_UNAUTHORIZED', message: `GitHub does not accept the credential.${said}` }
    // An owner that the token may not see is 404.
    case 403:
    case 404:
    case 451:
      return {
        code: 'OWNER_FORBIDDEN',
        message: `The owner does not let this credential make ${name}.${said}${error.neededPermission === undefined ? '' : ` Needed: ${error.neededPermission}.`}`,
      }
    case 422:
      return {
        code: error.fields.some(({ field }) => field === 'name') ? 'NAME_TAKEN' : 'GITHUB_ERROR',
        message: `GitHub did not make ${name}.${said}`,
      }
    default:
      return { code: 'GITHUB_ERROR', message: `GitHub did not make ${name}: ${error.message}${said}` }
  }
}

/** A refusal as an answer. @throws what may have had its effect all the same: the intent stays open then. */
export function failWith(error: unknown): BootstrapAnswer {
  if (error instanceof UserError) return { kind: 'failed', error: translateRefusal(error) }
  if (!(error instanceof GitHubError) || error.isAmbiguous) throw error
  return { kind: 'failed', error: translateRefusal(error) }
}
