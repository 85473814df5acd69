import type { Door } from './door.ts'
import { isPlanPath, parsePlansFolder, PLAN_LEVELS } from './plans-path.ts'

/** A plan's file as a push left it. */
export interface PushedPlan {
  readonly path: string
  readonly text: string
  /** The idea's issue; undefined: the file names none. */
  readonly idea: number | undefined
  /** Other files of the push that name the same idea. */
  readonly others: readonly string[]
}

/**
 * The plans that a push added or changed, as its last commit has them. Its event does not say which files those are, so the commits are
 * compared; all plans of the folder, where there is nothing to compare with. Source: GitHub docs, "Events that trigger workflows", push.
 */
export async function readPushedPlans(door: Door, before: string | undefined): Promise<readonly PushedPlan[]> {
  const texts = await readTexts(door, before)
  if (texts.length === 0) return []
  const { findPlanIdea } = await import('@switchyard/planning/plans')
  const plans = texts.map(({ path, text }) => ({ path, text, idea: findPlanIdea(text)?.number }))
  return plans.map((plan) => ({
    ...plan,
    others: plans.flatMap(({ path, idea }) => (plan.idea !== undefined && idea === plan.idea && path !== plan.path ? [path] : [])),
  }))
}

async function readTexts(
  { github, given: { context, inputs } }: Door,
  before: string | undefined,
): Promise<readonly { readonly path: string; readonly text: string }[]> {
  const { readChangedPaths, readCommitFiles } = await import('@switchyard/github/operations')
  const folder = parsePlansFolder(inputs)
  const { repository, sha: commit } = context
  const changed = before === undefined ? undefined : await readChangedPaths(github, repository, { base: before, head: commit })
  const files = changed?.filter((path) => isPlanPath(path, folder))
  if (files?.length === 0) return []
  const found = await readCommitFiles(github, repository, { commit, ...(files ? { files } : { folder, levels: PLAN_LEVELS }) })
  return [...found].flatMap(([path, { text }]) => (text !== undefined && isPlanPath(path, folder) ? [{ path, text }] : []))
}
