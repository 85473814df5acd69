import type { ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import type { JsonObject } from '@switchyard/core'
import { type LocalGitHub, type LocalGitHubOptions, startLocalGitHub } from '@switchyard/local-github'
import { type ActionResult, runJavaScriptAction } from '@switchyard/workflow-runner'
import { type Asked, eventOf, sendTo, textsOf } from './acts.ts'
import { MAINTAINER, OWNER } from './names.ts'
import { openLedger } from './open-ledger.ts'
import { HOTFIX, INVENTORY } from './release-files.ts'

const LEDGER = 'refs/heads/switchyard/release'
const root = join(import.meta.dirname, '../..')
export const PLATFORM = `${OWNER}/platform`
/** What the example's workflows give their jobs. */
const JOB_PERMISSIONS = { actions: 'write', checks: 'write', contents: 'write', issues: 'write', pull_requests: 'write' } as const

export interface ReleaseStageOptions extends LocalGitHubOptions {
  /** Beside the inventory and the release `hotfix`; texts by path. */
  readonly files?: Readonly<Record<string, string>>
  readonly node?: string
}

/** One run of the action. */
export interface ReleasePlay {
  readonly eventName?: string
  readonly payload?: JsonObject
  readonly inputs?: Readonly<Record<string, string>>
  readonly actor?: string
  readonly env?: Readonly<Record<string, string>>
  readonly workspace?: string
  readonly action?: 'release-step' | 'ledger'
  readonly onStarted?: (child: ChildProcess) => void
}

/** A repository with an inventory and a release on an embedded GitHub. */
export interface ReleaseStage {
  readonly github: LocalGitHub
  play(play: ReleasePlay): Promise<ActionResult>
  /** A person's comment: the event that it causes. */
  comment(issue: number, body: string, by?: string): Promise<JsonObject>
  /** A person's comment and the run that it wakes. */
  say(issue: number, body: string, by?: string): Promise<ActionResult>
  /** A person's edit of an issue's body and the run that it wakes. */
  edit(issue: number, change: (body: string) => string, by?: string): Promise<ActionResult>
  /** A new issue by a person. Returns its number. */
  openIssue(title: string): Promise<number>
  bodyOf(issue: number): string
  commentsOf(issue: number): readonly string[]
  /** Every file of the ledger as it is now; none before its first commit. */
  readLedger(): Promise<ReadonlyMap<string, string>>
  /** What each commit on the ledger's branch says first, the oldest first. */
  ledgerLog(): Promise<readonly string[]>
  close(): Promise<void>
}

export async function createReleaseStage({ files = {}, node, ...options }: ReleaseStageOptions = {}): Promise<ReleaseStage> {
  const github = await startLocalGitHub({ rateLimits: { enforced: false }, ...options })
  const { world } = github
  world.addUser({ login: MAINTAINER })
  world.addUser({ login: 'reader' })
  world.addOrganization({ login: OWNER, members: { [MAINTAINER]: 'admin' }, plan: 'team' })
  await world.addRepository({ owner: OWNER, name: 'platform', visibility: 'private' })
  world.addCollaborator(PLATFORM, 'reader', 'read')
  const workflow = 'name: Release\non: { issue_comment: { types: [created] } }\njobs: {}\n'
  await world.commit({ repository: PLATFORM, files: { 'release/inventory.yml': INVENTORY, 'release/releases/hotfix.yml': HOTFIX, '.github/workflows/release.yml': workflow, ...files } })
  const job = world.createToken({ kind: 'job', repository: PLATFORM, permissions: JOB_PERMISSIONS })
  const tokenOf = (login: string): string => world.createToken({ kind: 'classic', user: login, scopes: ['repo'] })
  const act = (name: string, login: string, asked: Asked): Promise<JsonObject> => eventOf(github, name, () => sendTo(github, tokenOf(login), asked))
  const comment = (issue: number, body: string, by = MAINTAINER): Promise<JsonObject> =>
    act('issue_comment', by, { method: 'POST', path: `/repos/${PLATFORM}/issues/${issue}/comments`, body: { body } })
  const bodyOf = (issue: number): string => {
    const { id } = world.repository(PLATFORM)
    return [...world.state.issues.values()].find((each) => each.repositoryId === id && each.number === issue)?.body ?? ''
  }
  const play = async ({ eventName = 'workflow_dispatch', payload = {}, inputs = {}, actor = MAINTAINER, env = {}, workspace, action = 'release-step', onStarted }: ReleasePlay): Promise<ActionResult> => {
    const run = await world.startRun({ repository: PLATFORM, workflow: 'release.yml', event: eventName, actor })
    return runJavaScriptAction({
      actionFolder: join(root, 'actions', action),
      env,
      ...(node === undefined ? {} : { node }),
      ...(workspace === undefined ? {} : { workspace }),
      ...(onStarted === undefined ? {} : { onStarted }),
      secrets: [],
      inputs,
      github: {
        token: job,
        repository: PLATFORM,
        repository_id: String(world.repository(PLATFORM).id),
        event_name: eventName,
        event: payload,
        sha: run.headSha,
        ref: 'refs/heads/main',
        run_id: String(run.id),
        run_attempt: '1',
        job: 'release',
        workflow: 'Release',
        actor,
        api_url: github.apiUrl,
        graphql_url: github.graphqlUrl,
        server_url: github.serverUrl,
      },
    })
  }
  return {
    github,
    play,
    bodyOf,
    comment,
    async say(issue, body, by = MAINTAINER) {
      return play({ eventName: 'issue_comment', payload: await comment(issue, body, by), actor: by })
    },
    async edit(issue, change, by = MAINTAINER) {
      const payload = await act('issues', by, { method: 'PATCH', path: `/repos/${PLATFORM}/issues/${issue}`, body: { body: change(bodyOf(issue)) } })
      return play({ eventName: 'issues', payload, actor: by })
    },
    async openIssue(title) {
      const { issue } = await act('issues', MAINTAINER, { method: 'POST', path: `/repos/${PLATFORM}/issues`, body: { title } })
      return Number((issue as JsonObject)['number'])
    },
    commentsOf: (issue) => textsOf(github, PLATFORM, issue),
    readLedger: () => readLedger(github, job),
    ledgerLog: () => ledgerLog(github),
    close: () => github.close(),
  }
}

async function readLedger(github: LocalGitHub, token: string): Promise<ReadonlyMap<string, string>> {
  const head = await github.world.git(PLATFORM).readRef(LEDGER)
  if (head === undefined) return new Map()
  const store = openLedger(github, { repository: PLATFORM, branch: LEDGER.replace('refs/heads/', ''), token })
  return store.readAt(head, (await store.listAt(head)).map(({ path }) => path))
}

async function ledgerLog({ world }: LocalGitHub): Promise<readonly string[]> {
  const git = world.git(PLATFORM)
  const head = await git.readRef(LEDGER)
  const ids = head === undefined ? [] : await git.log({ from: head })
  const commits = await Promise.all(ids.toReversed().map((id) => git.readCommit(id)))
  return commits.map((commit) => commit?.message.split('\n')[0] ?? '')
}
