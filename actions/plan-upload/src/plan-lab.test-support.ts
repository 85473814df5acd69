import { setImmediate as turn } from 'node:timers/promises'
import type { Outcome } from '@switchyard/action'
import type { JsonObject } from '@switchyard/core'
import {
  type Fault,
  type Issue,
  type LocalGitHub,
  type LocalGitHubOptions,
  startLocalGitHub,
  type WorkflowRun,
} from '@switchyard/local-github'
import type { Arguments, Spec } from './inputs.ts'
import { run } from './run.ts'

export const SHELF = 'acme/shelf'
const OWNER = 'owner'

export interface LabPlay {
  readonly eventName?: string
  readonly payload?: JsonObject
  readonly inputs?: Partial<Arguments['inputs']>
  readonly run?: WorkflowRun
  readonly attempt?: number
  /** Whose workflow runs, where it is another repository's. It has `plan.yml`, too. */
  readonly repository?: string
  readonly targetToken?: string
  readonly ledgerToken?: string
  /** What the job's token may; left out: all that the action asks for. */
  readonly permissions?: Readonly<Record<string, 'read' | 'write'>>
  /** Whose doing the event is; the idea's owner's by default. */
  readonly actor?: string
  /** Where the process dies: whatever it asks after that never happens. */
  readonly kill?: Pick<Fault, 'match' | 'kind'>
}

/** What became of a run: its outcome; undefined when it was killed. */
export type Played = Outcome<Spec> | undefined

/** An idea, issue 1, on an embedded GitHub whose clock turns only when somebody sleeps, and the action's own code in this process. */
export interface PlanLab extends AsyncDisposable {
  readonly local: LocalGitHub
  readonly warnings: readonly string[]
  /** What GitHub refused or failed by itself, faults on order apart: a status each. */
  readonly refusals: readonly string[]
  play(play: LabPlay): Promise<Played>
  /** A comment by the idea's owner and the run that it wakes. */
  say(body: string, play?: LabPlay): Promise<Played>
  comment(body: string): Promise<JsonObject>
  /** What the idea's owner makes by REST, under the repository. */
  post(path: string, body: JsonObject): Promise<JsonObject>
  /** What the idea's owner changes by REST, under the repository. */
  patch(path: string, body: JsonObject): Promise<JsonObject>
  sweep(play?: LabPlay): Promise<Played>
  issues(): readonly Issue[]
  /** Titles of the issues under another, in its order; without one, of those under none, the idea apart. */
  under(title?: string): readonly string[]
}

export async function openPlanLab(plan: string, options: LocalGitHubOptions = {}): Promise<PlanLab> {
  const local = await startLocalGitHub({ clock: { start: new Date('2026-03-01T00:00:00Z'), frozen: true }, ...options })
  const { world } = local
  world.addUser({ login: OWNER })
  world.addOrganization({ login: 'acme', members: { [OWNER]: 'admin' }, plan: 'team' })
  await world.addRepository({ owner: 'acme', name: 'shelf', visibility: 'private' })
  const workflow = 'name: Plan\non: { issue_comment: { types: [created] } }\njobs: {}\n'
  await world.commit({ repository: SHELF, files: { 'plans/plan.md': plan, '.github/workflows/plan.yml': workflow } })
  const warnings: string[] = []
  const permissions = { actions: 'read', checks: 'write', contents: 'write', issues: 'write', pull_requests: 'read' } as const
  const createToken = (given: NonNullable<LabPlay['permissions']>, repository: string): string =>
    world.createToken({ kind: 'job', repository, permissions: given })
  const token = createToken(permissions, SHELF)
  const person = world.createToken({ kind: 'classic', user: OWNER, scopes: ['repo'] })
  const ask = askAs(local, person)
  await ask('issues', { title: 'Reminders', body: 'People forget.' })
  const play: PlanLab['play'] = async ({
    eventName = 'workflow_dispatch',
    payload = {},
    inputs = {},
    attempt = 1,
    kill,
    actor = OWNER,
    repository = SHELF,
    ...given
  }) => {
    const of = given.run ?? (await world.startRun({ repository, workflow: 'plan.yml', event: eventName, actor }))
    if (attempt > of.attempts.length) world.rerun(of.id)
    const process = new Process(local, warnings)
    const context = { ...contextOf(local, of, { attempt, repository }), eventName, payload, actor, triggeringActor: actor }
    if (kill !== undefined) local.faults.add({ ...kill, onLost: () => process.kill() })
    const work = run({
      inputs: { ...INPUTS, ...inputs },
      secrets: {
        ...SECRETS,
        token: given.permissions === undefined && repository === SHELF ? token : createToken(given.permissions ?? permissions, repository),
        targetToken: given.targetToken,
        ledgerToken: given.ledgerToken,
      },
      context,
      io: process.io,
    })
    const outcome = await Promise.race([work, process.death])
    work.catch(() => undefined)
    // Whatever a dead process had under way fails before anything else begins.
    if (outcome === undefined) await turn()
    process.end()
    await world.completeRun(of.id, outcome === undefined ? 'cancelled' : 'success')
    return outcome
  }
  const comment = async (body: string): Promise<JsonObject> => {
    const made = await ask('issues/1/comments', { body })
    return { action: 'created', issue: { number: 1, body: '' }, comment: made }
  }
  const issues = (): readonly Issue[] => [...world.state.issues.values()].sort((left, right) => left.number - right.number)
  return {
    local,
    warnings,
    refusals: [],
    play,
    comment,
    post: (path, body) => ask(path, body),
    patch: (path, body) => ask(path, body, 'PATCH'),
    say: async (body, more = {}) => play({ ...more, eventName: 'issue_comment', payload: await comment(body) }),
    sweep: (more = {}) => play({ ...more, eventName: 'schedule' }),
    issues,
    under: (title) => {
      const parent = title === undefined ? undefined : issues().find((issue) => issue.title === title && issue.number > 1)
      if (parent === undefined) return issues().flatMap((issue) => (issue.parentId === undefined && issue.number > 1 ? [issue.title] : []))
      return parent.subIssueIds.map((id) => world.state.issues.get(id)?.title ?? '?')
    },
    async [Symbol.asyncDispose]() {
      await local.close()
    },
  }
}

function askAs({ apiUrl }: LocalGitHub, token: string) {
  return async (path: string, body: JsonObject, method: 'POST' | 'PATCH' = 'POST'): Promise<JsonObject> => {
    const headers = { authorization: `bearer ${token}` }
    const answer = await fetch(`${apiUrl}/repos/${SHELF}/${path}`, { method, headers, body: JSON.stringify(body) })
    return (await answer.json()) as JsonObject
  }
}

/** What a run may touch; killed, it gets no answer to anything any more. */
class Process {
  readonly death: Promise<undefined>
  readonly io: Arguments['io']
  readonly #closeables: { close(): void }[] = []
  #isDead = false
  #die: () => void = () => undefined

  constructor({ clock }: LocalGitHub, warnings: string[]) {
    this.death = new Promise((resolve) => (this.#die = () => resolve(undefined)))
    this.io = {
      log: { info: () => undefined, debug: () => undefined, group: (_, work) => work() },
      annotate: ({ message }) => {
        if (!this.#isDead) warnings.push(message)
      },
      mask: () => undefined,
      now: () => {
        if (this.#isDead) throw new RangeError('The process is dead')
        return clock.now()
      },
      // Runs of the same moment are told apart by it.
      random: Math.random,
      sleep: async (ms) => {
        if (this.#isDead) return new Promise(() => undefined)
        clock.advance(ms)
      },
      closeAtEnd: (closeable) => void this.#closeables.push(closeable),
    }
  }

  kill(): void {
    this.#isDead = true
    this.end()
    this.#die()
  }

  end(): void {
    for (const each of this.#closeables) each.close()
  }
}

const INPUTS: Arguments['inputs'] = {
  mode: 'auto',
  plansPath: 'plans',
  planPath: undefined,
  idea: undefined,
  review: undefined,
  confirm: undefined,
  pullRequest: undefined,
  targetRepository: undefined,
  allowMentions: false,
  dryRun: false,
  ledgerBranch: 'switchyard/plan',
  ledgerRepository: undefined,
  allowPublicLedger: false,
}

const SECRETS: Arguments['secrets'] = { token: undefined, targetToken: undefined, ledgerToken: undefined }

interface Place {
  readonly attempt: number
  readonly repository: string
}

function contextOf(
  local: LocalGitHub,
  { id, headSha }: WorkflowRun,
  { attempt, repository: fullName }: Place,
): Omit<Arguments['context'], 'eventName' | 'payload'> {
  const { id: repositoryId } = local.world.repository(fullName)
  const [owner = '', name = ''] = fullName.split('/')
  return {
    repository: { owner, name, fullName, id: repositoryId },
    run: { id, attempt, number: id, job: 'plan', url: `${local.serverUrl}/${fullName}/actions/runs/${id}` },
    workflow: 'Plan',
    actor: OWNER,
    triggeringActor: OWNER,
    sha: headSha,
    ref: 'refs/heads/main',
    workspace: '/',
    apiUrl: local.apiUrl,
    graphqlUrl: local.graphqlUrl,
    serverUrl: local.serverUrl,
    proxyEnv: {},
    commandEnvironment: {},
    programEnvironment: {},
  }
}
