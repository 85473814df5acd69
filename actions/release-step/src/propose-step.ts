import { GitHubError, UserError } from '@switchyard/core'
import type { PullRequestEnded } from '@switchyard/github/operations'
import type { Door } from './door.ts'

export interface Proposal {
  /** The branch that it is for. */
  readonly base: string
  /** The branch that it lies on, named after the command: whoever was killed behind it goes on from it. */
  readonly head: string
  /** The commit with the step. */
  readonly sha: string
  readonly title: string
  readonly body: string
}

/**
 * The pull request that brings a step, once: one that was there before is handed on, whatever became of it.
 *
 * @throws {UserError} `PULL_REQUEST_NOT_OPENED` where the token may push a branch and not open the request for it.
 */
export async function proposeStep(
  { github, given: { context } }: Door,
  { base, head, sha, title, body }: Proposal,
): Promise<PullRequestEnded> {
  const { createPullRequest, createRef, findLastPullRequest } = await import('@switchyard/github/operations')
  const { repository } = context
  const before = await findLastPullRequest(github, repository, { head, base })
  if (before !== undefined) return before
  await createRef(github, repository, { ref: `refs/heads/${head}`, sha })
  try {
    return { ...(await createPullRequest(github, repository, { title, body, head, base })), state: 'open' }
  } catch (error) {
    if (!(error instanceof GitHubError)) throw error
    // It is there already, or the answer was lost: looking is sure.
    const now = await findLastPullRequest(github, repository, { head, base })
    if (now !== undefined) return now
    if (error.code !== 'GITHUB_FORBIDDEN') throw error
    throw new UserError('PULL_REQUEST_NOT_OPENED', `The step waits on the branch ${head}: the token may not open a pull request for it.`, {
      hint: 'Open it by hand. For the next time, give the job the permission pull-requests: write, and let Actions create pull requests in the settings.',
      cause: error,
    })
  }
}
