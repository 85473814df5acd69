import { GitHubError, isJsonObject } from '@switchyard/core'
import type { Permissions } from './installation-types.ts'

export interface Installation {
  readonly id: number
  readonly permissions: Permissions
  readonly isSuspended: boolean
}

/** Narrowed by hand: the fields are few, and a schema library would have to load before the first dispatch. */
export function parseInstallation(data: unknown): Installation {
  if (!isJsonObject(data) || typeof data['id'] !== 'number') throw unreadable('GET /users/{username}/installation')
  return { id: data['id'], permissions: parsePermissions(data['permissions']), isSuspended: typeof data['suspended_at'] === 'string' }
}

/** `asked` stands in where the answer does not repeat the permissions. */
export function parseToken(data: unknown, asked: Permissions): { token: string; expiresAt: number; permissions: Permissions } {
  const expiresAt = isJsonObject(data) && typeof data['expires_at'] === 'string' ? Date.parse(data['expires_at']) : NaN
  if (!isJsonObject(data) || typeof data['token'] !== 'string' || Number.isNaN(expiresAt)) {
    throw unreadable('POST /app/installations/{installation_id}/access_tokens')
  }
  const permissions = data['permissions'] === undefined ? asked : parsePermissions(data['permissions'])
  return { token: data['token'], expiresAt, permissions }
}

function parsePermissions(value: unknown): Permissions {
  if (!isJsonObject(value)) return {}
  const levels: Record<string, 'read' | 'write' | 'admin'> = {}
  for (const [name, level] of Object.entries(value)) {
    if (level === 'read' || level === 'write' || level === 'admin') levels[name] = level
  }
  return levels
}

function unreadable(route: string): GitHubError {
  return new GitHubError('GITHUB_UNEXPECTED', `GitHub's answer to ${route} lacks what its documentation promises.`, {
    status: 200,
    route,
    hint: 'Check that the address is that of a GitHub, and that no proxy changes its answers.',
  })
}
