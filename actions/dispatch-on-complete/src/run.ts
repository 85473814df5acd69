import type { Outcome, RunArguments } from '@switchyard/action'
import { createConnection } from '@switchyard/github'
import { findCompletedRun } from './event.ts'
import type { spec } from './inputs.ts'
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
  const connection = createConnection({ proxyEnv: given.context.proxyEnv, ports: given.io })
  given.io.closeAtEnd(connection)
  const observing = observe(given, { event: completed, connection })
  const loading = connection.whenSent.then(() => import('./act.ts'))
  const observed = await observing
  const { act } = await loading
  return act(given, observed)
}
