import type { Outcome } from '@switchyard/action'
import { CONFIG_PATH } from '@switchyard/commands'
import { UserError } from '@switchyard/core'
import { createRoles } from '@switchyard/github'
import { handling, subjectOfInputs, type SubjectWishes } from './cancel.ts'
import type { Door } from './door.ts'
import { createHandlers } from './handlers/index.ts'
import { type Observation, observe } from './observe.ts'
import { outcomeOfRejection } from './outcomes.ts'
import { requireCommand } from './require-command.ts'
import { CARE, recoverOthers } from './recover.ts'
import type { Spec } from './run.ts'

export interface CleanUpWishes extends SubjectWishes {
  readonly outcome: 'delete' | 'resolve'
  /** The repository's full name, as somebody wrote it out. */
  readonly confirmed: string
}

/** Deletes what a run left over, or says that it is kept. */
export async function cleanUp(door: Door, { loaded }: Observation, wishes: CleanUpWishes): Promise<Outcome<Spec>> {
  const { subject, outcome, confirmed, login } = wishes
  const performed = await door.ledger.perform({
    handlers: createHandlers(door, { permissions: CARE }),
    loaded,
    requests: [
      { subject, idempotencyKey: wishes.idempotencyKey, actor: { login, kind: 'user' }, command: { kind: 'clean-up', outcome, confirmed } },
      ...handling(wishes),
    ],
  })
  const [result] = performed.results
  if (result?.kind === 'rejected') return outcomeOfRejection(result.rejection)
  const [failure] = performed.failures
  if (failure) throw failure.error
  const run = performed.loaded.getState(subject).runs.findLast(({ needs_cleanup }) => needs_cleanup)
  const cleaned = run?.cleanup ?? undefined
  if (run === undefined || cleaned === undefined) {
    const why = run?.error?.message ?? 'The run is not known any more.'
    return {
      decision: 'failed',
      reasonCode: 'cleanup-failed',
      headline: `${confirmed} was not deleted: ${why}`,
      result: { run_id: run?.plan.run_id ?? null, error: run?.error ?? null },
    }
  }
  return {
    decision: 'done',
    reasonCode: 'cleaned-up',
    headline: `${confirmed} ${cleaned.outcome === 'deleted' ? 'was deleted' : 'is kept'}; another run may start.`,
    result: { run_id: run.plan.run_id, cleanup: cleaned },
    outputs: { 'run-id': run.plan.run_id },
  }
}

/** `mode: cleanup`. @throws {UserError} `NOT_CONFIRMED` without `confirm`. */
export async function cleanUpByMode(door: Door): Promise<Outcome<Spec>> {
  const { inputs, context } = door.given
  const subject = subjectOfInputs(door)
  if (inputs.confirm === undefined) {
    throw new UserError('NOT_CONFIRMED', 'What is to be cleaned up was not named.', { hint: 'Write its full name into `confirm`.' })
  }
  const seen = await observe(door, { subjects: [subject], files: [CONFIG_PATH] })
  await requireCommand(door, seen.control, { command: 'bootstrap cleanup', roles: createRoles(door.github, door.given.context.repository) })
  const observation = await recoverOthers(door, seen, { except: undefined })
  return cleanUp(door, observation, {
    subject,
    outcome: inputs.cleanup,
    confirmed: inputs.confirm,
    login: context.actor,
    idempotencyKey: `clean-up run ${context.repository.id} ${context.run.id} ${context.run.attempt} ${context.run.job} ${subject}`,
  })
}
