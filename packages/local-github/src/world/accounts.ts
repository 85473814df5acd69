import { takeId, type WorldContext } from './context.ts'
import type { Account, Organization, OrganizationRuleset, Plan, Role } from './types.ts'

export interface NewUser {
  readonly login: string
  readonly name?: string
  readonly email?: string
  readonly type?: 'User' | 'Bot'
  readonly plan?: Plan
}

export interface NewOrganization {
  readonly login: string
  readonly name?: string
  readonly members?: Readonly<Record<string, 'member' | 'admin'>>
  /** What members may do in repositories they were not added to. */
  readonly defaultRepositoryRole?: Role
  readonly membersCanCreateRepositories?: boolean
  /** `free` unless said. */
  readonly plan?: Plan
}

/** What an organisation lets its members do: what is not named stays as it is. */
export type OrganizationPolicy = Partial<
  Pick<
    Organization,
    | 'defaultRepositoryRole'
    | 'membersCanCreateRepositories'
    | 'membersCanCreatePublicRepositories'
    | 'membersCanCreatePrivateRepositories'
    | 'membersCanDeleteRepositories'
  >
>

export function addUser(context: WorldContext, user: NewUser): Account {
  return addAccount(context, { ...user, type: user.type ?? 'User' })
}

function addAccount(context: WorldContext, account: Omit<NewUser, 'type'> & { readonly type: Account['type'] }): Account {
  if (findAccount(context, account.login) !== undefined) throw new Error(`the login ${account.login} is taken`)
  const id = takeId(context)
  const at = context.clock.moment()
  const added: Account = {
    id,
    type: account.type,
    login: account.login,
    name: account.name,
    email: account.email,
    plan: account.plan ?? 'free',
    createdAt: at,
    updatedAt: at,
  }
  context.state.accounts.set(id, added)
  return added
}

export function addOrganization(context: WorldContext, organization: NewOrganization): Account {
  const { login, name, plan } = organization
  const account = addAccount(context, {
    login,
    type: 'Organization',
    ...(name === undefined ? {} : { name }),
    ...(plan === undefined ? {} : { plan }),
  })
  const members = Object.entries(organization.members ?? {}).map(([member, role]) => [getAccount(context, member).id, role] as const)
  context.state.organizations.set(account.id, {
    accountId: account.id,
    members: new Map(members),
    defaultRepositoryRole: organization.defaultRepositoryRole ?? 'read',
    membersCanCreateRepositories: organization.membersCanCreateRepositories ?? true,
    membersCanCreatePublicRepositories: true,
    membersCanCreatePrivateRepositories: true,
    membersCanDeleteRepositories: true,
    rulesets: [],
    teams: [],
  })
  return account
}

export interface NewOrganizationRuleset extends Pick<OrganizationRuleset, 'name' | 'include' | 'rules'> {
  /** Patterns of repository names; all of them unless said. */
  readonly repositories?: readonly string[]
  readonly exclude?: readonly string[]
  readonly bypass?: OrganizationRuleset['bypass']
  readonly enforcement?: OrganizationRuleset['enforcement']
}

export function addOrganizationRuleset(context: WorldContext, login: string, wanted: NewOrganizationRuleset): OrganizationRuleset {
  const organization = findOrganization(context, getAccount(context, login))
  if (organization === undefined) throw new Error(`${login} is no organisation`)
  const ruleset: OrganizationRuleset = {
    id: takeId(context),
    enforcement: 'active',
    exclude: [],
    bypass: [],
    repositories: ['~ALL'],
    ...wanted,
  }
  organization.rulesets.push(ruleset)
  return ruleset
}

export function setOrganizationPolicy(context: WorldContext, login: string, policy: OrganizationPolicy): void {
  const organization = findOrganization(context, getAccount(context, login))
  if (organization === undefined) throw new Error(`${login} is no organisation`)
  Object.assign(organization, policy)
}

/** Logins compare without case. */
export function findAccount(context: WorldContext, login: string): Account | undefined {
  const wanted = login.toLowerCase()
  for (const account of context.state.accounts.values()) if (account.login.toLowerCase() === wanted) return account
  return undefined
}

export function getAccount(context: WorldContext, login: string | number): Account {
  const account = typeof login === 'number' ? context.state.accounts.get(login) : findAccount(context, login)
  if (account === undefined) throw new Error(`there is no account ${login}`)
  return account
}

export function findOrganization(context: WorldContext, account: Account): Organization | undefined {
  return context.state.organizations.get(account.id)
}

/** The address GitHub gives commits whose author keeps the real one private. */
export function commitEmail(account: Account): string {
  return account.email ?? `${account.id}+${account.login}@users.noreply.github.com`
}
