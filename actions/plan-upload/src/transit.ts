import type { IdeaCommand } from '@switchyard/planning'
import { renderTransition } from '@switchyard/planning/render'
import type { Door } from './door.ts'
import { askLedger } from './ask-ledger.ts'
import { ideaOf } from './observe.ts'
import type { Scene, Told } from './scene.ts'

export type Transition = Extract<IdeaCommand, { kind: 'grill-start' | 'grill-done' | 'plan-start' | 'plan-failed' | 'review-start' | 'cancel' }>['kind']

/** Moves an idea from one state to the next, where the table of states allows it. */
export async function transit(door: Door, scene: Scene, kind: Transition): Promise<Told> {
  const { asker, issue } = scene
  const before = ideaOf(scene.loaded, scene.observation.subject)?.status ?? 'DRAFT'
  const asked = await askLedger(door, scene, { kind, asker, issue })
  if ('told' in asked) return asked.told
  const after = ideaOf(asked.loaded, scene.observation.subject)?.status ?? 'DRAFT'
  return {
    decision: 'done',
    reasonCode: 'commanded',
    headline: `The idea #${issue.number} went from ${before} to ${after}.`,
    reply: renderTransition({ from: before, to: after, by: asker.login }),
    loaded: asked.loaded,
    isChange: true,
  }
}
