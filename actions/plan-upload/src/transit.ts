import { InternalError } from '@switchyard/core'
import { allowedFrom, type Move, statusAfter } from '@switchyard/planning'
import { renderTransition } from '@switchyard/planning/render'
import type { Door } from './door.ts'
import { askLedger } from './ask-ledger.ts'
import { ideaOf } from './observe.ts'
import type { Scene, Told } from './scene.ts'

export type Transition = Move | 'cancel'

/** Moves an idea from one state to the next, where the table of states allows it. */
export async function transit(door: Door, scene: Scene, kind: Transition): Promise<Told> {
  const { asker, issue } = scene
  const idea = ideaOf(scene.loaded, scene.observation.subject)
  // The card shows the plan's tree.
  if (idea?.plan && allowedFrom(idea.status).includes(kind)) door.texts.readAhead(scene.loaded, idea.plan.text)
  const asked = await askLedger(door, scene, { kind, asker, issue })
  if ('told' in asked) return asked.told
  const [event] = asked.events
  if (event === undefined || !('from_status' in event.data)) throw new InternalError(`The idea was asked to ${kind}, and stayed.`)
  // A run that is started again tells what it did then.
  const { from_status: from } = event.data
  const to = statusAfter(event) ?? from
  if (scene.isDryRun) {
    const headline = `The idea #${issue.number} would go from ${from} to ${to}; nothing has changed.`
    return { decision: 'nothing-to-do', reasonCode: 'dry-run', headline, reply: headline, loaded: asked.loaded, isChange: false }
  }
  return {
    decision: 'done',
    reasonCode: 'commanded',
    headline: `The idea #${issue.number} went from ${from} to ${to}.`,
    reply: renderTransition({ from, to, by: asker.login }),
    loaded: asked.loaded,
    isChange: true,
  }
}
