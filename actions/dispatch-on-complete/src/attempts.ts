import { GitHubError, type RunRef } from '@switchyard/core'
import type { GitHub } from '@switchyard/github'
import { isAttemptCompleted } from '@switchyard/github/operations'
import { splitFullName } from './full-name.ts'

/** Whether a run that holds an intent is known to be over. One that is not found, deleted or out of the token's sight, is not. */
export async function isAttemptOver(github: GitHub, run: RunRef): Promise<boolean> {
  try {
    return await isAttemptCompleted(github, splitFullName(run.repository), { id: run.run_id, attempt: run.run_attempt })
  } catch (error) {
    // Not to be seen is not to be over: its lease decides.
    if (error instanceof GitHubError && error.code === 'GITHUB_NOT_FOUND') return false
    throw error
  }
}
