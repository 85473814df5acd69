import { z } from 'zod'
import type { GitHubPort } from './port.ts'
import { isStatus } from './is-status.ts'
import type { Reviewer } from './repository-settings.ts'

/** What members may do; each is null where GitHub does not show it to this token. */
export interface CreationPolicy {
  readonly membersCreate: boolean | null
  readonly membersCreatePublic: boolean | null
  readonly membersCreatePrivate: boolean | null
  readonly membersDelete: boolean | null
}

export interface OwnerSeen {
  readonly id: number
  /** As it is written on GitHub. */
  readonly login: string
  readonly kind: 'user' | 'organization'
  /** Undefined for a user. */
  readonly policy: CreationPolicy | undefined
  /** `free`, `team` …; undefined where GitHub does not show it. */
  readonly plan: string | undefined
}

export interface MembershipSeen {
  readonly login: string
  readonly role: 'admin' | 'member'
  /** A hint: only the create call knows. Undefined where GitHub does not tell. */
  readonly mayCreateRepositories: boolean | undefined
}

const user = z.object({ id: z.number(), login: z.string(), type: z.string() })
const flag = z
  .boolean()
  .nullish()
  .transform((value) => value ?? null)
const organization = z.object({
  members_can_create_repositories: flag,
  members_can_create_public_repositories: flag,
  members_can_create_private_repositories: flag,
  members_can_delete_repositories: flag,
  plan: z.object({ name: z.string() }).nullish(),
})
const membership = z.object({
  role: z.string(),
  organization: z.object({ login: z.string() }),
  permissions: z.object({ can_create_repository: z.boolean() }).nullish(),
})

/** Who owns repositories under this login; undefined when nobody has it. Two requests, at once. */
export async function readOwner(github: GitHubPort, login: string): Promise<OwnerSeen | undefined> {
  const [account, org] = await Promise.all([
    readOrUndefined(github, 'GET /users/{username}', { username: login }),
    readOrUndefined(github, 'GET /orgs/{org}', { org: login }),
  ])
  if (account === undefined) return undefined
  const found = user.parse(account)
  const base = { id: found.id, login: found.login }
  if (found.type !== 'Organization') return { ...base, kind: 'user', policy: undefined, plan: undefined }
  const shown = organization.parse(org ?? {})
  const policy: CreationPolicy = {
    membersCreate: shown.members_can_create_repositories,
    membersCreatePublic: shown.members_can_create_public_repositories,
    membersCreatePrivate: shown.members_can_create_private_repositories,
    membersDelete: shown.members_can_delete_repositories,
  }
  return { ...base, kind: 'organization', policy, plan: shown.plan?.name }
}

async function readOrUndefined(github: GitHubPort, route: string, parameters: Readonly<Record<string, unknown>>): Promise<unknown> {
  try {
    return (await github.request(route, parameters)).data
  } catch (error) {
    if (isStatus(error, 404)) return undefined
    throw error
  }
}

/** The first 100 organisations where the token's person is a member; undefined when the token may not tell (403: an App, or no scope for it). */
export async function readMemberships(github: GitHubPort): Promise<readonly MembershipSeen[] | undefined> {
  try {
    const { data } = await github.request('GET /user/memberships/orgs', { state: 'active', per_page: 100 })
    return z
      .array(membership)
      .parse(data)
      .map(({ role, organization: { login }, permissions }) => ({
        login,
        role: role === 'admin' ? 'admin' : 'member',
        mayCreateRepositories: permissions?.can_create_repository,
      }))
  } catch (error) {
    if (isStatus(error, 403)) return undefined
    throw error
  }
}

/** Who a login means, or `organisation/team`, as reviewers of deployments are named. @throws {GitHubError} `GITHUB_NOT_FOUND` */
export async function readReviewer(github: GitHubPort, name: string): Promise<Reviewer> {
  const [org, team] = name.split('/')
  const { data } =
    team === undefined
      ? await github.request('GET /users/{username}', { username: name })
      : await github.request('GET /orgs/{org}/teams/{team_slug}', { org, team_slug: team })
  return { type: team === undefined ? 'User' : 'Team', id: z.object({ id: z.number() }).parse(data).id }
}
