/** A git object id: 40 lower-case hex digits. */
export type Oid = string

export const NULL_OID: Oid = '0'.repeat(40)

export type ObjectType = 'blob' | 'tree' | 'commit' | 'tag'
export type FileMode = '100644' | '100755' | '040000' | '160000' | '120000'

export interface GitObject {
  readonly type: ObjectType
  readonly data: Buffer
}

export interface TreeEntry {
  readonly mode: FileMode
  readonly type: 'blob' | 'tree' | 'commit'
  readonly name: string
  readonly oid: Oid
}

/** An entry found by its path. `path` is the whole path; the root tree has path `''` and name `''`. */
export interface PathEntry extends TreeEntry {
  readonly path: string
}

export interface Signature {
  readonly name: string
  readonly email: string
  /** Milliseconds since 1970; git keeps whole seconds. */
  readonly time: number
  /** Minutes east of UTC. */
  readonly offset: number
}

export interface Commit {
  readonly oid: Oid
  readonly tree: Oid
  readonly parents: readonly Oid[]
  readonly author: Signature
  readonly committer: Signature
  readonly message: string
}

export type NewCommit = Omit<Commit, 'oid'>

export type TreeChange =
  | { readonly path: string; readonly oid: Oid; readonly mode: FileMode }
  | { readonly path: string; readonly remove: true }

export interface GitRef {
  readonly name: string
  readonly oid: Oid
}

/**
 * What became of a ref change.
 * `moved`: it is not where the caller expected (`actual` says where, undefined when it does not exist);
 * `exists` and `missing`: as named; `invalid-name`: git would refuse the name;
 * `blocked`: another ref is in the way (`a` and `a/b` cannot both exist).
 */
export type RefOutcome =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: 'moved' | 'exists' | 'missing' | 'invalid-name' | 'blocked'; readonly actual?: Oid }

export interface RefChange {
  readonly name: string
  /** The new target; undefined deletes. */
  readonly oid: Oid | undefined
  /** Where the ref must be now; NULL_OID: must not exist; undefined: anywhere. */
  readonly expected?: Oid
}

export interface LogQuery {
  readonly from: Oid
  /** Leaves out what can be reached from here; NULL_OID leaves out nothing. */
  readonly not?: Oid
  readonly path?: string
  readonly author?: string
  readonly since?: string
  readonly until?: string
  readonly skip?: number
  readonly limit?: number
}

/** What was asked of the object store and cannot be: told by `code`. */
export class GitProblem extends Error {
  override readonly name = 'GitProblem'
  readonly code: 'object-missing' | 'path-missing' | 'path-malformed' | 'git-failed'
  readonly detail: string

  constructor(code: GitProblem['code'], detail: string) {
    super(`${code}: ${detail}`)
    this.code = code
    this.detail = detail
  }
}

export interface LineChange {
  readonly path: string
  readonly status: 'added' | 'removed' | 'modified' | 'renamed'
  /** Where a renamed file was before. */
  readonly previous: string | undefined
  readonly additions: number | undefined
  readonly deletions: number | undefined
}

/** One bare repository. Objects never change, so reads are cached; refs move by compare-and-swap under git's own lock files. */
export interface GitStore {
  readonly directory: string
  /** Where a full ref name (`refs/heads/main`) points, or undefined. */
  readRef(name: string): Promise<Oid | undefined>
  /** Refs whose full name starts with the prefix, sorted by name. */
  listRefs(prefix?: string): Promise<readonly GitRef[]>
  createRef(name: string, oid: Oid): Promise<RefOutcome>
  /** Moves a ref if it is at `expected`; undefined skips that check but the ref must exist. */
  updateRef(name: string, oid: Oid, expected: Oid | undefined): Promise<RefOutcome>
  deleteRef(name: string, expected?: Oid): Promise<RefOutcome>
  /** All or nothing, in one git transaction. */
  updateRefs(changes: readonly RefChange[]): Promise<RefOutcome>
  readHead(): Promise<string>
  writeHead(branch: string): Promise<void>
  readObject(oid: Oid): Promise<GitObject | undefined>
  readCommit(oid: Oid): Promise<Commit | undefined>
  readTree(oid: Oid): Promise<readonly TreeEntry[] | undefined>
  readBlob(oid: Oid): Promise<Buffer | undefined>
  /** The entry at a path of a commit or tree; `''` is the root tree. */
  readPath(from: Oid, path: string): Promise<PathEntry | undefined>
  writeBlob(data: Buffer): Promise<Oid>
  /** A new tree from `base` (undefined: empty). Removing what is not there: GitProblem `path-missing`. */
  writeTree(base: Oid | undefined, changes: readonly TreeChange[]): Promise<Oid>
  writeCommit(commit: NewCommit): Promise<Oid>
  /** Commit ids, newest first, as `git rev-list` gives them. */
  log(query: LogQuery): Promise<readonly Oid[]>
  /** A tar of a commit's files, without what its `.gitattributes` keep out of archives: what the runner downloads of an action. */
  archive(commit: Oid): Promise<Buffer>
  /** Paths that differ between two commits; from NULL_OID: every path. */
  changedPaths(from: Oid, to: Oid): Promise<readonly string[]>
  /** The tree that joins two commits; undefined when they conflict. */
  mergeTree(ours: Oid, theirs: Oid): Promise<Oid | undefined>
  /** Lines that came and went in each file between two commits; undefined for what is not text. */
  lineChanges(from: Oid, to: Oid): Promise<readonly LineChange[]>
  /** The best common ancestor; undefined if there is none. */
  mergeBase(left: Oid, right: Oid): Promise<Oid | undefined>
  isAncestor(ancestor: Oid, descendant: Oid): Promise<boolean>
  close(): void
}
