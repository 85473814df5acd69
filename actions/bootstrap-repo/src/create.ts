import { type BootstrapRequest, type CommentCursor, type Purpose, refuseBusy, repositorySubject } from '@switchyard/bootstrapping'
import { hashOf } from '@switchyard/core'
import type { Roles } from '@switchyard/github'
import { type Carriage, carry } from './carry.ts'
import { handledKey } from './comment-keys.ts'
import type { Door } from './door.ts'
import type { Observation } from './observe.ts'
import type { Created } from './created.ts'
import { planRun } from './plan-run.ts'
import { prepare } from './prepare.ts'
import { ProgressComment } from './progress-comment.ts'
import { resume } from './resume.ts'
import { RunLog } from './run-log.ts'

export interface CreateWishes {
  readonly request: BootstrapRequest
  readonly purpose: Extract<Purpose, 'create' | 'retry'>
  /** Who asks. */
  readonly login: string
  readonly roles: Roles
  /** What somebody approved; null: nobody had to. */
  readonly approved: string | null
  /** When it was asked for, ms. */
  readonly askedAt: number
  /** Names this request for ever. */
  readonly idempotencyKey: string
  readonly retryOf: string | null
  readonly issue: number | undefined
  /** Comments of that issue up to here are handled with this run. */
  readonly handled?: { readonly subject: string; readonly cursor: CommentCursor } | undefined
}

/** The name of the run that this request is, however often it is asked for. */
export function runIdOf(door: Door, idempotencyKey: string): string {
  return hashOf([door.given.context.repository.id, idempotencyKey]).slice(0, 16)
}

/**
 * Prepares, starts and carries out a run; one that an earlier attempt began is carried on.
 *
 * @throws {UserError} for everything that is found out before anything is written.
 */
export async function create(door: Door, observation: Observation, wishes: CreateWishes): Promise<Created> {
  const { io, inputs } = door.given
  const { request } = wishes
  const subject = repositorySubject(request.repo_owner, request.repo_slug)
  const runId = runIdOf(door, wishes.idempotencyKey)
  const state = observation.loaded.getState(subject)
  const known = state.runs.find(({ plan }) => plan.run_id === runId)
  if (known) return resume(door, { observation, subject, run: known, issue: wishes.issue })
  // Told before the name is found to be taken: by what an earlier run made.
  const busy = refuseBusy(state, `${request.repo_owner}/${request.repo_slug}`)
  if (busy) return { kind: 'rejected', rejection: busy.rejected }
  const began = io.now()
  const log = new RunLog((line) => io.log.info(line))
  const prepared = await prepare(door, observation, { ...wishes, asksRules: true })
  const planned = await planRun(door, prepared, {
    runId,
    requestedAt: wholeSeconds(door.connection.serverNow()),
    retryOf: wishes.retryOf,
    issue: wishes.issue,
    log,
  })
  // An App's token for the work is asked for while the run is recorded; whoever needs it meets the error.
  door.reach.credentialFor(request.repo_owner, planned.permissions).catch(() => undefined)
  const progress = new ProgressComment(
    door,
    {
      run_id: runId,
      owner: request.repo_owner,
      slug: request.repo_slug,
      template: `${planned.plan.template_repo}@${planned.plan.template_version}`,
    },
    { issue: wishes.issue, comments: observation.conversation?.comments ?? [] },
  )
  progress.prepared(io.now() - began)
  const carriage: Carriage = { subject, carrying: planned.carrying, permissions: planned.permissions, progress, log }
  return carry(door, carriage, {
    loaded: observation.loaded,
    requests: [
      {
        subject,
        idempotencyKey: wishes.idempotencyKey,
        correlationId: runId,
        actor: { login: wishes.login, kind: 'user' },
        command: {
          kind: 'start',
          plan: planned.plan,
          recipe: planned.recipeText,
          asked_at: wishes.askedAt,
          approved: wishes.approved,
          repin: inputs.repin,
        },
      },
      ...(wishes.handled === undefined
        ? []
        : [
            {
              subject: wishes.handled.subject,
              idempotencyKey: handledKey(wishes.idempotencyKey),
              command: { kind: 'handle-comments' as const, cursor: wishes.handled.cursor },
            },
          ]),
    ],
  })
}

/** A commit's time has whole seconds. */
function wholeSeconds(ms: number): number {
  return Math.floor(ms / 1_000) * 1_000
}
