import type { Door } from './door.ts'
import { isPlanPath, parsePlansFolder, PLAN_LEVELS } from '@switchyard/planning'

/** From one commit to another; `before` undefined: there is nothing to compare with. */
interface Pushed {
  readonly before: string | undefined
  readonly head: string
}

/** A plan's file as a push left it. */
export interface PushedPlan {
  readonly path: string
  readonly text: string
  /** The idea's issue; undefined: the file names none. */
  readonly idea: number | undefined
  /** Other files of the folder that name the same idea, whether or not the push changed them. */
  readonly others: readonly string[]
}

/**
 * Paths of the plans that a push added or changed. Its event does not say which files those are, so the commits are compared; all plans of
 * the folder, where there is nothing to compare with. Source: GitHub docs, "Events that trigger workflows", push.
 */
export async function findPushedPlans(door: Door, pushed: Pushed): Promise<readonly string[]> {
  return (await findChanged(door, pushed)) ?? [...(await readTexts(door, pushed, [])).keys()]
}

/** The plans that a push added or changed, as its last commit has them. */
export async function readPushedPlans(door: Door, pushed: Pushed): Promise<readonly PushedPlan[]> {
  const changed = await findChanged(door, pushed)
  if (changed?.length === 0) return []
  const [{ findPlanIdea }, texts] = await Promise.all([import('@switchyard/planning/plans'), readTexts(door, pushed, changed ?? [])])
  const plans = [...texts].map(([path, text]) => ({ path, text, idea: findPlanIdea(text)?.number }))
  const ideas = Map.groupBy(plans, ({ idea }) => idea)
  return plans.flatMap((plan) => {
    if (changed?.includes(plan.path) === false) return []
    const others = plan.idea === undefined ? [] : (ideas.get(plan.idea) ?? [])
    return [{ ...plan, others: others.flatMap(({ path }) => (path === plan.path ? [] : [path])) }]
  })
}

/** undefined: there is nothing to compare with, or GitHub does not tell all of it. */
async function findChanged({ github, given: { context, inputs } }: Door, { before, head }: Pushed): Promise<readonly string[] | undefined> {
  const folder = parsePlansFolder(inputs)
  if (before === undefined) return undefined
  const { readChangedPaths } = await import('@switchyard/github/operations')
  const changed = await readChangedPaths(github, context.repository, { base: before, head })
  return changed?.filter((path) => isPlanPath(path, folder))
}

/** Of the folder, and of these files wherever they stand. */
async function readTexts(
  { github, given: { context, inputs } }: Door,
  { head }: Pushed,
  files: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const { readCommitFiles } = await import('@switchyard/github/operations')
  const folder = parsePlansFolder(inputs)
  const found = await readCommitFiles(github, context.repository, { commit: head, files, folder, levels: PLAN_LEVELS })
  return new Map([...found].flatMap(([path, { text }]) => (text !== undefined && isPlanPath(path, folder) ? [[path, text] as const] : [])))
}
