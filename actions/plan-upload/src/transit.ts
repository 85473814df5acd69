import { InternalError, UserError } from '@switchyard/core'
import { allowedFrom, type Idea, type Move, rejectStranger, statusAfter, type Target } from '@switchyard/planning'
import { renderTransition } from '@switchyard/planning/render'
import type { Door } from './door.ts'
import { askLedger } from './ask-ledger.ts'
import { ideaOf } from './observe.ts'
import type { Scene, Told } from './scene.ts'
import { resolvePlaced } from './target.ts'

export type Transition = Move | 'cancel'

/** Moves an idea from one state to the next, where the table of states allows it. */
export async function transit(door: Door, scene: Scene, kind: Transition): Promise<Told> {
  const { asker, issue } = scene
  const idea = ideaOf(scene.loaded, scene.observation.subject)
  // The card shows the plan's tree.
  if (idea?.plan && allowedFrom(idea.status).includes(kind)) door.texts.readAhead(scene.loaded, idea.plan.text)
  const unseen = kind === 'cancel' && idea !== null ? await findUnseen(door, scene, idea) : undefined
  const asked = await askLedger(door, scene, { kind, asker, issue, unseen })
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
    reply: renderTransition({ from, to, by: asker.login, left: 'left' in event.data ? event.data.left?.repository : undefined }),
    loaded: asked.loaded,
    isChange: true,
  }
}

/**
 * Where the issues of a made plan stand, if nothing of it can be seen: deleted, or out of the token's sight. Not asked for whoever may
 * not act: nobody finds out what the token sees.
 */
async function findUnseen(door: Door, { asker, issue, observation }: Scene, { status, target }: Idea): Promise<Target | undefined> {
  if (status !== 'PLANNED' || target === null || rejectStranger(asker, issue) !== undefined) return undefined
  try {
    await resolvePlaced(door, target, observation.control.visibility)
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    // Whatever else is wrong with it, it is there: its issues are the idea's still.
    if (error.code === 'REPOSITORY_UNSEEN') return target
  }
  return undefined
}
