import { GitHubError, type GitHubCode, type GraphqlFault, joinSentences, sayPermission } from '@switchyard/core'

const CODES: Readonly<Record<string, GitHubCode>> = {
  NOT_FOUND: 'GITHUB_NOT_FOUND',
  FORBIDDEN: 'GITHUB_FORBIDDEN',
  // A classic token without the scope.
  INSUFFICIENT_SCOPES: 'GITHUB_FORBIDDEN',
  UNPROCESSABLE: 'GITHUB_UNPROCESSABLE',
}

const ROUTE = 'POST /graphql'

/** Whether a fault of that type means that the token may not: another try comes to the same. */
export function isForbidden(type: string | undefined): boolean {
  return type !== undefined && CODES[type] === 'GITHUB_FORBIDDEN'
}

/** What a refused mutation says, with the permission that the token lacks, where it is that: GraphQL names none, so whoever asks does. */
export function sayRefusal({ type, message }: Pick<GraphqlFault, 'type' | 'message'>, needed: string | undefined): string {
  return isForbidden(type) ? joinSentences(message, sayPermission(needed)) : message
}

/** One of `errors[]` as an error of ours, by its type; one without a type that is known proves nothing. `needed`: the permission for it. */
export function toRefusal({ type, message }: GraphqlFault, needed?: string): GitHubError {
  const code = (type === undefined ? undefined : CODES[type]) ?? 'GITHUB_UNEXPECTED'
  const facts = { status: 200, route: ROUTE, ...(type !== undefined && { type }) }
  if (code !== 'GITHUB_FORBIDDEN') return new GitHubError(code, message, facts)
  return new GitHubError(code, `The token may not do this: ${ROUTE}.`, {
    ...facts,
    hint: sayPermission(needed),
    answer: message,
    ...(needed !== undefined && { neededPermission: needed }),
  })
}

/** @throws {GitHubError} for the first of `errors[]`, where an answer with a gap is worth nothing. `needed`: the permission for it. */
export function refuseGaps(errors: readonly GraphqlFault[], needed?: string): void {
  const [first] = errors
  if (first !== undefined) throw toRefusal(first, needed)
}

interface Aliased {
  readonly errors: readonly GraphqlFault[]
  readonly alias: string
}

/** What was said against the part of a document that stands under this alias. */
export function findRefusal({ errors, alias }: Aliased): GraphqlFault | undefined {
  return errors.find(({ path }) => path?.[0] === alias)
}

/** The same in words, as `sayRefusal` has them; undefined: nothing was said against it. */
export function sayRefused(aliased: Aliased, needed: string): string | undefined {
  const refused = findRefusal(aliased)
  return refused && sayRefusal(refused, needed)
}
