import { findAnswered } from '@switchyard/commands'
import type { RunRef } from '@switchyard/core'
import { isAttemptOver, readComments } from '@switchyard/github/operations'
import type { Door } from './door.ts'
import type { Scene } from './scene.ts'

/**
 * Whether the run that recorded what a comment asks answers it, or has answered since. What a lost run left untold is told by whoever
 * comes later. Costs no request where it is this run's own.
 */
export async function isToldElsewhere(
  { github, given, run }: Door,
  { comment, observation }: Pick<Scene, 'comment' | 'observation'>,
  recordedBy: RunRef,
): Promise<boolean> {
  if (comment === undefined || recordedBy.run_id === run.run_id) return false
  if ((await isAttemptOver(github, recordedBy)) === false) return true
  // Looked at afterwards: it may have ended, and answered, after the first look.
  const now = await readComments(github, given.context.repository, { issue: observation.conversation.number })
  return now !== undefined && findAnswered('plan', now.comments).has(comment)
}
