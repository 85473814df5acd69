import { canSee, isAllowed, type Need } from '../auth/access.ts'
import type { PermissionName, Repository, Role } from '../world/types.ts'
import type { GraphqlContext } from './context.ts'
import { forbidden, Refusal } from './refusal.ts'

/** GraphQL answers what a token may not see as if it were not there, whatever it is. */
export function isVisible(context: GraphqlContext, repository: Repository): boolean {
  return canSee(context.world, context.viewer, repository)
}

function can(context: GraphqlContext, repository: Repository, need: Need): boolean {
  return isAllowed(context.world, context.viewer, { repository, need })
}

/** `operation` is the mutation's name with a capital, as GitHub's refusal to people has it. */
function refuse({ viewer }: GraphqlContext, operation: string | undefined): Refusal {
  switch (viewer.token.kind) {
    case 'job':
    case 'installation':
      return forbidden('Resource not accessible by integration')
    case 'fine-grained':
      return forbidden('Resource not accessible by personal access token')
    case 'classic':
      return operation === undefined ? missingScopes(viewer.token.scopes) : lackingRole(viewer.account.login, operation)
  }
}

function missingScopes(scopes: readonly string[]): Refusal {
  const wanted = "It requires one of the following scopes: ['repo']"
  const granted = `but your token has only been granted the: ${JSON.stringify(scopes)} scopes.`
  const message = `Your token has not been granted the required scopes to execute this query. ${wanted}, ${granted}`
  return new Refusal('INSUFFICIENT_SCOPES', message)
}

const lackingRole = (login: string, operation: string): Refusal =>
  forbidden(`${login} does not have the correct permissions to execute \`${operation}\``)

export function requireRead(context: GraphqlContext, repository: Repository, permission: PermissionName): void {
  if (!can(context, repository, { permission, level: 'read' })) throw refuse(context, undefined)
}

export interface WriteNeed {
  readonly repository: Repository
  /** Any one of these is enough. */
  readonly permissions: readonly PermissionName[]
  /** The role a person needs; write unless said. */
  readonly role?: Role
  /** `CreateCommitOnBranch` */
  readonly operation: string
}

/** Throws what GitHub answers when the token, or the person behind it, may not do this. */
export function requireWrite(context: GraphqlContext, { repository, permissions, role, operation }: WriteNeed): void {
  const allowed = permissions.some((permission) =>
    can(context, repository, { permission, level: 'write', ...(role !== undefined && { role }) }),
  )
  if (!allowed) throw refuse(context, operation)
  if (repository.archived) throw forbidden('Repository was archived so is read-only.')
}
