import type { Outcome } from '@switchyard/action'
import { type BootstrapEvent, type CommentCursor, findRun, repositorySubject } from '@switchyard/bootstrapping'
import { CONFIG_PATH } from '@switchyard/commands'
import { UserError } from '@switchyard/core'
import { createRoles } from '@switchyard/github'
import { handledKey } from './comment-keys.ts'
import type { Door } from './door.ts'
import { createHandlers } from './handlers/index.ts'
import { type Observation, observe } from './observe.ts'
import { outcomeOfRejection } from './outcomes.ts'
import { requireCommand } from './require-command.ts'
import type { Spec } from './run.ts'

export interface SubjectWishes {
  readonly subject: string
  readonly login: string
  readonly idempotencyKey: string
  readonly handled?: { readonly subject: string; readonly cursor: CommentCursor } | undefined
}

/** Marks what runs as cancelled; whoever carries it out notices before the next step. */
export async function cancel(
  door: Door,
  { loaded }: Observation,
  wishes: SubjectWishes & { readonly askedAt: number },
): Promise<Outcome<Spec>> {
  const performed = await door.ledger.perform({
    handlers: createHandlers(door, { permissions: {} }),
    loaded,
    requests: [
      {
        subject: wishes.subject,
        idempotencyKey: wishes.idempotencyKey,
        actor: { login: wishes.login, kind: 'user' },
        command: { kind: 'cancel', asked_at: wishes.askedAt },
      },
      ...handling(wishes),
    ],
  })
  const [result] = performed.results
  if (result?.kind === 'rejected') return outcomeOfRejection(result.rejection)
  const runId = result?.kind === 'done' || result?.kind === 'replayed' ? findCancelled(result.events) : undefined
  const run = runId === undefined ? undefined : findRun(performed.loaded.getState(wishes.subject), runId)
  return {
    decision: 'done',
    reasonCode: 'cancelled',
    headline: headline(wishes.subject, run),
    result: { run_id: run?.plan.run_id ?? null, needs_cleanup: run?.needs_cleanup ?? false },
    ...(run && { outputs: { 'run-id': run.plan.run_id } }),
  }
}

/** The run that the ledger took it for: what ran when the run looked may have ended since. */
function findCancelled(events: readonly BootstrapEvent[]): string | undefined {
  return events.flatMap((event) => (event.type === 'bootstrap.cancelled' ? (event.data.run_id ?? []) : [])).at(0)
}

function headline(
  subject: string,
  run: { readonly needs_cleanup: boolean; readonly plan: { readonly run_id: string } } | undefined,
): string {
  if (run === undefined) return `No run for ${subject} was going on; one that is being prepared does not start.`
  return `Run ${run.plan.run_id} is cancelled.${run.needs_cleanup ? ' A repository was made, and has to be cleaned up once its last step has ended.' : ' It ends before its next step.'}`
}

/** The comments of an issue are handled in the transaction that acts on them. */
export function handling({ handled, idempotencyKey }: SubjectWishes): readonly {
  readonly subject: string
  readonly idempotencyKey: string
  readonly command: { readonly kind: 'handle-comments'; readonly cursor: CommentCursor }
}[] {
  return handled === undefined
    ? []
    : [
        {
          subject: handled.subject,
          idempotencyKey: handledKey(idempotencyKey),
          command: { kind: 'handle-comments', cursor: handled.cursor },
        },
      ]
}

/** `mode: cancel`. */
export async function cancelByMode(door: Door): Promise<Outcome<Spec>> {
  const { context } = door.given
  const subject = subjectOfInputs(door)
  const observation = await observe(door, { subjects: [subject], files: [CONFIG_PATH] })
  await requireCommand(door, observation.control, {
    command: 'bootstrap cancel',
    roles: createRoles(door.github, door.given.context.repository),
  })
  return cancel(door, observation, {
    subject,
    login: context.actor,
    askedAt: door.connection.serverNow(),
    idempotencyKey: `cancel run ${context.repository.id} ${context.run.id} ${context.run.attempt} ${context.run.job} ${subject}`,
  })
}

/** @throws {UserError} `REQUEST_INVALID` */
export function subjectOfInputs({ given: { inputs } }: Door): string {
  if (inputs.owner !== undefined && inputs.name !== undefined) return repositorySubject(inputs.owner, inputs.name)
  throw new UserError('REQUEST_INVALID', 'Which repository is meant is not said.', { hint: 'Give `owner` and `name`.' })
}
