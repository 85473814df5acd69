import { evaluateTemplate, type Contexts } from '../expressions/evaluate.ts'
import { toText, toTexts } from '../job/scope.ts'
import type { Template } from '../workflow/template.ts'
import type { Instance } from './instance.ts'
import type { ActiveRun } from './run.ts'

export interface HeldGroup {
  leave(): void
}

/** Waits for a job's concurrency group. Undefined when the wait was ended. */
export function holdGroup({ scope, job, contexts }: Instance, cancel: AbortController): Promise<HeldGroup | undefined> {
  return hold(scope.run, { concurrency: job.concurrency, contexts, cancel })
}

export interface GroupWanted {
  readonly concurrency: Template | undefined
  readonly contexts: Contexts
  /** Aborted when somebody else's entry ends the holder. */
  readonly cancel: AbortController
}

export async function hold(run: ActiveRun, { concurrency, contexts, cancel }: GroupWanted): Promise<HeldGroup | undefined> {
  if (cancel.signal.aborted) return undefined
  if (concurrency === undefined) return { leave: () => undefined }
  const value = evaluateTemplate(concurrency, { contexts })
  const settings: Readonly<Record<string, string>> = typeof value === 'object' ? toTexts(value) : { group: toText(value) }
  const { group = '', queue, 'cancel-in-progress': cancels } = settings
  if (group === '') return { leave: () => undefined }
  const key = `${run.record.repositoryId}:${group.toLowerCase()}`
  const stopped = new Promise<'cancelled'>((resolve) => cancel.signal.addEventListener('abort', () => resolve('cancelled'), { once: true }))
  const how = { queue: queue === 'max' ? 'max' : 'single', cancelInProgress: cancels === 'true' } as const
  const place = run.core.groups.enter(key, how, () => cancel.abort())
  const outcome = await Promise.race([place.admitted, stopped])
  if (outcome === 'held') return place
  place.leave()
  return undefined
}
