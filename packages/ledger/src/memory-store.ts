import { type GraphqlAnswer, hashOf, type Selection } from '@switchyard/core'
import type { Change, CommitOutcome, CreateOutcome, LedgerPlace, LedgerStore, Reading, TreeFile, Wanted } from './store.ts'

/** A request that a test may slow down, refuse or lose. */
export type MemoryRequest = 'read' | 'commit' | 'create' | 'readAt' | 'listAt' | 'historyOf'

/** Called around each request: what it throws before is a request that was never acted on, what it throws after a lost answer. */
export interface MemoryHooks {
  before?(request: MemoryRequest): Promise<void> | void
  after?(request: MemoryRequest): Promise<void> | void
}

export interface MemoryOptions {
  readonly repositoryId?: number
  readonly isPublic?: boolean
  /** Answers what is asked beside a read. */
  readonly answer?: (selection: Selection<unknown>) => GraphqlAnswer
}

interface Commit {
  readonly parent: string | undefined
  readonly files: ReadonlyMap<string, string>
}

/** A branch in memory, shared by all stores that are made of it: the compare-and-swap is real. */
export class MemoryBranch {
  readonly commits = new Map<string, Commit>()
  head: string | undefined

  get files(): ReadonlyMap<string, string> {
    return (this.head === undefined ? undefined : this.commits.get(this.head)?.files) ?? new Map()
  }

  /** Moves the branch without asking, as a person with a push would. */
  push(files: ReadonlyMap<string, string>): string {
    const head = hashOf([this.commits.size, this.head ?? null]).slice(0, 40)
    this.commits.set(head, { parent: this.head, files })
    this.head = head
    return head
  }
}

/** The driver for tests and trials: everything a branch on GitHub does, in this process. */
export class MemoryStore implements LedgerStore {
  readonly place: LedgerPlace = { repository: '', branch: 'memory' }
  readonly #branch: MemoryBranch
  readonly #hooks: MemoryHooks
  readonly #options: MemoryOptions

  constructor(branch: MemoryBranch, hooks: MemoryHooks = {}, options: MemoryOptions = {}) {
    this.#branch = branch
    this.#hooks = hooks
    this.#options = options
  }

  async read<T>(wanted: Wanted, beside: Selection<T>): Promise<Reading<T>> {
    return this.#request('read', () => {
      const { files } = this.#branch
      const answer = this.#options.answer?.(beside) ?? { data: {}, errors: [] }
      return {
        head: this.#branch.head,
        repositoryId: this.#options.repositoryId ?? 1,
        isPublic: this.#options.isPublic ?? false,
        files: new Map(wanted.files.map((path) => [path, files.get(path)])),
        folders: new Map(wanted.folders.map((folder) => [folder, hasFolder(files, folder)])),
        beside: beside.parse(answer.data, answer.errors),
      }
    })
  }

  async commit(change: Change): Promise<CommitOutcome> {
    return this.#request('commit', () => {
      if (change.expectedHead !== this.#branch.head) return { kind: 'stale' }
      const files = new Map(this.#branch.files)
      for (const path of change.deletions) {
        if (!files.delete(path)) throw new RangeError(`${path} is not there to be deleted`)
      }
      for (const [path, text] of change.additions) files.set(path, text)
      return { kind: 'committed', head: this.#branch.push(files) }
    })
  }

  async create(files: ReadonlyMap<string, string>): Promise<CreateOutcome> {
    return this.#request('create', () => {
      if (this.#branch.head !== undefined) return { kind: 'exists' }
      return { kind: 'created', head: this.#branch.push(new Map(files)) }
    })
  }

  async readAt(commit: string, paths: readonly string[]): Promise<ReadonlyMap<string, string>> {
    return this.#request('readAt', () => {
      const files = this.#filesAt(commit)
      return new Map(paths.flatMap((path) => {
        const text = files.get(path)
        return text === undefined ? [] : [[path, text]]
      }))
    })
  }

  async listAt(commit: string, folder?: string): Promise<readonly TreeFile[]> {
    return this.#request('listAt', () => {
      const files = [...this.#filesAt(commit)].filter(([path]) => folder === undefined || path.startsWith(`${folder}/`))
      return files.map(([path, text]) => ({ path, size: new TextEncoder().encode(text).length }))
    })
  }

  async historyOf(commit: string, path: string): Promise<readonly string[]> {
    return this.#request('historyOf', () => {
      const touched: string[] = []
      for (let at: string | undefined = commit; at !== undefined && touched.length < 30; at = this.#branch.commits.get(at)?.parent) {
        const parent = this.#branch.commits.get(at)?.parent
        const before = parent === undefined ? undefined : this.#branch.commits.get(parent)?.files.get(path)
        if (this.#branch.commits.get(at)?.files.get(path) !== before) touched.push(at)
      }
      return touched
    })
  }

  #filesAt(commit: string): ReadonlyMap<string, string> {
    return this.#branch.commits.get(commit)?.files ?? new Map()
  }

  async #request<T>(name: MemoryRequest, act: () => T): Promise<T> {
    await this.#hooks.before?.(name)
    const result = act()
    await this.#hooks.after?.(name)
    return result
  }
}

function hasFolder(files: ReadonlyMap<string, string>, folder: string): boolean {
  for (const path of files.keys()) if (path.startsWith(`${folder}/`)) return true
  return false
}
