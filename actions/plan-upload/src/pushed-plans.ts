import type { Door } from './door.ts'
import { isPlanPath, parsePlansFolder, PLAN_LEVELS } from './plans-path.ts'

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
 * The plans that a push added or changed, as its last commit has them. Its event does not say which files those are, so the commits are
 * compared; all plans of the folder, where there is nothing to compare with. Source: GitHub docs, "Events that trigger workflows", push.
 */
export async function readPushedPlans(
  { github, given: { context, inputs } }: Door,
  before: string | undefined,
): Promise<readonly PushedPlan[]> {
  const { readChangedPaths, readCommitFiles } = await import('@switchyard/github/operations')
  const folder = parsePlansFolder(inputs)
  const { repository, sha: commit } = context
  const changed = before === undefined ? undefined : await readChangedPaths(github, repository, { base: before, head: commit })
  const files = changed?.filter((path) => isPlanPath(path, folder))
  if (files?.length === 0) return []
  const [{ findPlanIdea }, found] = await Promise.all([
    import('@switchyard/planning/plans'),
    readCommitFiles(github, repository, { commit, files: files ?? [], folder, levels: PLAN_LEVELS }),
  ])
  const plans = [...found].flatMap(([path, { text }]) =>
    text !== undefined && isPlanPath(path, folder) ? [{ path, text, idea: findPlanIdea(text)?.number }] : [],
  )
  const ideas = Map.groupBy(plans, ({ idea }) => idea)
  return plans.flatMap((plan) => {
    if (files?.includes(plan.path) === false) return []
    const others = plan.idea === undefined ? [] : (ideas.get(plan.idea) ?? [])
    return [{ ...plan, others: others.flatMap(({ path }) => (path === plan.path ? [] : [path])) }]
  })
}
