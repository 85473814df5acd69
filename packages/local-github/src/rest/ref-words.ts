import { branchRef } from '../git/ref-names.ts'
import type { Commit, GitStore, Oid } from '../git/types.ts'
import type { RefMoveOutcome } from '../acts/refs.ts'
import { refusalOf } from '../auth/access.ts'
import type { Viewer } from '../auth/viewer.ts'
import { notFound, Problem, requiresAuthentication } from '../server/problem.ts'
import type { Repository } from '../world/types.ts'

/** GitHub answers every git endpoint so until the first commit is there. */
export async function requireCommits(store: GitStore): Promise<void> {
  if ((await store.listRefs()).length === 0) throw new Problem(409, 'Git Repository is empty.')
}

/** The commit a branch, tag, full ref name or id stands for. */
export async function findCommit(store: GitStore, repository: Repository, name: string | undefined): Promise<Commit | undefined> {
  const wanted = name ?? repository.defaultBranch
  const names = [branchRef(wanted), `refs/tags/${wanted}`, `refs/${wanted}`, wanted]
  for (const ref of wanted === 'HEAD' ? [branchRef(repository.defaultBranch)] : names) {
    const oid = await store.readRef(ref)
    if (oid !== undefined) return peel(store, oid)
  }
  return /^[0-9a-f]{40}$/.test(wanted) ? store.readCommit(wanted) : undefined
}

/** An annotated tag stands for the commit it names. */
async function peel(store: GitStore, oid: Oid): Promise<Commit | undefined> {
  const object = await store.readObject(oid)
  if (object?.type !== 'tag') return store.readCommit(oid)
  const target = /^object ([0-9a-f]{40})$/m.exec(object.data.toString('utf8'))?.[1]
  return target === undefined ? undefined : peel(store, target)
}

export async function getCommit(store: GitStore, repository: Repository, name: string | undefined): Promise<Commit> {
  const commit = await findCommit(store, repository, name)
  if (commit !== undefined) return commit
  await requireCommits(store)
  if (name === undefined) throw notFound()
  throw new Problem(422, `No commit found for SHA: ${name}`)
}

/**
 * Workflow files by a token that may not write them: a classic token is told that nothing is there.
 * Source: octokit/octokit.rb#1184, googleapis/release-please-action#704.
 */
export function workflowProblem(viewer: Viewer): Problem {
  if (viewer.kind !== 'token') return requiresAuthentication()
  return viewer.token.kind === 'classic' ? notFound() : new Problem(403, refusalOf(viewer))
}

/** A ref change that did not happen, in the words of the git endpoints. */
export function refProblem(viewer: Viewer, outcome: Extract<RefMoveOutcome, { ok: false }>): Problem {
  switch (outcome.reason) {
    case 'exists':
      return new Problem(422, 'Reference already exists')
    case 'missing':
      return new Problem(422, 'Reference does not exist')
    case 'moved':
      return new Problem(422, 'Update is not a fast forward')
    case 'invalid-name':
      return new Problem(422, 'Reference name is not valid')
    case 'blocked':
      return new Problem(422, 'Reference cannot be created: another reference is in the way')
    case 'refused':
      return outcome.refusal.kind === 'workflow-files' ? workflowProblem(viewer) : new Problem(422, outcome.refusal.message)
  }
}
