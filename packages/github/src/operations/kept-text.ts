import { GitHubError } from '@switchyard/core'

/**
 * What GitHub kept is compared with what was sent.
 *
 * @throws {GitHubError} `GITHUB_UNEXPECTED` when the two differ.
 */
export function requireKept(
  kept: string | null | undefined,
  sent: string,
  { what, route }: { readonly what: string; readonly route: string },
): void {
  if ((kept ?? '') === sent) return
  throw new GitHubError('GITHUB_UNEXPECTED', `GitHub did not keep the text that was sent for ${what}`, { status: 200, route })
}
