import { z } from 'zod'
import type { GitHubPort } from './port.ts'
import { parseScopes } from '../scopes.ts'
import { isStatus } from './is-status.ts'

/** Whose a token is. An App's token, GITHUB_TOKEN among them, is nobody's: it reaches the repositories of an installation. */
export type TokenIdentity =
  | {
      readonly kind: 'user'
      readonly id: number
      readonly login: string
      /** Of a classic token; null for a fine-grained one, whose permissions no endpoint tells. */
      readonly scopes: readonly string[] | null
      /** ms since the epoch; null for a token without an end, or whose end GitHub does not tell. */
      readonly expiresAt: number | null
    }
  | {
      readonly kind: 'installation'
      /** How many repositories it reaches. */
      readonly repositories: number
    }

const user = z.object({ id: z.number(), login: z.string() })

/**
 * Asks GitHub who the token is. One request for a person's token, two for an App's.
 *
 * @throws {GitHubError} `GITHUB_UNAUTHORIZED` when the token is good for nothing.
 */
export async function readTokenIdentity(github: GitHubPort): Promise<TokenIdentity> {
  try {
    const { data, headers } = await github.request('GET /user')
    return {
      kind: 'user',
      ...user.parse(data),
      scopes: parseScopes(headers['x-oauth-scopes']) ?? null,
      expiresAt: parseExpiry(headers['github-authentication-token-expiration']),
    }
  } catch (error) {
    if (!isStatus(error, 403)) throw error
  }
  const { data } = await github.request('GET /installation/repositories', { per_page: 1 })
  return { kind: 'installation', repositories: z.object({ total_count: z.number() }).parse(data).total_count }
}

/** `2026-03-01 01:00:00 UTC`, or with an offset such as `+0100`. */
function parseExpiry(header: string | undefined): number | null {
  const parts = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d) ?(UTC|Z|[+-]\d\d:?\d\d)$/.exec(header ?? '')
  if (parts === null) return null
  const zone = parts[3] === 'UTC' ? 'Z' : parts[3]?.replace(/^([+-]\d\d):?(\d\d)$/, '$1:$2')
  return Date.parse(`${parts[1]}T${parts[2]}${zone}`)
}
