import type { TokenViewer } from '../auth/viewer.ts'
import { branchRef } from '../git/ref-names.ts'
import { NULL_OID, type GitStore, type Oid } from '../git/types.ts'
import { getAccount } from '../world/accounts.ts'
import { signatureOf, webSignature } from '../world/commits.ts'
import type { WorldContext } from '../world/context.ts'
import type { KnownPull } from '../world/pulls.ts'
import { getRepository } from '../world/repositories.ts'
import { markMerged } from './pulls.ts'
import { moveRef, type RefMoveOutcome } from './refs.ts'

export type MergeMethod = 'merge' | 'squash' | 'rebase'

export interface MergeWanted {
  readonly method: MergeMethod
  readonly title: string | undefined
  readonly message: string | undefined
}

export type MergeOutcome =
  | { readonly ok: true; readonly sha: Oid }
  | { readonly ok: false; readonly reason: 'conflict' | 'not-linear' }
  | { readonly ok: false; readonly reason: 'ref'; readonly outcome: RefMoveOutcome }

/** Merges a pull request: commits on the base branch, its push event, then the end of the request. */
export async function mergePull(
  context: WorldContext,
  viewer: TokenViewer,
  { known, wanted }: { readonly known: KnownPull; readonly wanted: MergeWanted },
): Promise<MergeOutcome> {
  const { issue, pull } = known
  const repository = getRepository(context, issue.repositoryId)
  const store = context.stores.get(repository.id)
  const ref = branchRef(pull.baseRef)
  const base = (await store.readRef(ref)) ?? pull.baseSha
  const tree = await store.mergeTree(base, pull.headSha)
  if (tree === undefined) return { ok: false, reason: 'conflict' }
  const sha = await writeMerged(context, store, { viewer, known, wanted, base, tree })
  if (sha === undefined) return { ok: false, reason: 'not-linear' }
  // Closed before the branch moves, so that the push does not end it another way.
  const outcome = await moveRef(context, { repository, ref, old: base, new: sha, viewer, how: 'merge', checked: pull.headSha })
  if (!outcome.ok) return { ok: false, reason: 'ref', outcome }
  repository.signedCommits.add(sha)
  if (issue.state === 'open') markMerged(context, viewer, { issue, pull, commit: sha })
  if (repository.merging.deleteBranch) {
    await moveRef(context, { repository, ref: branchRef(pull.headRef), old: pull.headSha, new: NULL_OID, viewer })
  }
  return { ok: true, sha }
}

interface Merging {
  readonly viewer: TokenViewer
  readonly known: KnownPull
  readonly wanted: MergeWanted
  readonly base: Oid
  readonly tree: Oid
}

async function writeMerged(
  context: WorldContext,
  store: GitStore,
  { viewer, known: { issue, pull }, wanted, base, tree }: Merging,
): Promise<Oid | undefined> {
  const author = signatureOf(context, viewer.account)
  const committer = webSignature(context)
  const owner = getAccount(context, getRepository(context, issue.repositoryId).ownerId).login
  const withBody = (title: string, body: string): string => (body === '' ? title : `${title}\n\n${body}`)
  switch (wanted.method) {
    case 'merge': {
      const title = wanted.title ?? `Merge pull request #${issue.number} from ${owner}/${pull.headRef}`
      return store.writeCommit({
        tree,
        parents: [base, pull.headSha],
        author,
        committer,
        message: withBody(title, wanted.message ?? issue.title),
      })
    }
    case 'squash':
      return store.writeCommit({
        tree,
        parents: [base],
        author,
        committer,
        message: withBody(wanted.title ?? `${issue.title} (#${issue.number})`, wanted.message ?? ''),
      })
    case 'rebase':
      return rebase(context, store, { head: pull.headSha, base })
    default:
      return wanted.method satisfies never
  }
}

/** Each commit anew on the base, when the base is where they began: their trees stay what they are. */
async function rebase(
  context: WorldContext,
  store: GitStore,
  { head, base }: { readonly head: Oid; readonly base: Oid },
): Promise<Oid | undefined> {
  if (!(await store.isAncestor(base, head))) return undefined
  let onto = base
  for (const oid of [...(await store.log({ from: head, not: base }))].reverse()) {
    const commit = await store.readCommit(oid)
    if (commit === undefined) continue
    onto = await store.writeCommit({
      tree: commit.tree,
      parents: [onto],
      author: commit.author,
      committer: webSignature(context),
      message: commit.message,
    })
  }
  return onto
}
