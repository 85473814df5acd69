import type { Viewer } from '../auth/viewer.ts'
import { branchRef } from '../git/ref-names.ts'
import { GitProblem, NULL_OID, type GitStore, type Oid, type Signature, type TreeChange } from '../git/types.ts'
import { getAccount } from '../world/accounts.ts'
import { signatureOf, webSignature } from '../world/commits.ts'
import type { WorldContext } from '../world/context.ts'
import type { Repository } from '../world/types.ts'
import type { RefRefusal } from '../rules/ref-changes.ts'
import { moveRef } from './refs.ts'

export interface BranchCommit {
  readonly repository: Repository
  /** The store as the request sees it. */
  readonly store: GitStore
  /** Without `refs/heads/`. */
  readonly branch: string
  /** Where the branch must be; undefined: wherever it is. */
  readonly expectedHead: Oid | undefined
  readonly additions: readonly { readonly path: string; readonly contents: Buffer }[]
  readonly deletions: readonly { readonly path: string }[]
  readonly message: string
  readonly viewer: Viewer
  /** Whether GitHub signs it. */
  readonly isSigned: boolean
  readonly author?: Signature
  readonly committer?: Signature
  /** Makes the branch with a root commit where it does not exist (an empty repository's first file). */
  readonly mayCreate?: boolean
}

/**
 * `stale`: the branch was elsewhere when it was looked at; `raced`: it moved between that look and the swap;
 * `refused`: by a ruleset (`rules`) or for workflow files.
 */
export type BranchCommitOutcome =
  | { readonly ok: true; readonly oid: Oid; readonly parent: Oid | undefined }
  | { readonly ok: false; readonly reason: 'stale' | 'raced'; readonly expected: Oid; readonly actual: Oid | undefined }
  | { readonly ok: false; readonly reason: 'branch-missing' }
  | { readonly ok: false; readonly reason: 'path-missing' | 'path-malformed'; readonly path: string }
  | { readonly ok: false; readonly reason: 'refused'; readonly refusal: RefRefusal }

/** One commit on top of a branch, by compare-and-swap, signed by GitHub: what createCommitOnBranch and the contents API do. */
export async function commitOnBranch(context: WorldContext, wanted: BranchCommit): Promise<BranchCommitOutcome> {
  const { repository, store, expectedHead } = wanted
  const ref = branchRef(wanted.branch)
  const head = await store.readRef(ref)
  if (head === undefined && wanted.mayCreate !== true) return { ok: false, reason: 'branch-missing' }
  if (expectedHead !== undefined && expectedHead !== head) return { ok: false, reason: 'stale', expected: expectedHead, actual: head }
  const written = await writeCommit(context, wanted, head)
  if (!written.ok) return written
  const moved = await moveRef(context, {
    repository,
    ref,
    old: head ?? NULL_OID,
    new: written.oid,
    viewer: wanted.viewer,
    how: wanted.isSigned ? 'commit' : 'move',
  })
  if (moved.ok) {
    if (wanted.isSigned) repository.signedCommits.add(written.oid)
    return { ok: true, oid: written.oid, parent: head }
  }
  if (moved.reason === 'refused') return { ok: false, reason: 'refused', refusal: moved.refusal }
  return { ok: false, reason: 'raced', expected: head ?? NULL_OID, actual: moved.actual ?? (await store.readRef(ref)) }
}

type Written = Extract<BranchCommitOutcome, { reason: 'path-missing' | 'path-malformed' }> | { readonly ok: true; readonly oid: Oid }

async function writeCommit(context: WorldContext, wanted: BranchCommit, head: Oid | undefined): Promise<Written> {
  const { store } = wanted
  const additions = wanted.additions.map(async ({ path, contents }): Promise<TreeChange> => ({
    path,
    mode: '100644',
    oid: await store.writeBlob(contents),
  }))
  const deletions = wanted.deletions.map(({ path }): TreeChange => ({ path, remove: true }))
  try {
    const base = head === undefined ? undefined : (await store.readCommit(head))?.tree
    const tree = await store.writeTree(base, [...deletions, ...(await Promise.all(additions))])
    const oid = await store.writeCommit({
      tree,
      parents: head === undefined ? [] : [head],
      message: wanted.message,
      ...signatures(context, wanted),
    })
    return { ok: true, oid }
  } catch (error) {
    if (error instanceof GitProblem && (error.code === 'path-missing' || error.code === 'path-malformed')) {
      return { ok: false, reason: error.code, path: error.detail }
    }
    throw error
  }
}

function signatures(context: WorldContext, wanted: BranchCommit) {
  const account = wanted.viewer.kind === 'token' ? wanted.viewer.account : getAccount(context, wanted.repository.ownerId)
  return { author: wanted.author ?? signatureOf(context, account), committer: wanted.committer ?? webSignature(context) }
}
