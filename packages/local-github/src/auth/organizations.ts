import { findOrganization } from '../world/accounts.ts'
import type { WorldContext } from '../world/context.ts'
import type { Account, Level, PermissionName } from '../world/types.ts'
import { isLevel } from './access.ts'
import type { Viewer } from './viewer.ts'

/**
 * Whether the viewer acts for an organisation: an owner's classic token with `admin:org`, an owner's fine-grained token or an App
 * installed there with the permission. Source: docs.github.com, REST, "Get an organization".
 */
export function isOrganizationAdmin(
  context: WorldContext,
  viewer: Viewer,
  wanted: { readonly owner: Account; readonly permission: PermissionName; readonly level: Level },
): boolean {
  const { owner, permission, level } = wanted
  const organization = findOrganization(context, owner)
  if (organization === undefined || viewer.kind !== 'token') return false
  const { token } = viewer
  const isOwner = organization.members.get(viewer.account.id) === 'admin'
  switch (token.kind) {
    case 'job':
      return false
    case 'classic':
      return isOwner && token.scopes.includes('admin:org')
    case 'fine-grained':
      return isOwner && isLevel(token.permissions[permission], level)
    case 'installation': {
      const installation = token.installationId === undefined ? undefined : context.state.installations.get(token.installationId)
      return installation?.accountId === owner.id && isLevel(token.permissions[permission], level)
    }
    default:
      return token.kind satisfies never
  }
}
