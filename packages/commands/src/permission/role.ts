/**
 * What GitHub calls a person's standing in a repository, from least to most. Source: REST, "Get repository permissions
 * for a user", `role_name`.
 */
export const ROLES = ['none', 'read', 'triage', 'write', 'maintain', 'admin'] as const
export type Role = (typeof ROLES)[number]

/** Where no rule says anything. */
export const DEFAULT_ROLE: Role = 'write'

/** An actor's standing as the API tells it at the moment of execution; never taken from an event. */
export interface LiveRole {
  /** `role_name`: a role of GitHub's, or the name that an organisation gave to one of its own. */
  readonly roleName: string
  /** `permission`: admin, write, read or none. It stands in for a role of the organisation's own. */
  readonly permission: string
}

/** The role by which rules judge. A role that GitHub does not know counts as the permission it is built upon. */
export function effectiveRole({ roleName, permission }: LiveRole): Role {
  return ROLES.find((role) => role === roleName) ?? ROLES.find((role) => role === permission) ?? 'none'
}

export function hasRole(role: Role, needed: Role): boolean {
  return ROLES.indexOf(role) >= ROLES.indexOf(needed)
}

export function strictest(roles: readonly Role[]): Role {
  return roles.reduce((most, role) => (hasRole(most, role) ? most : role), 'none')
}
