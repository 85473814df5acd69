import type { ActionContext } from '@switchyard/action'
import { isJsonObject, type JsonObject } from '@switchyard/core'

/** What the event says about the completed run. Only good for finding out whether to ask GitHub for it. */
export interface CompletedEvent {
  readonly runId: number
  readonly payload: JsonObject
}

/** The run that this event is about; undefined for every event that is not a completed run. */
export function findCompletedRun(context: Pick<ActionContext, 'eventName' | 'payload'>): CompletedEvent | undefined {
  const { eventName, payload } = context
  if (eventName !== 'workflow_run' || !isJsonObject(payload) || payload.action !== 'completed') return undefined
  const run = payload.workflow_run
  if (!isJsonObject(run) || typeof run.id !== 'number') return undefined
  return { runId: run.id, payload: run }
}
