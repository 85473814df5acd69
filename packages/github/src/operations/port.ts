import type { GraphqlRequest } from '@switchyard/core'

export interface RestAnswer {
  readonly status: number
  readonly data: unknown
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
}

/**
 * What an operation needs of GitHub. `route` is a template of GitHub's documentation (`GET /repos/{owner}/{repo}`), so
 * that data never becomes part of a path unescaped. Refusals are thrown as `GitHubError`.
 */
export interface GitHubPort {
  request(route: string, parameters?: Readonly<Record<string, unknown>>, options?: { readonly idempotent?: boolean }): Promise<RestAnswer>
  readonly graphql: GraphqlRequest
}

/** A repository by the two parts of its name. */
export interface RepositoryName {
  readonly owner: string
  readonly name: string
}
