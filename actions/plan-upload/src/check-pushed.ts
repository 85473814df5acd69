import { UserError } from '@switchyard/core'
import type { Door } from './door.ts'
import { ideaOf } from './observe.ts'
import type { PushedPlan } from './pushed-plans.ts'
import { sayRivals } from '@switchyard/planning'
import type { Scene, Told } from './scene.ts'

/**
 * What keeps a pushed plan from being looked at: it is not the one that the default branch has by now, and so was left to a later push,
 * whoever that was by. undefined: nothing.
 * @throws {UserError} `IDEA_TWICE`
 */
export async function checkPushed(door: Door, scene: Scene, pushed: PushedPlan): Promise<Told | undefined> {
  const { loaded, observation } = scene
  const { path, text } = pushed
  if (observation.control.files.get(path) !== text) {
    const headline = 'It was changed again by a later push, which has a run of its own.'
    return { decision: 'nothing-to-do', reasonCode: 'nothing-new', headline, reply: headline, loaded, isChange: false }
  }
  const others = await findRivals(door, scene, pushed)
  if (others.length === 0) return undefined
  const { message, hint } = sayRivals(path, { idea: scene.issue.number, others })
  throw new UserError('IDEA_TWICE', message, { hint })
}

/** Files that name the idea, too. The one that its plan is from is no rival of the others: they are its. */
async function findRivals(door: Door, { loaded, observation, issue }: Scene, { path, others }: PushedPlan): Promise<readonly string[]> {
  const source = ideaOf(loaded, observation.subject)?.plan?.source
  if (source?.kind !== 'file' || others.includes(source.path)) return others
  if (source.path === path) return []
  const [{ readCommitFiles }, { findPlanIdea }] = await Promise.all([
    import('@switchyard/github/operations'),
    import('@switchyard/planning/plans'),
  ])
  const { repository, sha: commit } = door.given.context
  const known = (await readCommitFiles(door.github, repository, { commit, files: [source.path] })).get(source.path)
  // Moved, or given to another idea.
  const isGone = known?.text === undefined || findPlanIdea(known.text)?.number !== issue.number
  return isGone ? others : [...others, source.path].sort()
}
