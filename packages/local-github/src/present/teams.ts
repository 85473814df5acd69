import { findOrganization, getAccount } from '../world/accounts.ts'
import type { WorldContext } from '../world/context.ts'
import { nodeId } from '../world/node-ids.ts'
import type { Team } from '../world/types.ts'
import { presentOrganization } from './accounts.ts'

/** OpenAPI `team`. */
export function presentTeam(context: WorldContext, { id, name, slug, organizationId }: Team) {
  const { login } = getAccount(context, organizationId)
  const url = `${context.urls.api}/organizations/${organizationId}/team/${id}`
  return {
    id,
    node_id: nodeId('team', id),
    name,
    slug,
    description: null,
    privacy: 'closed',
    notification_setting: 'notifications_enabled',
    permission: 'pull',
    url,
    html_url: `${context.urls.server}/orgs/${login}/teams/${slug}`,
    members_url: `${url}/members{/member}`,
    repositories_url: `${url}/repos`,
    type: 'organization',
    organization_id: organizationId,
    parent: null,
  }
}

/** OpenAPI `team-full`. */
export function presentFullTeam(context: WorldContext, team: Team) {
  const account = getAccount(context, team.organizationId)
  const organization = findOrganization(context, account)
  if (organization === undefined) throw new Error(`${account.login} is no organisation`)
  return {
    ...presentTeam(context, team),
    members_count: team.members.length,
    repos_count: 0,
    created_at: team.createdAt,
    updated_at: team.updatedAt,
    organization: presentOrganization(context, { account, organization, seesPolicy: false }),
  }
}
