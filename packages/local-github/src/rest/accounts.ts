import { isOrganizationAdmin } from '../auth/organizations.ts'
import { presentAccount, presentFullAccount, presentOrganization } from '../present/accounts.ts'
import { findAccount, findOrganization } from '../world/accounts.ts'
import { roleOf } from '../world/repositories.ts'
import type { Role } from '../world/types.ts'
import { ok } from '../server/answer.ts'
import { notFound, requiresAuthentication } from '../server/problem.ts'
import { noBody, plainRoute, repositoryRoute, type Route } from '../server/route.ts'

/** The four words that GitHub had before there were more roles. Source: OpenAPI repos/get-collaborator-permission-level. */
const OLD_WORDS: Readonly<Record<Role, string>> = {
  none: 'none',
  read: 'read',
  triage: 'read',
  write: 'write',
  maintain: 'write',
  admin: 'admin',
}

export const accountRoutes: readonly Route[] = [
  plainRoute({
    method: 'GET',
    path: '/users/{username}',
    operation: 'users/get-by-username',
    audience: 'anyone',
    body: noBody,
    handle({ world, param }) {
      const account = findAccount(world, param('username'))
      if (account === undefined) throw notFound()
      return ok(presentFullAccount(world, account))
    },
  }),
  plainRoute({
    method: 'GET',
    path: '/user',
    operation: 'users/get-authenticated',
    audience: 'user',
    body: noBody,
    differs: 'without the private part (plan, disk usage)',
    handle({ world, viewer }) {
      if (viewer.kind !== 'token') throw requiresAuthentication()
      return ok(presentFullAccount(world, viewer.account))
    },
  }),
  plainRoute({
    method: 'GET',
    path: '/orgs/{org}',
    operation: 'orgs/get',
    audience: 'anyone',
    body: noBody,
    differs: 'the settings that this world models',
    handle({ world, viewer, param }) {
      const account = findAccount(world, param('org'))
      const organization = account && findOrganization(world, account)
      if (account === undefined || organization === undefined) throw notFound()
      const seesPolicy = isOrganizationAdmin(world, viewer, { owner: account, permission: 'organization_administration', level: 'read' })
      return ok(presentOrganization(world, { account, organization, seesPolicy }))
    },
  }),
  repositoryRoute({
    method: 'GET',
    path: '/repos/{owner}/{repo}/collaborators/{username}/permission',
    operation: 'repos/get-collaborator-permission-level',
    needs: [{ permission: 'metadata', level: 'read' }],
    body: noBody,
    handle({ world, repository, param }) {
      const account = findAccount(world, param('username'))
      // An app's login is no user's.
      if (account?.type !== 'User') throw notFound()
      const role = roleOf(world, repository, account)
      const has = (...roles: readonly Role[]): boolean => roles.includes(role)
      const permissions = {
        pull: !has('none'),
        triage: has('triage', 'write', 'maintain', 'admin'),
        push: has('write', 'maintain', 'admin'),
        maintain: has('maintain', 'admin'),
        admin: has('admin'),
      }
      return ok({ permission: OLD_WORDS[role], role_name: role, user: { ...presentAccount(world, account), permissions, role_name: role } })
    },
  }),
]
