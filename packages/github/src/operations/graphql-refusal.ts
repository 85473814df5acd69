import { GitHubError, type GitHubCode, type GraphqlFault } from '@switchyard/core'

const CODES: Readonly<Record<string, GitHubCode>> = {
  NOT_FOUND: 'GITHUB_NOT_FOUND',
  FORBIDDEN: 'GITHUB_FORBIDDEN',
  // A classic token without the scope.
  INSUFFICIENT_SCOPES: 'GITHUB_FORBIDDEN',
  UNPROCESSABLE: 'GITHUB_UNPROCESSABLE',
}

/** One of `errors[]` as an error of ours, by its type; one without a type that is known proves nothing. */
export function toRefusal({ type, message }: GraphqlFault): GitHubError {
  return new GitHubError((type === undefined ? undefined : CODES[type]) ?? 'GITHUB_UNEXPECTED', message, {
    status: 200,
    route: 'POST /graphql',
    ...(type !== undefined && { type }),
  })
}

/** @throws {GitHubError} for the first of `errors[]`, where an answer with a gap is worth nothing. */
export function refuseGaps(errors: readonly GraphqlFault[]): void {
  const [first] = errors
  if (first !== undefined) throw toRefusal(first)
}
