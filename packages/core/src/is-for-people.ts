import { GitHubError, UserError } from './errors.ts'

/** Whether people are to be told who wait elsewhere than at the step: somebody has to change something first. All else is tried again as it is. */
export function isForPeople(error: unknown): error is UserError | GitHubError {
  return error instanceof UserError || (error instanceof GitHubError && error.retryPolicy === 'after-change')
}

/** Whether it is nobody's slip who asks: the job, its token or the repository's settings stand against it, so that the step fails. */
export function isOfJob(error: UserError | GitHubError): boolean {
  return error instanceof GitHubError || error.isOfJob
}
