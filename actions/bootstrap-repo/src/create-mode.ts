import type { Outcome } from '@switchyard/action'
import { repositorySubject, type Run } from '@switchyard/bootstrapping'
import { UserError } from '@switchyard/core'
import { readCatalogue } from './catalogue.ts'
import { create, type CreateWishes, runIdOf } from './create.ts'
import type { Door } from './door.ts'
import { drawCheck } from './draw-check.ts'
import { type FirstLook, requestKey } from './first-look.ts'
import type { Observation } from './observe.ts'
import { outcomeOfRejection, outcomeOfRun } from './outcomes.ts'
import { recoverOthers } from './recover.ts'
import { requireCommand } from './require-command.ts'
import { readRequest } from './request-source.ts'
import type { Spec } from './run.ts'
import type { IssueSeen } from './wish.ts'

/** `create` and `retry` by inputs, a file or an issue. */
export async function createByMode(
  door: Door,
  { mode, issue }: { readonly mode: 'create' | 'retry'; readonly issue: IssueSeen | undefined },
  { early, seen, roles }: FirstLook,
): Promise<Outcome<Spec>> {
  const { inputs, context } = door.given
  const idempotencyKey = requestKey(door, mode)
  await requireCommand(door, seen.control, { command: mode === 'create' ? 'bootstrap run' : 'bootstrap retry', roles })
  const request = await readRequest(early.source, inputs, {
    file: early.source.kind === 'file' ? seen.control.files.get(early.source.path) : undefined,
    body: seen.conversation?.body,
    catalogue: await readCatalogue(door, seen.control),
  })
  const subject = repositorySubject(request.repo_owner, request.repo_slug)
  const whole = await withSubject(door, seen, subject)
  const observation = await recoverOthers(door, whole, { except: isOurs(door, whole, { subject, idempotencyKey }) ? subject : undefined })
  const failed = mode === 'retry' ? findFailed(observation, subject) : undefined
  return createAndReport(door, observation, {
    request:
      failed === undefined ? request : { ...request, visibility: failed.plan.visibility, selected_options: failed.plan.selected_options },
    purpose: mode,
    login: context.actor,
    roles,
    approved: failed?.plan.approval_hash ?? inputs.approved ?? null,
    askedAt: door.connection.serverNow(),
    idempotencyKey,
    retryOf: failed?.plan.run_id ?? null,
    issue: issue?.number,
  })
}

/** Carries a request out, and shows how it ended. */
export async function createAndReport(door: Door, observation: Observation, wishes: CreateWishes): Promise<Outcome<Spec>> {
  const created = await create(door, observation, wishes)
  if (created.kind === 'rejected') return outcomeOfRejection(created.rejection)
  const outcome = outcomeOfRun(created)
  const mayExist = !created.isNew || door.given.context.run.attempt > 1
  await Promise.all([
    created.shown,
    drawCheck(door, created.run, { control: observation.control, summary: outcome.summary ?? '', mayExist }),
  ])
  return outcome
}

/** Whether what is open under this subject is this very request's run, which is carried on and not given up. */
export function isOurs(
  door: Door,
  { loaded }: Observation,
  { subject, idempotencyKey }: { readonly subject: string; readonly idempotencyKey: string },
): boolean {
  const runId = runIdOf(door, idempotencyKey)
  return loaded.getState(subject).runs.some(({ plan }) => plan.run_id === runId)
}

/** A subject that only the request's file tells of is looked up after it. */
export async function withSubject(door: Door, observation: Observation, subject: string): Promise<Observation> {
  if (observation.loaded.subjects.includes(subject)) return observation
  const wanted = { ...observation.wanted, subjects: [...observation.wanted.subjects, subject] }
  return { ...observation, wanted, loaded: await door.ledger.load(wanted) }
}

/** The last run, if it failed. @throws {UserError} `RUN_NOT_FOUND` */
export function findFailed({ loaded }: Observation, subject: string): Run {
  const last = loaded.getState(subject).runs.at(-1)
  if (last !== undefined && (last.status === 'FAILED' || last.status === 'FAILED_NEEDS_CLEANUP' || last.status === 'CANCELLED')) return last
  throw new UserError('RUN_NOT_FOUND', `The last run for ${subject} did not fail; there is nothing to retry.`, {
    hint: 'Ask for a run instead.',
  })
}
