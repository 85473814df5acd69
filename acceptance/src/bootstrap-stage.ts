import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { JsonObject } from '@switchyard/core'
import { type LocalGitHub, type LocalGitHubOptions, startLocalGitHub, type WorkflowRun } from '@switchyard/local-github'
import type { ActionResult } from '@switchyard/workflow-runner'
import { appKey } from './app-key.ts'
import { CATALOGUE, FORM_BODY, smallTemplate } from './bootstrap-files.ts'
import { type Asked, eventOf, sendTo, textsOf } from './acts.ts'
import { MAINTAINER, OWNER } from './names.ts'
import { type ActionPlay, playAction } from './play-action.ts'

const execute = promisify(execFile)
/** What the example's workflows give their jobs. */
const JOB_PERMISSIONS = { actions: 'read', checks: 'write', contents: 'write', issues: 'write' } as const
export const CONTROL = `${OWNER}/control`
export const TEMPLATE = `${OWNER}/template`
export const APP_PERMISSIONS = {
  metadata: 'read',
  administration: 'write',
  contents: 'write',
  workflows: 'write',
  issues: 'write',
  pull_requests: 'write',
} as const

export interface BootstrapStageOptions extends LocalGitHubOptions {
  /** The Node that bundles run on; this process's own by default. */
  readonly node?: string
  /** How many files the template has beside its README, manifest and workflow. */
  readonly templateFiles?: number
  /** The template's files by path, in place of made-up ones. */
  readonly template?: Readonly<Record<string, string | Buffer>>
  readonly catalogue?: string
  readonly isPublic?: boolean
  /** A stage that `save` kept: it goes on from there, and what is said of its files here has no effect. */
  readonly saved?: SavedStage | undefined
}

/** A stage as it was at some moment; many can go on from it. */
export interface SavedStage {
  readonly folder: string
  readonly credentials: Credentials
}

/** One run of the action. */
export interface BootstrapPlay extends ActionPlay {
  readonly payload?: JsonObject
  /** What makes repositories; a person's classic token by default. */
  readonly credential?: 'token' | 'app' | 'none'
  /** Where the action is; in this repository by default. */
  readonly actionFolder?: string
}

/** A control repository and a template on an embedded GitHub. */
export interface BootstrapStage {
  readonly github: LocalGitHub
  readonly tokens: { readonly job: string; readonly maker: string; readonly person: string }
  readonly privateKey: string
  startRun(): Promise<WorkflowRun>
  play(play: BootstrapPlay): Promise<ActionResult>
  /** An issue by the form, as a person opens it. Returns the event's payload. */
  openIssue(body?: string): Promise<JsonObject>
  /** A person's comment. Returns the event's payload. */
  comment(issue: number, body: string, by?: string): Promise<JsonObject>
  /** Texts of an issue's comments, in their order. */
  commentsOf(issue: number): readonly string[]
  /** What git says in a repository's folder, without the last line's end. */
  git(repository: string, ...args: readonly string[]): Promise<string>
  /** A request of a person's to the REST API. */
  request(method: string, path: string, body?: unknown): Promise<unknown>
  /** Puts a tag where the template's main branch is. */
  tag(name: string, repository?: string): Promise<void>
  /** Keeps everything as it is now in a folder. */
  save(folder: string): Promise<SavedStage>
  close(): Promise<void>
}

interface Credentials {
  readonly tokens: BootstrapStage['tokens']
  readonly privateKey: string
  readonly inputs: Readonly<Record<NonNullable<BootstrapPlay['credential']>, Readonly<Record<string, string>>>>
}

export async function createBootstrapStage(options: BootstrapStageOptions = {}): Promise<BootstrapStage> {
  const {
    templateFiles = 5,
    template = smallTemplate(templateFiles),
    catalogue = CATALOGUE,
    isPublic = false,
    saved,
    node,
    ...rest
  } = options
  const github = await startLocalGitHub({ rateLimits: { enforced: false }, ...rest, ...(saved && { restoreFrom: saved.folder }) })
  if (saved === undefined) await seed(github, { template, catalogue, isPublic })
  const credentials = saved?.credentials ?? addCredentials(github)
  const { tokens, privateKey } = credentials
  const { world } = github
  const send = (token: string, asked: Asked): Promise<unknown> => sendTo(github, token, asked)
  const stage: BootstrapStage = {
    github,
    tokens,
    privateKey,
    startRun: () => world.startRun({ repository: CONTROL, workflow: 'bootstrap.yml', event: 'workflow_dispatch', actor: MAINTAINER }),
    play: async (play) => playOn(github, credentials, { ...play, run: play.run ?? (await stage.startRun()), node }),
    openIssue: (body = FORM_BODY) =>
      eventOf(github, 'issues', () =>
        send(tokens.person, { method: 'POST', path: `/repos/${CONTROL}/issues`, body: { title: 'New repository', body } }),
      ),
    comment(issue, body, by = MAINTAINER) {
      const token = world.createToken({ kind: 'classic', user: by, scopes: ['repo'] })
      return eventOf(github, 'issue_comment', () =>
        send(token, { method: 'POST', path: `/repos/${CONTROL}/issues/${issue}/comments`, body: { body } }),
      )
    },
    commentsOf: (issue) => textsOf(github, CONTROL, issue),
    async git(repository, ...args) {
      const { stdout } = await execute('git', args, { cwd: world.git(repository).directory, maxBuffer: 64 * 1_024 * 1_024 })
      return stdout.trimEnd()
    },
    request: (method, path, body) => send(tokens.person, { method, path, body }),
    async tag(name, repository = TEMPLATE) {
      const sha = await world.git(repository).readRef('refs/heads/main')
      await send(tokens.person, { method: 'POST', path: `/repos/${repository}/git/refs`, body: { ref: `refs/tags/${name}`, sha } })
    },
    async save(folder) {
      await github.snapshot(folder)
      return { folder, credentials }
    },
    close: () => github.close(),
  }
  if (saved === undefined) await stage.tag('v1.0.0')
  return stage
}

interface Seed {
  readonly template: Readonly<Record<string, string | Buffer>>
  readonly catalogue: string
  readonly isPublic: boolean
}

const WORKFLOW = 'name: Bootstrap\non: { issue_comment: { types: [created] }, workflow_dispatch: {} }\njobs: {}\n'

async function seed({ world }: LocalGitHub, { template, catalogue, isPublic }: Seed): Promise<void> {
  world.addUser({ login: MAINTAINER })
  world.addUser({ login: 'reader' })
  world.addUser({ login: 'other-admin' })
  world.addOrganization({ login: OWNER, members: { [MAINTAINER]: 'admin', 'other-admin': 'admin' }, plan: 'team' })
  await world.addRepository({ owner: OWNER, name: 'control', visibility: isPublic ? 'public' : 'private' })
  await world.addRepository({ owner: OWNER, name: 'template', visibility: 'private' })
  world.addCollaborator(CONTROL, 'reader', 'read')
  await world.commit({ repository: CONTROL, files: { 'bootstrap/catalog.yml': catalogue, '.github/workflows/bootstrap.yml': WORKFLOW } })
  await world.commit({ repository: TEMPLATE, files: template, message: 'Begin' })
}

function addCredentials({ world }: LocalGitHub): Credentials {
  const tokens = {
    job: world.createToken({ kind: 'job', repository: CONTROL, permissions: JOB_PERMISSIONS }),
    maker: world.createToken({ kind: 'classic', user: MAINTAINER, scopes: ['repo', 'workflow', 'delete_repo', 'admin:org'] }),
    person: world.createToken({ kind: 'classic', user: MAINTAINER, scopes: ['repo', 'workflow'] }),
  }
  const { publicKey, privateKey } = appKey()
  const { app } = world.addApp({ slug: 'switchyard', owner: OWNER, permissions: APP_PERMISSIONS, publicKey })
  world.install({ app: 'switchyard', account: OWNER, repositories: 'all' })
  return {
    tokens,
    privateKey,
    inputs: { token: { 'bootstrap-token': tokens.maker }, app: { 'app-id': String(app.id), 'private-key': privateKey }, none: {} },
  }
}

function playOn(
  github: LocalGitHub,
  { tokens, privateKey, inputs: credentials }: Credentials,
  { node, credential = 'token', inputs = {}, ...play }: BootstrapPlay & { readonly run: WorkflowRun; readonly node: string | undefined },
): Promise<ActionResult> {
  const job = {
    repository: CONTROL,
    job: 'bootstrap',
    workflow: 'Bootstrap',
    token: tokens.job,
    action: 'bootstrap-repo',
    node,
    secrets: [tokens.maker, privateKey],
  }
  return playAction(github, job, { ...play, inputs: { ...credentials[credential], ...inputs } })
}
