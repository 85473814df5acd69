import type { WorldContext } from '../world/context.ts'
import { nodeId, type NodeKind } from '../world/node-ids.ts'
import type { Account, Organization } from '../world/types.ts'

const kinds = { User: 'user', Bot: 'bot', Organization: 'organization' } as const satisfies Record<Account['type'], NodeKind>

export function accountNodeId(account: Account): string {
  return nodeId(kinds[account.type], account.id)
}

/** OpenAPI `simple-user`. */
export function presentAccount(context: WorldContext, account: Account) {
  const url = `${context.urls.api}/users/${encodeURIComponent(account.login)}`
  return {
    login: account.login,
    id: account.id,
    node_id: accountNodeId(account),
    avatar_url: `${context.urls.server}/avatars/u/${account.id}`,
    gravatar_id: '',
    url,
    html_url: `${context.urls.server}/${account.type === 'Bot' ? `apps/${account.login.replace(/\[bot\]$/, '')}` : account.login}`,
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type: account.type,
    user_view_type: 'public',
    site_admin: false,
  }
}

/** OpenAPI `public-user`. */
export function presentFullAccount(context: WorldContext, account: Account) {
  const owned = [...context.state.repositories.values()].filter(
    (repository) => repository.ownerId === account.id && repository.visibility === 'public',
  )
  return {
    ...presentAccount(context, account),
    name: account.name ?? null,
    company: null,
    blog: '',
    location: null,
    email: account.email ?? null,
    hireable: null,
    bio: null,
    twitter_username: null,
    public_repos: owned.length,
    public_gists: 0,
    followers: 0,
    following: 0,
    created_at: account.createdAt,
    updated_at: account.updatedAt,
  }
}

/** OpenAPI `organization-simple`. */
export function presentSimpleOrganization(context: WorldContext, account: Account) {
  const url = `${context.urls.api}/orgs/${account.login}`
  return {
    login: account.login,
    id: account.id,
    node_id: accountNodeId(account),
    url,
    repos_url: `${url}/repos`,
    events_url: `${url}/events`,
    hooks_url: `${url}/hooks`,
    issues_url: `${url}/issues`,
    members_url: `${url}/members{/member}`,
    public_members_url: `${url}/public_members{/member}`,
    avatar_url: `${context.urls.server}/avatars/u/${account.id}`,
    description: null,
  }
}

export interface SeenOrganization {
  readonly account: Account
  readonly organization: Organization
  readonly seesPolicy: boolean
}

/** OpenAPI `organization-full`, as far as it is modelled; the policy only for whom it is shown to. */
export function presentOrganization(context: WorldContext, { account, organization, seesPolicy }: SeenOrganization) {
  const owned = [...context.state.repositories.values()].filter((repository) => repository.ownerId === account.id)
  return {
    ...presentSimpleOrganization(context, account),
    name: account.name ?? account.login,
    is_verified: false,
    has_organization_projects: true,
    has_repository_projects: true,
    public_repos: owned.filter((repository) => repository.visibility === 'public').length,
    public_gists: 0,
    followers: 0,
    following: 0,
    html_url: `${context.urls.server}/${account.login}`,
    type: 'Organization',
    ...(seesPolicy ? presentPolicy(account, organization) : {}),
    created_at: account.createdAt,
    updated_at: account.updatedAt,
    archived_at: null,
  }
}

/** What only owners and Apps with the permission are shown. Source: github-facts 8.5. */
function presentPolicy(account: Account, organization: Organization) {
  return {
    default_repository_permission: organization.defaultRepositoryRole,
    members_can_create_repositories: organization.membersCanCreateRepositories,
    members_can_create_public_repositories: organization.membersCanCreatePublicRepositories,
    members_can_create_private_repositories: organization.membersCanCreatePrivateRepositories,
    members_can_create_internal_repositories: false,
    members_can_delete_repositories: organization.membersCanDeleteRepositories,
    plan: {
      name: account.plan,
      space: 976_562_499,
      private_repos: 10_000,
      filled_seats: organization.members.size,
      seats: organization.members.size,
    },
  }
}
