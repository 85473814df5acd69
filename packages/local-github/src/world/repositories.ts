import { findOrganization, getAccount } from './accounts.ts'
import { takeId, type WorldContext } from './context.ts'
import { addDefaultLabels } from './labels.ts'
import type { Account, Repository, Role, Ruleset, RulesetRule, Visibility } from './types.ts'

export interface NewRepository {
  readonly owner: string
  readonly name: string
  readonly description?: string
  readonly visibility?: Visibility
  readonly defaultBranch?: string
  readonly homepage?: string
}

export interface NewRuleset {
  readonly name: string
  readonly include: readonly string[]
  readonly exclude?: readonly string[]
  readonly rules: readonly RulesetRule[]
  readonly bypass?: Ruleset['bypass']
}

const strength: readonly Role[] = ['none', 'read', 'triage', 'write', 'maintain', 'admin']

export function isAtLeast(role: Role, wanted: Role): boolean {
  return strength.indexOf(role) >= strength.indexOf(wanted)
}

/** Makes the repository and its bare git repository, without a commit. */
export async function addRepository(context: WorldContext, wanted: NewRepository): Promise<Repository> {
  const owner = getAccount(context, wanted.owner)
  if (findRepository(context, owner.login, wanted.name) !== undefined) throw new Error(`the name ${wanted.owner}/${wanted.name} is taken`)
  const id = takeId(context)
  const at = context.clock.moment()
  const repository: Repository = {
    id,
    ownerId: owner.id,
    name: wanted.name,
    description: wanted.description,
    homepage: wanted.homepage,
    visibility: wanted.visibility ?? 'private',
    defaultBranch: wanted.defaultBranch ?? 'main',
    archived: false,
    features: { issues: true, actions: true, projects: true, wiki: true, discussions: false },
    merging: { mergeCommit: true, squash: true, rebase: true, auto: false, updateBranch: false, deleteBranch: false },
    collaborators: new Map(),
    rulesets: [],
    protections: new Map(),
    topics: [],
    unready: undefined,
    signedCommits: new Set(),
    nextNumber: 1,
    nextRunNumbers: new Map(),
    createdAt: at,
    updatedAt: at,
    pushedAt: at,
  }
  await context.stores.create(id, repository.defaultBranch)
  context.state.repositories.set(id, repository)
  addDefaultLabels(context, repository)
  return repository
}

/** Owner and name compare without case. */
export function findRepository(context: WorldContext, owner: string, name: string): Repository | undefined {
  const wanted = `${owner}/${name}`.toLowerCase()
  for (const repository of context.state.repositories.values()) {
    if (fullName(context, repository).toLowerCase() === wanted) return repository
  }
  return undefined
}

export function getRepository(context: WorldContext, name: string | number): Repository {
  const [owner = '', repo = ''] = String(name).split('/')
  const repository = typeof name === 'number' ? context.state.repositories.get(name) : findRepository(context, owner, repo)
  if (repository === undefined) throw new Error(`there is no repository ${name}`)
  return repository
}

export function fullName(context: WorldContext, repository: Repository): string {
  return `${getAccount(context, repository.ownerId).login}/${repository.name}`
}

/** What an account may do in a repository, whatever token it uses. Source: "Repository roles for an organization". */
export function roleOf(context: WorldContext, repository: Repository, account: Account): Role {
  if (repository.ownerId === account.id) return 'admin'
  const roles: Role[] = [repository.collaborators.get(account.id) ?? 'none']
  if (repository.visibility === 'public') roles.push('read')
  const organization = findOrganization(context, getAccount(context, repository.ownerId))
  const membership = organization?.members.get(account.id)
  if (membership === 'admin') return 'admin'
  if (membership === 'member') roles.push(organization?.defaultRepositoryRole ?? 'none')
  return roles.reduce((best, role) => (isAtLeast(role, best) ? role : best), 'none')
}

export function addRuleset(context: WorldContext, repository: Repository, wanted: NewRuleset): Ruleset {
  const ruleset: Ruleset = {
    id: takeId(context),
    name: wanted.name,
    enforcement: 'active',
    include: wanted.include,
    exclude: wanted.exclude ?? [],
    rules: wanted.rules,
    bypass: wanted.bypass ?? [],
  }
  repository.rulesets.push(ruleset)
  return ruleset
}

/** A repository and all that hangs on it. Its id never comes back; its name may. */
export async function removeRepository(context: WorldContext, repository: Repository): Promise<void> {
  const { state } = context
  const isIts = (row: { readonly repositoryId: number }): boolean => row.repositoryId === repository.id
  for (const run of state.runs.values()) {
    if (isIts(run) && run.attempts.at(-1)?.status !== 'completed') context.runner.current?.cancel(run, true)
  }
  removeWhere(state.reactions, ({ subject }) => {
    const on = subject.kind === 'issue' ? state.issues.get(subject.id) : state.comments.get(subject.id)
    return on !== undefined && isIts(on)
  })
  removeWhere(state.pulls, (_, issueId) => state.issues.get(issueId)?.repositoryId === repository.id)
  removeWhere(state.jobs, ({ runId }) => state.runs.get(runId)?.repositoryId === repository.id)
  for (const table of [
    state.labels,
    state.milestones,
    state.issues,
    state.comments,
    state.checkSuites,
    state.checkRuns,
    state.workflows,
    state.runs,
    state.releases,
    state.environments,
  ]) {
    removeWhere<number, { readonly repositoryId: number }>(table, isIts)
  }
  removeWhere(state.settings, ({ scope, ownerId }) => scope !== 'organization' && ownerId === repository.id)
  state.repositories.delete(repository.id)
  await context.stores.remove(repository.id)
}

function removeWhere<Key, Row>(table: Map<Key, Row>, isGone: (row: Row, key: Key) => boolean): void {
  for (const [key, row] of table) if (isGone(row, key)) table.delete(key)
}
