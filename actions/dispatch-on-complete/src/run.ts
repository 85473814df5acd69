import type { Outcome, RunArguments } from '@switchyard/action'
import { openClients } from '@switchyard/github'
import { findCompletedRun } from './event.ts'
import type { spec } from './inputs.ts'
import { STEP_MS } from './limits.ts'
import { observe } from './observe.ts'

export type Spec = typeof spec
export type Arguments = RunArguments<Spec>

/** Observes, decides, applies, reports. What parses and judges loads while the first answer is awaited. */
export async function run(given: Arguments): Promise<Outcome<Spec>> {
  const completed = findCompletedRun(given.context)
  if (completed === undefined) {
    return {
      decision: 'nothing-to-do',
      reasonCode: 'not-a-completed-run',
      headline: `The event ${given.context.eventName} tells of no completed workflow run.`,
      result: {},
    }
  }
  const clients = openClients(given, STEP_MS)
  const observing = observe(given, { event: completed, clients })
  const loading = clients.connection.whenSent.then(() => import('./act.ts'))
  const observed = await observing
  const { act } = await loading
  return act(given, observed)
}
