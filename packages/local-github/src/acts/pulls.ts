import type { TokenViewer, Viewer } from '../auth/viewer.ts'
import { branchRef } from '../git/ref-names.ts'
import { type GitStore, NULL_OID, type Oid } from '../git/types.ts'
import { webSignature } from '../world/commits.ts'
import type { WorldContext } from '../world/context.ts'
import { type KnownPull, pullsOf } from '../world/pulls.ts'
import { getRepository } from '../world/repositories.ts'
import type { Issue, PullRequest, Repository } from '../world/types.ts'
import { announceIssue, changeIssue, openIssue } from './issues.ts'

export interface PullInput {
  readonly title: string
  readonly body: string | undefined
  readonly head: string
  readonly base: string
  readonly draft: boolean
}

/** Opens a pull request between two branches that are there and differ: the caller has made sure of it. */
export async function openPull(
  context: WorldContext,
  viewer: TokenViewer,
  { repository, input }: { readonly repository: Repository; readonly input: PullInput },
): Promise<KnownPull> {
  const store = context.stores.get(repository.id)
  const [headSha = '', baseSha = ''] = await Promise.all([store.readRef(branchRef(input.head)), store.readRef(branchRef(input.base))])
  const issue = openIssue(context, viewer, {
    repository,
    input: { title: input.title, body: input.body },
    asPull: (made) => ({
      issueId: made.id,
      headRef: input.head,
      headSha,
      baseRef: input.base,
      baseSha,
      draft: input.draft,
      mergeCommit: undefined,
      mergedAt: undefined,
      mergedById: undefined,
      counts: { commits: 0, files: 0, additions: 0, deletions: 0 },
    }),
  })
  const pull = context.state.pulls.get(issue.id)
  if (pull === undefined) throw new Error(`pull request ${issue.number} was not kept`)
  await comparePull(context, { issue, pull })
  announceIssue(context, viewer, { issue, action: 'opened' })
  return { issue, pull }
}

/** Works out what a pull request changes and whether it can be merged, and keeps `refs/pull/N/head` and `merge` at it. */
export async function comparePull(context: WorldContext, { issue, pull }: KnownPull): Promise<void> {
  const store = context.stores.get(issue.repositoryId)
  const base = (await store.readRef(branchRef(pull.baseRef))) ?? pull.baseSha
  pull.baseSha = base
  const from = (await store.mergeBase(base, pull.headSha)) ?? base
  const changes = await store.lineChanges(from, pull.headSha)
  const sum = (pick: (change: (typeof changes)[number]) => number | undefined): number =>
    changes.reduce((total, change) => total + (pick(change) ?? 0), 0)
  Object.assign(pull.counts, {
    commits: (await store.log({ from: pull.headSha, not: base })).length,
    files: changes.length,
    additions: sum(({ additions }) => additions),
    deletions: sum(({ deletions }) => deletions),
  })
  pull.mergeCommit = await writeMergeCommit(context, store, { pull, base })
  await keepRef(store, `refs/pull/${issue.number}/head`, pull.headSha)
  await keepRef(store, `refs/pull/${issue.number}/merge`, pull.mergeCommit)
}

async function writeMergeCommit(
  context: WorldContext,
  store: GitStore,
  { pull, base }: { readonly pull: PullRequest; readonly base: Oid },
): Promise<Oid | undefined> {
  const tree = await store.mergeTree(base, pull.headSha)
  if (tree === undefined) return undefined
  const signature = webSignature(context)
  return store.writeCommit({
    tree,
    parents: [base, pull.headSha],
    author: signature,
    committer: signature,
    message: `Merge ${pull.headSha} into ${base}`,
  })
}

async function keepRef(store: GitStore, name: string, oid: Oid | undefined): Promise<void> {
  const now = await store.readRef(name)
  if (now === oid) return
  if (oid === undefined) await store.deleteRef(name)
  else if (now === undefined) await store.createRef(name, oid)
  else await store.updateRef(name, oid, now)
}

export interface BranchMove {
  /** Full ref name. */
  readonly ref: string
  readonly old: Oid
  readonly new: Oid
  readonly viewer: Viewer
}

/** What a moved branch means for open pull requests: new commits to show, a base to compare with, or the end. */
export async function followBranch(context: WorldContext, repository: Repository, move: BranchMove): Promise<void> {
  for (const known of pullsOf(context, repository).filter(({ issue }) => issue.state === 'open')) {
    const { issue, pull } = known
    if (branchRef(pull.headRef) === move.ref) await followHead(context, known, move)
    else if (branchRef(pull.baseRef) === move.ref && move.new !== NULL_OID) {
      const store = context.stores.get(repository.id)
      // Commits that reached the base by another way are merged all the same.
      if (await store.isAncestor(pull.headSha, move.new)) markMerged(context, move.viewer, { issue, pull, commit: move.new })
      else await comparePull(context, known)
    }
  }
}

async function followHead(context: WorldContext, known: KnownPull, { old, new: now, viewer }: BranchMove): Promise<void> {
  const { issue, pull } = known
  if (now === NULL_OID) {
    if (viewer.kind === 'token') changeIssue(context, viewer, { issue, changes: { state: 'closed' } })
    return
  }
  pull.headSha = now
  issue.updatedAt = context.clock.moment()
  await comparePull(context, known)
  announceIssue(context, viewer, { issue, action: 'synchronize', content: { before: old, after: now } })
}

/** Closes a pull request as merged with a commit of the base branch. */
export function markMerged(
  context: WorldContext,
  viewer: Viewer,
  { issue, pull, commit }: { readonly issue: Issue; readonly pull: PullRequest; readonly commit: Oid },
): void {
  const actor = viewer.kind === 'token' ? viewer.account.id : getRepository(context, issue.repositoryId).ownerId
  pull.mergedAt = context.clock.moment()
  pull.mergedById = actor
  pull.mergeCommit = commit
  issue.state = 'closed'
  issue.closedAt = pull.mergedAt
  issue.closedById = actor
  issue.updatedAt = pull.mergedAt
  announceIssue(context, viewer, { issue, action: 'closed' })
}
