import type { GraphqlRequest, Selection } from '@switchyard/core'
import type { Connection } from './connection.ts'
import type { GitHubPorts } from './ports.ts'

/** One of GitHub's hourly budgets, as the latest answer told. */
export interface RateLimit {
  readonly limit: number
  readonly remaining: number
  /** When the budget is full again, in ms since the epoch by GitHub's clock. */
  readonly resetAt: number
}

/** Where the token comes from: given, or made when it is first needed (it is asked for before every request). */
export type Credential = { readonly token: string } | { readonly readToken: () => Promise<string> }

export interface RequestOptions {
  /**
   * Sending it twice has the effect of sending it once: it may be sent again after an answer that proves nothing (5xx, lost).
   * GET and HEAD are so by nature.
   */
  readonly idempotent?: boolean
  readonly headers?: Readonly<Record<string, string>>
}

/** An answer of GitHub's. `data` is unknown until a schema narrows it; an empty body is an empty string. */
export interface GitHubResponse {
  readonly status: number
  readonly data: unknown
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
}

/** The values of several selections, in their order. */
export type Selected<S extends readonly Selection<unknown>[]> = {
  readonly [K in keyof S]: S[K] extends Selection<infer T> ? T : never
}

export interface GitHub {
  /**
   * One REST request. `route` is a method and a template (`GET /repos/{owner}/{repo}`): data never stands in it, but in
   * `parameters`, which fill the template and then the query or the body.
   *
   * @throws {GitHubError} for every answer that is not 2xx, and for no answer.
   */
  request(route: string, parameters?: Readonly<Record<string, unknown>>, options?: RequestOptions): Promise<GitHubResponse>
  graphql: GraphqlRequest
  /** Several selections in one query: one round trip. */
  select<const S extends readonly Selection<unknown>[]>(selections: S): Promise<Selected<S>>
  /**
   * The pages of a list, as GitHub links them, 100 items each unless `per_page` says otherwise. Reading on is the caller's
   * choice: breaking out of the loop asks for no further page.
   */
  pages(route: string, parameters?: Readonly<Record<string, unknown>>): AsyncGenerator<GitHubResponse, void, void>
  /** The time by GitHub's clock, in ms since the epoch; the local one until the first answer. */
  serverNow(): number
  /** As of the latest answers with this credential, by resource (`core`, `graphql`, `search`). */
  readonly rateLimits: ReadonlyMap<string, RateLimit>
}

export interface GitHubOptions {
  readonly apiUrl: string
  readonly graphqlUrl: string
  readonly credential: Credential
  /** When the step has to be over, in ms since the epoch by the local clock: nothing waits beyond it. */
  readonly deadline: number
  readonly connection: Connection
  readonly ports: GitHubPorts
}
