import { type BootstrapCommand, type BootstrapState, endOf, findRun, type Run } from '@switchyard/bootstrapping'
import { InternalError, type SwitchyardError } from '@switchyard/core'
import type { Permissions } from '@switchyard/github'
import type { CommandRequest } from '@switchyard/ledger'
import type { Created } from './created.ts'
import type { BootstrapLoaded, Door } from './door.ts'
import { createHandlers } from './handlers/index.ts'
import type { Carrying } from './handlers/resuming.ts'
import type { ProgressComment } from './progress-comment.ts'
import type { RunLog } from './run-log.ts'

/** What it takes to carry a run out, or on. */
export interface Carriage {
  readonly subject: string
  readonly carrying: Carrying
  readonly permissions: Permissions
  readonly progress: ProgressComment
  readonly log: RunLog
}

interface Asked {
  readonly loaded: BootstrapLoaded
  readonly requests: readonly CommandRequest<BootstrapCommand>[]
}

/** Starts the run and carries it out to its end, telling the comment each step. */
export async function carry(door: Door, carriage: Carriage, { loaded, requests }: Asked): Promise<Created> {
  const { subject, carrying, progress } = carriage
  const performed = await door.ledger.perform({ handlers: handlersOf(door, carriage), loaded, requests })
  const [result] = performed.results
  if (result === undefined) throw new InternalError('A run was asked for and not answered.')
  if (result.kind === 'rejected') return { kind: 'rejected', rejection: result.rejection }
  warnOf(door, performed.failures)
  const state = performed.loaded.getState(subject)
  // The same request at the same time: whoever was first carries it out, and tells of it.
  if (result.kind === 'replayed') {
    return { kind: 'run', run: getRun(state, { subject, runId: carrying.runId }), isNew: false, shown: Promise.resolve() }
  }
  return finish({ subject, runId: carrying.runId }, { state, progress })
}

export function handlersOf(door: Door, { carrying, permissions, progress, log }: Carriage): ReturnType<typeof createHandlers> {
  return createHandlers(door, { carrying, permissions, progress, log })
}

/** An effect that may have happened stays open; recovery finds out. */
export function warnOf(
  { given: { io } }: Door,
  failures: readonly { readonly intent: { readonly effect: { readonly kind: string } }; readonly error: SwitchyardError }[],
): void {
  for (const { intent, error } of failures) {
    io.annotate({ level: 'warning', message: `${intent.effect.kind} stays open for recovery: ${error.message}` })
  }
}

/** The run as it ended; its comment shows it in a moment. */
export function finish(
  about: { readonly subject: string; readonly runId: string },
  { state, progress }: { readonly state: BootstrapState; readonly progress: ProgressComment },
): Created {
  const run = getRun(state, about)
  return { kind: 'run', run, isNew: true, shown: progress.end(endOf(run)) }
}

function getRun(state: BootstrapState, { subject, runId }: { readonly subject: string; readonly runId: string }): Run {
  const run = findRun(state, runId)
  if (run === undefined) throw new InternalError(`The run ${runId} is not among those of ${subject}.`)
  return run
}
