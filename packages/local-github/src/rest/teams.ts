import type { Viewer } from '../auth/viewer.ts'
import { isLevel } from '../auth/access.ts'
import { presentFullTeam } from '../present/teams.ts'
import { findAccount, findOrganization } from '../world/accounts.ts'
import { findTeam } from '../world/teams.ts'
import type { Account, Organization } from '../world/types.ts'
import type { World } from '../world/world.ts'
import { ok } from '../server/answer.ts'
import { notFound } from '../server/problem.ts'
import { noBody, plainRoute, type Route } from '../server/route.ts'

/** Any of them lets a classic token of a member see teams. Source: docs.github.com, REST, "Get a team by name". */
const SCOPES = ['read:org', 'write:org', 'admin:org']

/** Members see teams, with a token that may; for all others there are none. */
function seesTeams(
  world: World,
  viewer: Viewer,
  { account, organization }: { readonly account: Account; readonly organization: Organization },
): boolean {
  if (viewer.kind !== 'token') return false
  const { token } = viewer
  const isMember = organization.members.has(viewer.account.id)
  switch (token.kind) {
    case 'job':
      return false
    case 'classic':
      return isMember && SCOPES.some((scope) => token.scopes.includes(scope))
    case 'fine-grained':
      return isMember && isLevel(token.permissions.members, 'read')
    case 'installation': {
      const installation = token.installationId === undefined ? undefined : world.state.installations.get(token.installationId)
      return installation?.accountId === account.id && isLevel(token.permissions.members, 'read')
    }
    default:
      return token.kind satisfies never
  }
}

export const teamRoutes: readonly Route[] = [
  plainRoute({
    method: 'GET',
    path: '/orgs/{org}/teams/{team_slug}',
    operation: 'teams/get-by-name',
    audience: 'signed-in',
    body: noBody,
    differs: 'teams are not nested, have no repositories, and are all visible to members',
    handle({ world, viewer, param }) {
      const account = findAccount(world, param('org'))
      const organization = account && findOrganization(world, account)
      if (account === undefined || organization === undefined || !seesTeams(world, viewer, { account, organization })) throw notFound()
      const team = findTeam(world, account.id, { slug: param('team_slug') })
      if (team === undefined) throw notFound()
      return ok(presentFullTeam(world, team))
    },
  }),
]
