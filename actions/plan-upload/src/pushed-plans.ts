import type { Door } from './door.ts'
import { isPlanPath } from './wish.ts'

/**
 * The plans that a push added or changed. Its event does not say which files those are, so the commits are compared; all plans of the
 * folder, where there is nothing to compare with. Source: GitHub docs, "Events that trigger workflows", push.
 */
export async function findPushedPlans(
  { github, given: { context, inputs } }: Door,
  { before, head = context.sha }: { readonly before: string | undefined; readonly head?: string },
): Promise<readonly string[]> {
  const { readChangedPaths, readCommitFiles } = await import('@switchyard/github/operations')
  const folder = inputs.plansPath.replace(/\/+$/, '')
  const changed = before === undefined ? undefined : await readChangedPaths(github, context.repository, { base: before, head })
  const paths = changed ?? [...(await readCommitFiles(github, context.repository, { commit: head, folder })).keys()]
  return paths.filter((path) => isPlanPath(path, folder))
}
