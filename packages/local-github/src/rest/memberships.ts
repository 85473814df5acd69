import type { TokenViewer } from '../auth/viewer.ts'
import { presentAccount, presentSimpleOrganization } from '../present/accounts.ts'
import { findAccount, getAccount } from '../world/accounts.ts'
import type { Account, Organization } from '../world/types.ts'
import type { World } from '../world/world.ts'
import { ok } from '../server/answer.ts'
import { list } from '../server/paging.ts'
import { notFound, Problem } from '../server/problem.ts'
import { noBody, plainRoute, type Route } from '../server/route.ts'
import { requireToken } from './issues.ts'

/** Any of them lets a classic token see where its person belongs. Source: docs.github.com, REST, "List organizations for the authenticated user". */
const SCOPES = ['user', 'read:org', 'write:org', 'admin:org']

function requireScope({ token }: TokenViewer): void {
  if (token.kind === 'classic' && !SCOPES.some((scope) => token.scopes.includes(scope))) {
    throw new Problem(403, 'You need at least read:org scope or user scope to list your organizations.')
  }
}

interface Membership {
  readonly account: Account
  readonly organization: Organization
  readonly role: 'member' | 'admin'
}

function membershipsOf(world: World, person: Account): readonly Membership[] {
  return [...world.state.organizations.values()].flatMap((organization) => {
    const role = organization.members.get(person.id)
    return role === undefined ? [] : [{ account: getAccount(world, organization.accountId), organization, role }]
  })
}

/** OpenAPI `org-membership`. */
function presentMembership(world: World, person: Account, { account, organization, role }: Membership) {
  const url = `${world.urls.api}/orgs/${account.login}`
  return {
    url: `${url}/memberships/${person.login}`,
    state: 'active',
    role,
    organization_url: url,
    organization: presentSimpleOrganization(world, account),
    user: presentAccount(world, person),
    permissions: { can_create_repository: role === 'admin' || organization.membersCanCreateRepositories },
  }
}

export const membershipRoutes: readonly Route[] = [
  plainRoute({
    method: 'GET',
    path: '/user/orgs',
    operation: 'orgs/list-for-authenticated-user',
    audience: 'user',
    body: noBody,
    handle(call) {
      const viewer = requireToken(call.viewer)
      requireScope(viewer)
      return list(call, membershipsOf(call.world, viewer.account), ({ account }) => presentSimpleOrganization(call.world, account))
    },
  }),
  plainRoute({
    method: 'GET',
    path: '/user/memberships/orgs',
    operation: 'orgs/list-memberships-for-authenticated-user',
    audience: 'user',
    body: noBody,
    differs: 'nobody is invited: every membership is active',
    handle(call) {
      const viewer = requireToken(call.viewer)
      requireScope(viewer)
      const all = call.query('state') === 'pending' ? [] : membershipsOf(call.world, viewer.account)
      return list(call, all, (membership) => presentMembership(call.world, viewer.account, membership))
    },
  }),
  plainRoute({
    method: 'GET',
    path: '/user/memberships/orgs/{org}',
    operation: 'orgs/get-membership-for-authenticated-user',
    audience: 'user',
    body: noBody,
    handle({ world, viewer, param }) {
      const person = requireToken(viewer)
      requireScope(person)
      const id = findAccount(world, param('org'))?.id
      const found = membershipsOf(world, person.account).find(({ account }) => account.id === id)
      if (found === undefined) throw notFound()
      return ok(presentMembership(world, person.account, found))
    },
  }),
]
