import { GitHubError, type RunRef } from '@switchyard/core'
import type { GitHub } from '@switchyard/github'
import { isAttemptCompleted } from '@switchyard/github/operations'
import { splitFullName } from './full-name.ts'

/** Whether a run that holds an intent is over; undefined when it cannot be seen: its lease decides then. */
export async function isAttemptOver(github: GitHub, run: RunRef): Promise<boolean | undefined> {
  try {
    return await isAttemptCompleted(github, splitFullName(run.repository), { id: run.run_id, attempt: run.run_attempt })
  } catch (error) {
    if (error instanceof GitHubError && error.code === 'GITHUB_NOT_FOUND') return undefined
    throw error
  }
}
