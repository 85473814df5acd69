/** One whole request and its answer. `route` is a template (`/repos/{owner}/{repo}`) or undefined when none matched. */
export interface Exchange {
  readonly method: string
  readonly route: string | undefined
  readonly path: string
  readonly query: string
  readonly apiVersion: string
  readonly requestHeaders: Readonly<Record<string, string>>
  readonly requestBody: unknown
  readonly status: number
  readonly responseHeaders: Readonly<Record<string, string>>
  readonly responseBody: unknown
}
