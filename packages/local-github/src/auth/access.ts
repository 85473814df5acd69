import { notFound, Problem, requiresAuthentication } from '../server/problem.ts'
import { installedRepositories } from '../world/apps.ts'
import type { WorldContext } from '../world/context.ts'
import { isAtLeast, roleOf } from '../world/repositories.ts'
import type { Level, PermissionName, Repository, Role } from '../world/types.ts'
import type { TokenViewer, Viewer } from './viewer.ts'

export interface Need {
  readonly permission: PermissionName
  readonly level: 'read' | 'write' | 'admin'
  /** The role a person needs; by default read, write or admin as the level says. */
  readonly role?: Role
  /** A classic token needs this scope too. */
  readonly scope?: string
}

const levels: readonly Level[] = ['none', 'read', 'write', 'admin']

export function isLevel(level: Level | undefined, wanted: Level): boolean {
  return levels.indexOf(level ?? 'none') >= levels.indexOf(wanted)
}

/** Whether the viewer is told that the repository exists. Who is not gets 404, never 403. */
export function canSee(context: WorldContext, viewer: Viewer, repository: Repository): boolean {
  if (repository.visibility === 'public') return true
  if (viewer.kind !== 'token') return false
  if (!isSelected(context, viewer, repository)) return false
  switch (viewer.token.kind) {
    case 'job':
    case 'installation':
      return true
    case 'classic':
      return viewer.token.scopes.includes('repo') && isAtLeast(roleOf(context, repository, viewer.account), 'read')
    case 'fine-grained':
      return isAtLeast(roleOf(context, repository, viewer.account), 'read')
  }
}

/** Whether the token is good for this repository at all. A token narrowed to repositories loses those its installation loses. */
export function isSelected(context: WorldContext, viewer: TokenViewer, repository: Repository): boolean {
  const { token } = viewer
  const chosen = token.repositories === 'all' || token.repositories.includes(repository.id)
  if (token.kind !== 'installation') return chosen
  const installation = token.installationId === undefined ? undefined : context.state.installations.get(token.installationId)
  return (
    chosen && installation !== undefined && !installation.suspended && installedRepositories(context, installation).includes(repository)
  )
}

export function isAllowed(
  context: WorldContext,
  viewer: Viewer,
  wanted: { readonly repository: Repository; readonly need: Need },
): boolean {
  const { repository, need } = wanted
  const isPublicRead = repository.visibility === 'public' && need.level === 'read'
  if (viewer.kind !== 'token') return isPublicRead
  const { token } = viewer
  const hasPermission = isSelected(context, viewer, repository) && isLevel(token.permissions[need.permission], need.level)
  const hasRole = isAtLeast(roleOf(context, repository, viewer.account), need.role ?? need.level)
  switch (token.kind) {
    case 'job':
    case 'installation':
      return hasPermission || isPublicRead
    case 'fine-grained':
      return (hasPermission && hasRole) || isPublicRead
    case 'classic':
      return hasScope(token.scopes, repository) && (need.scope === undefined || token.scopes.includes(need.scope)) && hasRole
  }
}

/** Reading what is public needs no scope; anything else needs `repo`, or `public_repo` where the repository is public. */
function hasScope(scopes: readonly string[], repository: Repository): boolean {
  return repository.visibility === 'public' || scopes.includes('repo')
}

export interface WantedAccess {
  readonly repository: Repository
  readonly needs: readonly Need[]
  /** Writes to an archived repository too. */
  readonly evenArchived?: boolean | undefined
}

/** Refuses as GitHub does: 404 for what may not be seen, 401 for nobody, 403 for the rest. */
export function requireAccess(context: WorldContext, viewer: Viewer, wanted: WantedAccess): void {
  const { repository, needs } = wanted
  if (!canSee(context, viewer, repository)) throw notFound()
  if (needs.some((need) => isAllowed(context, viewer, { repository, need }))) {
    if (repository.archived && wanted.evenArchived !== true && needs.every((need) => need.level !== 'read')) {
      throw new Problem(403, 'Repository was archived so is read-only.')
    }
    return
  }
  throw viewer.kind === 'token' ? new Problem(403, refusalOf(viewer)) : requiresAuthentication()
}

export function refusalOf(viewer: TokenViewer): string {
  switch (viewer.token.kind) {
    case 'job':
    case 'installation':
      return 'Resource not accessible by integration'
    case 'fine-grained':
      return 'Resource not accessible by personal access token'
    case 'classic':
      return 'Must have admin rights to Repository.'
  }
}

/** `issues=write; pull_requests=write`: a comma would mean all of, a semicolon any of. */
export function renderNeeds(needs: readonly Need[]): string {
  return needs.map((need) => `${need.permission}=${need.level}`).join('; ')
}
