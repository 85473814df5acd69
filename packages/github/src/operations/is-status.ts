import { GitHubError } from '@switchyard/core'

/** An error of GitHub's with just this status. */
export function isStatus(error: unknown, status: number): boolean {
  return error instanceof GitHubError && error.status === status
}
