import { UserError } from '@switchyard/core'
import { evaluateTemplate, type Contexts } from '../expressions/evaluate.ts'
import { toText, toTexts } from '../job/scope.ts'
import type { Template } from '../workflow/template.ts'
import type { Instance } from './instance.ts'
import type { ActiveRun } from './run.ts'

export interface HeldGroup {
  /** Undefined: there was no group to hold. */
  readonly key?: string
  leave(): void
}

/** Waits for a job's concurrency group. Undefined when the wait was ended. */
export function holdGroup({ scope, job, contexts }: Instance, cancel: AbortController): Promise<HeldGroup | undefined> {
  return hold(scope.run, { concurrency: job.concurrency, contexts, cancel, heldAbove: scope.heldGroups })
}

export interface GroupWanted {
  readonly concurrency: Template | undefined
  readonly contexts: Contexts
  /** Groups that are held for the whole of what this belongs to: waiting for one of them would never end. */
  readonly heldAbove: readonly string[]
  /** Aborted when somebody else's entry ends the holder. */
  readonly cancel: AbortController
}

export async function hold(run: ActiveRun, { concurrency, contexts, cancel, heldAbove }: GroupWanted): Promise<HeldGroup | undefined> {
  if (cancel.signal.aborted) return undefined
  if (concurrency === undefined) return { leave: () => undefined }
  const value = evaluateTemplate(concurrency, { contexts })
  const settings: Readonly<Record<string, string>> = typeof value === 'object' ? toTexts(value) : { group: toText(value) }
  const { group = '', queue, 'cancel-in-progress': cancels } = settings
  if (group === '') return { leave: () => undefined }
  const key = `${run.record.repositoryId}:${group.toLowerCase()}`
  if (heldAbove.includes(key)) {
    throw new UserError(
      'CONCURRENCY_DEADLOCK',
      `Canceling since a deadlock was detected for concurrency group '${group}': what this job is a part of holds it`,
      {
        hint: 'Give the job a group of its own.',
      },
    )
  }
  const stopped = new Promise<'cancelled'>((resolve) => cancel.signal.addEventListener('abort', () => resolve('cancelled'), { once: true }))
  const how = { queue: queue === 'max' ? 'max' : 'single', cancelInProgress: cancels === 'true' } as const
  const place = run.core.groups.enter(key, how, () => cancel.abort())
  const outcome = await Promise.race([place.admitted, stopped])
  if (outcome === 'held') return { key, leave: place.leave }
  place.leave()
  return undefined
}
