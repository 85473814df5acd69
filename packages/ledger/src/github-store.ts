import { combineSelections, type GraphqlRequest, type Selection } from '@switchyard/core'
import type { RestRequest } from './github-branch.ts'
import { selectLedger } from './github-selection.ts'
import type { Change, CommitOutcome, CreateOutcome, LedgerPlace, LedgerStore, Reading, TreeFile, Wanted } from './store.ts'

export interface GithubStoreOptions {
  readonly graphql: GraphqlRequest
  readonly rest: RestRequest
  /** `owner/name`. */
  readonly repository: string
  readonly branch: string
  readonly isOnlyRead?: boolean
}

/** A ledger's branch on GitHub: one query reads, one mutation writes. What comes after the first reading loads after it. */
export class GithubStore implements LedgerStore {
  readonly place: LedgerPlace
  readonly #graphql: GraphqlRequest
  readonly #rest: RestRequest

  constructor({ graphql, rest, ...place }: GithubStoreOptions) {
    this.place = place
    this.#graphql = graphql
    this.#rest = rest
  }

  async read<T>(wanted: Wanted, beside: Selection<T>): Promise<Reading<T>> {
    const ledger = selectLedger(this.place, wanted)
    const { document, variables } = combineSelections([ledger, beside])
    const { data, errors } = await this.#graphql(document, variables, { idempotent: true })
    return { ...ledger.parse(data, errors), beside: beside.parse(data, errors) }
  }

  async commit(change: Change): Promise<CommitOutcome> {
    const { commitToGithub } = await import('./github-commit.ts')
    return commitToGithub(this.#graphql, this.place, change)
  }

  async create(files: ReadonlyMap<string, string>): Promise<CreateOutcome> {
    const { createOnGithub } = await import('./github-branch.ts')
    return createOnGithub(this.#rest, this.place, files)
  }

  async readAt(commit: string, paths: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const { readTexts } = await import('./github-archive.ts')
    return readTexts(this.#graphql, this.place, { commit, paths })
  }

  async listAt(commit: string, folder?: string): Promise<readonly TreeFile[]> {
    const { listFiles } = await import('./github-archive.ts')
    return listFiles(this.#rest, this.place, { commit, folder })
  }

  async historyOf(commit: string, path: string): Promise<readonly string[]> {
    const { readHistory } = await import('./github-archive.ts')
    return readHistory(this.#graphql, this.place, { commit, path })
  }
}
