import {
  addOrganization,
  addOrganizationRuleset,
  addUser,
  getAccount,
  type NewOrganization,
  type NewOrganizationRuleset,
  type NewUser,
  type OrganizationPolicy,
  setOrganizationPolicy,
} from './accounts.ts'
import { addApp, install, type NewApp, type NewInstallation } from './apps.ts'
import type { Clock } from './clock.ts'
import { seedCommit, type SeedCommit } from './commits.ts'
import { addActionsApp } from './actions-app.ts'
import type { RunnerPort, Urls, WorldContext } from './context.ts'
import { EventBus, type EventListener } from './events.ts'
import {
  addRepository,
  addRuleset,
  findRepository,
  getRepository,
  type NewRepository,
  type NewRuleset,
  removeRepository,
} from './repositories.ts'
import { emptyState, type WorldState } from './state.ts'
import { addTeam, type NewTeam } from './teams.ts'
import { createToken, findToken, type NewToken, revokeToken } from './tokens.ts'
import type { GitStore } from '../git/types.ts'
import type { GitStores } from '../git/stores.ts'
import type {
  Account,
  App,
  Installation,
  OrganizationRuleset,
  Repository,
  Role,
  RunConclusion,
  Ruleset,
  Team,
  Workflow,
  WorkflowRun,
} from './types.ts'
import { findWorkflow, workflowAt } from './workflows.ts'
import { completeRun, rerun, startRun } from '../acts/runs.ts'
import { type NewSetting, setSetting, settingsOf } from './settings.ts'
import { branchRef } from '../git/ref-names.ts'

/** A run to set up: of the repository's default branch unless said. */
export interface SeedRun {
  readonly repository: string
  /** Its file's name. */
  readonly workflow: string
  readonly event?: string
  readonly actor?: string
  readonly headBranch?: string
  readonly headSha?: string
  /** Full name, for a run of a fork's commit. */
  readonly headRepository?: string
  readonly title?: string
}

/** The embedded GitHub's state, and how tests, demos and the runner set it up. Repositories are named `owner/name`. */
export class World implements WorldContext {
  readonly state: WorldState
  readonly events = new EventBus()
  readonly clock: Clock
  readonly stores: GitStores
  readonly runner: { current: RunnerPort | undefined } = { current: undefined }
  readonly secretValues = new Map<string, string>()
  urls: Urls = { api: '', graphql: '', server: '' }

  /** With `state`, the world goes on from there. */
  constructor(clock: Clock, stores: GitStores, state?: WorldState) {
    this.clock = clock
    this.stores = stores
    this.state = state ?? emptyState()
    if (state === undefined) addActionsApp(this)
  }

  addUser(user: NewUser): Account {
    return addUser(this, user)
  }

  addOrganization(organization: NewOrganization): Account {
    return addOrganization(this, organization)
  }

  addTeam(team: NewTeam): Team {
    return addTeam(this, team)
  }

  /** What is not named stays as it is. */
  setOrganizationPolicy(login: string, policy: OrganizationPolicy): void {
    setOrganizationPolicy(this, login, policy)
  }

  /** Over all repositories of the organisation, unless patterns name some. */
  addOrganizationRuleset(login: string, ruleset: NewOrganizationRuleset): OrganizationRuleset {
    return addOrganizationRuleset(this, login, ruleset)
  }

  addRepository(repository: NewRepository): Promise<Repository> {
    return addRepository(this, repository)
  }

  /** As if somebody had deleted it: it is gone with all that hangs on it, and its name is free. */
  removeRepository(name: string): Promise<void> {
    return removeRepository(this, getRepository(this, name))
  }

  addCollaborator(repository: string, login: string, role: Role): void {
    getRepository(this, repository).collaborators.set(getAccount(this, login).id, role)
  }

  addRuleset(repository: string, ruleset: NewRuleset): Ruleset {
    return addRuleset(this, getRepository(this, repository), ruleset)
  }

  /** Returns the private key too, unless a public key was given. */
  addApp(app: NewApp): { readonly app: App; readonly privateKey: string | undefined } {
    return addApp(this, app)
  }

  install(installation: NewInstallation): Installation {
    return install(this, installation)
  }

  /** The token's text: it is not kept and cannot be had again. */
  createToken(token: NewToken): string {
    return createToken(this, token)
  }

  /** The token is good for nothing any more. */
  revokeToken(text: string): void {
    const token = findToken(this, text)
    if (token !== undefined) revokeToken(this, token)
  }

  commit(seed: SeedCommit): Promise<string> {
    return seedCommit(this, getRepository(this, seed.repository), seed)
  }

  /** A run of a workflow, in progress. */
  async startRun(seed: SeedRun): Promise<WorkflowRun> {
    const repository = getRepository(this, seed.repository)
    const workflow = await findWorkflow(this, repository, seed.workflow)
    if (workflow === undefined) throw new Error(`${seed.repository} has no workflow ${seed.workflow}`)
    const headRepository = getRepository(this, seed.headRepository ?? seed.repository)
    const headBranch = seed.headBranch ?? headRepository.defaultBranch
    const headSha = seed.headSha ?? (await this.stores.get(headRepository.id).readRef(branchRef(headBranch)))
    if (headSha === undefined) throw new Error(`${seed.repository} has no branch ${headBranch}`)
    const actor = getAccount(this, seed.actor ?? repository.ownerId)
    const run = await startRun(this, {
      repository,
      workflow,
      headRepository,
      headBranch,
      headSha,
      actor,
      event: seed.event ?? 'push',
      cause: undefined,
      ...(seed.title === undefined ? {} : { title: seed.title }),
    })
    const [attempt] = run.attempts
    if (attempt !== undefined) attempt.status = 'in_progress'
    return run
  }

  /** Ends a run. Returns the event's payload, as it is delivered. */
  completeRun(id: number, conclusion: RunConclusion = 'success'): Promise<Readonly<Record<string, unknown>>> {
    const run = this.#run(id)
    return completeRun(this, run, { conclusion, sender: getAccount(this, run.actorId) })
  }

  /** A new attempt of a run, in progress. */
  rerun(id: number): void {
    const run = this.#run(id)
    rerun(this, run, getAccount(this, run.actorId))
  }

  #run(id: number): WorkflowRun {
    const run = this.state.runs.get(id)
    if (run === undefined) throw new Error(`there is no run ${id}`)
    return run
  }

  /** From here on runs execute. Only one runner at a time. */
  attachRunner(runner: RunnerPort): void {
    if (this.runner.current !== undefined) throw new Error('a runner is attached already')
    this.runner.current = runner
  }

  /** From here on runs stay queued again. */
  detachRunner(): void {
    this.runner.current = undefined
  }

  /** The workflow of a path, also of one that is not on the default branch yet. */
  workflow(repositoryId: number, path: string): Workflow {
    return workflowAt(this, getRepository(this, repositoryId), path)
  }

  setSecret(secret: NewSetting): void {
    setSetting(this, 'secret', secret)
  }

  setVariable(variable: NewSetting): void {
    setSetting(this, 'variable', variable)
  }

  /** Name to value, with those of an environment if one is named. */
  secretsOf(repository: string, environment?: string): ReadonlyMap<string, string> {
    return settingsOf(this, 'secret', { repository: getRepository(this, repository), environment })
  }

  /** Those of an environment alone. */
  environmentSecretsOf(repository: string, environment: string): ReadonlyMap<string, string> {
    return settingsOf(this, 'secret', { repository: getRepository(this, repository), environment, scopes: ['environment'] })
  }

  variablesOf(repository: string, environment?: string): ReadonlyMap<string, string> {
    return settingsOf(this, 'variable', { repository: getRepository(this, repository), environment })
  }

  repository(name: string): Repository {
    return getRepository(this, name)
  }

  /** Undefined for a name that nobody has. */
  findRepository(name: string): Repository | undefined {
    const [owner = '', own = ''] = name.split('/')
    return findRepository(this, owner, own)
  }

  account(login: string): Account {
    return getAccount(this, login)
  }

  git(repository: string): GitStore {
    return this.stores.get(getRepository(this, repository).id)
  }

  onEvent(listener: EventListener): () => void {
    return this.events.subscribe(listener)
  }
}
