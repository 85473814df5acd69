import type { RequiredPermission } from '@switchyard/bootstrapping/recipe'
import type { Permissions } from '@switchyard/github'

/** As an App's token is asked for. */
export function toPermissions(permissions: readonly RequiredPermission[]): Permissions {
  return { metadata: 'read', ...Object.fromEntries(permissions.map(({ permission, access }) => [permission, access])) }
}
