import type { JsonObject } from '@switchyard/core'
import { type Issue, type LocalGitHub, type LocalGitHubOptions, startLocalGitHub, type WorkflowRun } from '@switchyard/local-github'
import type { ActionResult } from '@switchyard/workflow-runner'
import { type Asked, eventOf, sendTo, textsOf } from './acts.ts'
import { MAINTAINER, OWNER } from './names.ts'
import { openLedger } from './open-ledger.ts'
import { type ActionPlay, createPlayer } from './play-action.ts'
import { SMALL_PLAN } from './plan-files.ts'

const BRANCH = 'switchyard/plan'
export const SHELF = `${OWNER}/shelf`
/** What the example's workflows give their jobs. */
const JOB_PERMISSIONS = { actions: 'read', checks: 'write', contents: 'write', issues: 'write', pull_requests: 'read' } as const

export interface PlanStageOptions extends LocalGitHubOptions {
  /** The Node.js that runs the action; the one that runs the tests by default. */
  readonly node?: string
  /** Beside `plans/small.md`; texts by path. */
  readonly files?: Readonly<Record<string, string>>
}

/** One run of the action. */
export interface PlanPlay extends ActionPlay {
  readonly payload?: JsonObject
  readonly action?: 'plan-upload' | 'ledger'
}

/** A repository with an idea, issue 1 by `owner`, and a small plan on an embedded GitHub. */
export interface PlanStage {
  readonly github: LocalGitHub
  play(play: PlanPlay): Promise<ActionResult>
  startRun(eventName?: string, actor?: string): Promise<WorkflowRun>
  /** A person's comment, and no run yet. Returns the event's payload. */
  comment(issue: number, body: string, by?: string): Promise<JsonObject>
  /** A person's comment and the run that it wakes. */
  say(issue: number, body: string, by?: string): Promise<ActionResult>
  /** A person's change of an issue (REST's fields), and no run yet. Returns the event's payload. */
  change(issue: number, changes: JsonObject, by?: string): Promise<JsonObject>
  /** A new issue by a person. Returns the event's payload. */
  open(title: string, body: string, by?: string): Promise<JsonObject>
  commit(files: Readonly<Record<string, string | null>>): Promise<string>
  tokenOf(login: string): string
  issues(repository?: string): readonly Issue[]
  issue(number: number, repository?: string): Issue
  commentsOf(issue: number): readonly string[]
  /** The idea's card; undefined: there is none. */
  cardOf(issue: number): string | undefined
  /** Every file of the ledger as it is now; none before its first commit. */
  readLedger(): Promise<ReadonlyMap<string, string>>
  close(): Promise<void>
}

export async function createPlanStage({ files = {}, node, ...options }: PlanStageOptions = {}): Promise<PlanStage> {
  const github = await startLocalGitHub({ rateLimits: { enforced: false }, ...options })
  await furnish(github, files)
  const { world } = github
  const job = world.createToken({ kind: 'job', repository: SHELF, permissions: JOB_PERMISSIONS })
  const tokenOf = (login: string): string => world.createToken({ kind: 'classic', user: login, scopes: ['repo'] })
  const act = (name: string, login: string, asked: Asked): Promise<JsonObject> =>
    eventOf(github, name, () => sendTo(github, tokenOf(login), asked))
  const issues: PlanStage['issues'] = (repository = SHELF) => {
    const { id } = world.repository(repository)
    return [...world.state.issues.values()]
      .filter(({ repositoryId }) => repositoryId === id)
      .sort((left, right) => left.number - right.number)
  }
  const { startRun, play } = createPlayer(github, {
    repository: SHELF,
    job: 'plan',
    workflow: 'Plan',
    file: 'plan.yml',
    token: job,
    action: 'plan-upload',
    node,
  })
  const comment: PlanStage['comment'] = (issue, body, by = MAINTAINER) =>
    act('issue_comment', by, { method: 'POST', path: `/repos/${SHELF}/issues/${issue}/comments`, body: { body } })
  const commentsOf = (issue: number): readonly string[] => textsOf(github, SHELF, issue)
  const stage: PlanStage = {
    github,
    startRun,
    play,
    comment,
    tokenOf,
    issues,
    commentsOf,
    say: async (issue, body, by = MAINTAINER) => play({ eventName: 'issue_comment', payload: await comment(issue, body, by), actor: by }),
    change: (issue, changes, by = MAINTAINER) =>
      act('issues', by, { method: 'PATCH', path: `/repos/${SHELF}/issues/${issue}`, body: changes }),
    open: (title, body, by = MAINTAINER) => act('issues', by, { method: 'POST', path: `/repos/${SHELF}/issues`, body: { title, body } }),
    commit: (changed) => world.commit({ repository: SHELF, files: changed }),
    issue(number, repository = SHELF) {
      const found = issues(repository).find((each) => each.number === number)
      if (found === undefined) throw new Error(`There is no issue #${number}`)
      return found
    },
    cardOf: (issue) => commentsOf(issue).find((body) => body.startsWith('<!-- switchyard:plan card -->')),
    readLedger: () => readLedger(github, job),
    close: () => github.close(),
  }
  await stage.open('Reminders', 'People forget to return their books.', 'owner')
  return stage
}

/** People with a role each, and the repository with its files. `owner` may only read: what he may do is by his idea alone. */
async function furnish({ world }: LocalGitHub, files: Readonly<Record<string, string>>): Promise<void> {
  for (const login of [MAINTAINER, 'owner', 'writer', 'reader']) world.addUser({ login })
  world.addOrganization({ login: OWNER, members: { [MAINTAINER]: 'admin' }, plan: 'team' })
  await world.addRepository({ owner: OWNER, name: 'shelf', visibility: 'private' })
  world.addCollaborator(SHELF, 'owner', 'read')
  world.addCollaborator(SHELF, 'reader', 'read')
  world.addCollaborator(SHELF, 'writer', 'write')
  const workflow = 'name: Plan\non: { issue_comment: { types: [created] } }\njobs: {}\n'
  await world.commit({ repository: SHELF, files: { 'plans/small.md': SMALL_PLAN, '.github/workflows/plan.yml': workflow, ...files } })
}

async function readLedger(github: LocalGitHub, token: string): Promise<ReadonlyMap<string, string>> {
  const head = await github.world.git(SHELF).readRef(`refs/heads/${BRANCH}`)
  if (head === undefined) return new Map()
  const store = openLedger(github, { repository: SHELF, branch: BRANCH, token })
  return store.readAt(
    head,
    (await store.listAt(head)).map(({ path }) => path),
  )
}
