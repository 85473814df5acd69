import type { Selection } from '@switchyard/core'

/** What to read of a branch's head commit. */
export interface Wanted {
  readonly files: readonly string[]
  /** Folders of which only the existence is asked: the cost does not grow with what is in them. */
  readonly folders: readonly string[]
}

/** The repository that holds the branch. */
export interface LedgerPlace {
  /** Empty when the repository was not asked for by name (memory). */
  readonly repository: string
  readonly branch: string
  /** Whether whoever opened it only reads, and needs no more than that; left out: it is written, too. */
  readonly isOnlyRead?: boolean
}

/** What one request found. Files and folders belong to the commit `head`, by construction. */
export interface Reading<T> {
  /** Undefined when the branch does not exist yet. */
  readonly head: string | undefined
  /** 0 when the keeper does not know it: a clone. */
  readonly repositoryId: number
  readonly isPublic: boolean
  /** Text by path; undefined for what is not there. */
  readonly files: ReadonlyMap<string, string | undefined>
  readonly folders: ReadonlyMap<string, boolean>
  /** The answer to what was asked in the same request. */
  readonly beside: T
}

export interface Change {
  readonly expectedHead: string
  readonly additions: ReadonlyMap<string, string>
  /** Must exist: GitHub refuses the commit otherwise. */
  readonly deletions: readonly string[]
  readonly headline: string
  readonly body: string
}

/** `stale`: the branch had moved, nothing was written. `committed` names the new head. */
export type CommitOutcome = { readonly kind: 'committed'; readonly head: string } | { readonly kind: 'stale' }

export type CreateOutcome = { readonly kind: 'created'; readonly head: string } | { readonly kind: 'exists' }

export interface TreeFile {
  readonly path: string
  /** In bytes. */
  readonly size: number
}

/**
 * A branch to keep a ledger on. Each method is one exchange with the branch's keeper; a reading that names paths is one
 * request. Errors of the transport are `GitHubError`s; a commit that may or may not have landed is one whose `isAmbiguous` is true.
 */
export interface LedgerStore {
  readonly place: LedgerPlace
  read<T>(wanted: Wanted, beside: Selection<T>): Promise<Reading<T>>
  commit(change: Change): Promise<CommitOutcome>
  /** Begins the branch with a commit that has no parent. Somebody else's branch of the same name is `exists`. */
  create(files: ReadonlyMap<string, string>): Promise<CreateOutcome>
  /** Texts at a commit; what is not there is left out. Pages as GitHub's limits ask. */
  readAt(commit: string, paths: readonly string[]): Promise<ReadonlyMap<string, string>>
  /** All files at a commit, or those below a folder. */
  listAt(commit: string, folder?: string): Promise<readonly TreeFile[]>
  /** The last commits that touched a path, newest first, at most 30. */
  historyOf(commit: string, path: string): Promise<readonly string[]>
}

/** For a read that asks nothing beside. */
export const NOTHING_BESIDE: Selection<undefined> = { fields: '', variables: {}, parse: () => undefined }
