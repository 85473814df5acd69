import type { JsonObject } from '@switchyard/core'
import { type LocalGitHub, type LocalGitHubOptions, startLocalGitHub, type WorkflowRun } from '@switchyard/local-github'
import type { ActionResult } from '@switchyard/workflow-runner'
import { z } from 'zod'
import { type Asked, eventOf, sendTo, textsOf } from './acts.ts'
import { MAINTAINER, OWNER } from './names.ts'
import { openLedger } from './open-ledger.ts'
import { type ActionPlay, createPlayer } from './play-action.ts'
import { HOTFIX, INVENTORY } from './release-files.ts'

const LEDGER = 'refs/heads/switchyard/release'
export const PLATFORM = `${OWNER}/platform`
/** What the example's workflows give their jobs. */
const JOB_PERMISSIONS = { actions: 'write', checks: 'write', contents: 'write', issues: 'write', pull_requests: 'write' } as const

export interface ReleaseStageOptions extends LocalGitHubOptions {
  /** Beside the inventory and the release `hotfix`; texts by path. */
  readonly files?: Readonly<Record<string, string>>
  readonly node?: string
  /** A stage that `save` kept: it goes on from there, and what is said of its files here has no effect. */
  readonly saved?: SavedRelease | undefined
}

/** A stage as it was at some moment; many can go on from it. */
export interface SavedRelease {
  readonly folder: string
  readonly job: string
}

/** One run of the action. */
export interface ReleasePlay extends ActionPlay {
  readonly payload?: JsonObject
  readonly action?: 'release-step' | 'ledger'
}

/** A repository with an inventory and a release on an embedded GitHub. */
export interface ReleaseStage {
  readonly github: LocalGitHub
  startRun(eventName?: string, actor?: string): Promise<WorkflowRun>
  play(play: ReleasePlay): Promise<ActionResult>
  /** A person's comment, and no run yet. Returns the event's payload. */
  comment(issue: number, body: string, by?: string): Promise<JsonObject>
  /** A person's edit of an issue's body, and no run yet. Returns the event's payload. */
  change(issue: number, change: (body: string) => string, by?: string): Promise<JsonObject>
  tokenOf(login: string): string
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
  /** Keeps everything as it is now in a folder. */
  save(folder: string): Promise<SavedRelease>
  close(): Promise<void>
}

export async function createReleaseStage({ files = {}, node, saved, ...options }: ReleaseStageOptions = {}): Promise<ReleaseStage> {
  const github = await startLocalGitHub({ rateLimits: { enforced: false }, ...options, ...(saved && { restoreFrom: saved.folder }) })
  if (saved === undefined) await furnish(github, files)
  const { world } = github
  const job = saved?.job ?? world.createToken({ kind: 'job', repository: PLATFORM, permissions: JOB_PERMISSIONS })
  const tokenOf = (login: string): string => world.createToken({ kind: 'classic', user: login, scopes: ['repo'] })
  const act = (name: string, login: string, asked: Asked): Promise<JsonObject> =>
    eventOf(github, name, () => sendTo(github, tokenOf(login), asked))
  const issueOf = (number: number) => {
    const { id } = world.repository(PLATFORM)
    return [...world.state.issues.values()].find((each) => each.repositoryId === id && each.number === number)
  }
  const bodyOf = (issue: number): string => issueOf(issue)?.body ?? ''
  const putBack = (number: number, body: string): void => {
    const issue = issueOf(number)
    if (issue !== undefined) issue.body = body
  }
  const { startRun, play } = createPlayer(github, {
    repository: PLATFORM,
    job: 'release',
    workflow: 'Release',
    file: 'release.yml',
    token: job,
    action: 'release-step',
    node,
  })
  const comment: ReleaseStage['comment'] = (issue, body, by = MAINTAINER) =>
    act('issue_comment', by, { method: 'POST', path: `/repos/${PLATFORM}/issues/${issue}/comments`, body: { body } })
  const change: ReleaseStage['change'] = async (issue, edited, by = MAINTAINER) => {
    for (;;) {
      const shown = bodyOf(issue)
      const asked = { method: 'PATCH', path: `/repos/${PLATFORM}/issues/${issue}`, body: { body: edited(shown) } }
      const payload = await act('issues', by, asked)
      const replaced = fromOf(payload)
      if (replaced === undefined || replaced === shown) return payload
      // A redraw overtook the click: a browser's is refused then, and made again on the text as it is.
      putBack(issue, replaced)
    }
  }
  return {
    github,
    startRun,
    play,
    bodyOf,
    comment,
    change,
    tokenOf,
    say: async (issue, body, by = MAINTAINER) => play({ eventName: 'issue_comment', payload: await comment(issue, body, by), actor: by }),
    edit: async (issue, edited, by = MAINTAINER) => play({ eventName: 'issues', payload: await change(issue, edited, by), actor: by }),
    async openIssue(title) {
      const { issue } = await act('issues', MAINTAINER, { method: 'POST', path: `/repos/${PLATFORM}/issues`, body: { title } })
      return Number((issue as JsonObject)['number'])
    },
    commentsOf: (issue) => textsOf(github, PLATFORM, issue),
    readLedger: () => readLedger(github, job),
    ledgerLog: () => ledgerLog(github),
    async save(folder) {
      await github.snapshot(folder)
      return { folder, job }
    },
    close: () => github.close(),
  }
}

const editShape = z.object({ changes: z.object({ body: z.object({ from: z.string() }) }) })

/** The text that an edit replaced. */
function fromOf(payload: JsonObject): string | undefined {
  return editShape.safeParse(payload).data?.changes.body.from
}

/** Three people with a role each, and the control repository with its files. */
async function furnish({ world }: LocalGitHub, files: Readonly<Record<string, string>>): Promise<void> {
  world.addUser({ login: MAINTAINER })
  world.addUser({ login: 'reader' })
  world.addUser({ login: 'writer' })
  world.addOrganization({ login: OWNER, members: { [MAINTAINER]: 'admin' }, plan: 'team' })
  await world.addRepository({ owner: OWNER, name: 'platform', visibility: 'private' })
  world.addCollaborator(PLATFORM, 'reader', 'read')
  world.addCollaborator(PLATFORM, 'writer', 'write')
  const workflow = 'name: Release\non: { issue_comment: { types: [created] } }\njobs: {}\n'
  await world.commit({
    repository: PLATFORM,
    files: {
      'release/inventory.yml': INVENTORY,
      'release/releases/hotfix.yml': HOTFIX,
      '.github/workflows/release.yml': workflow,
      ...files,
    },
  })
}

async function readLedger(github: LocalGitHub, token: string): Promise<ReadonlyMap<string, string>> {
  const head = await github.world.git(PLATFORM).readRef(LEDGER)
  if (head === undefined) return new Map()
  const store = openLedger(github, { repository: PLATFORM, branch: LEDGER.replace('refs/heads/', ''), token })
  return store.readAt(
    head,
    (await store.listAt(head)).map(({ path }) => path),
  )
}

async function ledgerLog({ world }: LocalGitHub): Promise<readonly string[]> {
  const git = world.git(PLATFORM)
  const head = await git.readRef(LEDGER)
  const ids = head === undefined ? [] : await git.log({ from: head })
  const commits = await Promise.all(ids.toReversed().map((id) => git.readCommit(id)))
  return commits.map((commit) => commit?.message.split('\n')[0] ?? '')
}
