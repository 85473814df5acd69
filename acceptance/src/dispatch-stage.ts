import { join } from 'node:path'
import { type LocalGitHub, type LocalGitHubOptions, seedRepositories, startLocalGitHub, type WorkflowRun } from '@switchyard/local-github'
import type { ActionResult } from '@switchyard/workflow-runner'
import { appKey } from './app-key.ts'
import { addFanOut, type FanOutOptions } from './fan-out.ts'
import { MAINTAINER, OWNER } from './names.ts'
import { type ActionPlay, playAction } from './play-action.ts'

const root = join(import.meta.dirname, '../..')
/** What the example's workflow gives its job. */
export const JOB_PERMISSIONS = { actions: 'read', checks: 'write', contents: 'write', issues: 'write' } as const
const TARGET_PERMISSIONS = { actions: 'write', contents: 'read' } as const

export interface DispatchStageOptions extends LocalGitHubOptions {
  /** The Node that bundles run on; this process's own by default. */
  readonly node?: string
  /** Made-up repositories in place of the example's. */
  readonly fanOut?: FanOutOptions
}

/** One run of the action on one event. */
export interface Play extends ActionPlay {
  readonly payload: Readonly<Record<string, unknown>>
  /** What serves the targets: the token of a stage, or what `inputs` say. */
  readonly withTargetToken?: boolean
}

/** Repositories on an embedded GitHub, and what happens around them. */
export interface DispatchStage {
  readonly github: LocalGitHub
  /** Full name. */
  readonly source: string
  readonly tokens: { readonly job: string; readonly targets: string }
  /** Inputs by which an App serves the targets, in place of a token. */
  readonly appInputs: { readonly 'app-id': string; readonly 'private-key': string }
  /** A run of the source's ci.yml that completes. Returns the event's payload. */
  completeCi(conclusion?: 'success' | 'failure', event?: string): Promise<Readonly<Record<string, unknown>>>
  /** A run of the source's dispatch.yml, in progress: what the action runs in. */
  startDispatchRun(): Promise<WorkflowRun>
  /** Runs an action's bundle as the runner would: dispatch-on-complete, unless another is named. */
  play(play: Play): Promise<ActionResult>
  /** Runs that were started in a repository, by its name without owner. */
  runsOf(name: string): readonly WorkflowRun[]
  close(): Promise<void>
}

export async function createDispatchStage(options: DispatchStageOptions = {}): Promise<DispatchStage> {
  const { node, fanOut, ...rest } = options
  const github = await startLocalGitHub({ rateLimits: { enforced: false }, ...rest })
  const { world } = github
  world.addUser({ login: MAINTAINER })
  world.addOrganization({ login: OWNER, members: { [MAINTAINER]: 'admin' } })
  const source = fanOut === undefined ? await seedExample(github) : (await addFanOut(world, fanOut)).source
  const tokens = {
    job: world.createToken({ kind: 'job', repository: source, permissions: JOB_PERMISSIONS }),
    targets: world.createToken({ kind: 'fine-grained', user: MAINTAINER, repositories: 'all', permissions: TARGET_PERMISSIONS }),
  }
  const { publicKey, privateKey } = appKey()
  const { app } = world.addApp({ slug: 'switchyard', owner: OWNER, permissions: TARGET_PERMISSIONS, publicKey })
  world.install({ app: 'switchyard', account: OWNER, repositories: 'all' })
  const startDispatchRun = (): Promise<WorkflowRun> =>
    world.startRun({ repository: source, workflow: 'dispatch.yml', event: 'workflow_run' })
  const job = {
    repository: source,
    job: 'dispatch',
    workflow: 'Dispatch',
    token: tokens.job,
    action: 'dispatch-on-complete',
    node,
    secrets: [tokens.targets, privateKey],
  }
  return {
    github,
    source,
    tokens,
    appInputs: { 'app-id': String(app.id), 'private-key': privateKey },
    startDispatchRun,
    async completeCi(conclusion = 'success', event = 'push') {
      const run = await world.startRun({ repository: source, workflow: 'ci.yml', event, actor: MAINTAINER, title: 'Add a page' })
      return world.completeRun(run.id, conclusion)
    },
    async play({ inputs = {}, withTargetToken = true, ...play }) {
      const given = { ...(withTargetToken ? { 'target-token': tokens.targets } : {}), ...inputs }
      const run = play.run ?? (await startDispatchRun())
      return playAction(github, job, { eventName: 'workflow_run', ...play, inputs: given, run })
    },
    runsOf(name) {
      const { id } = world.repository(`${OWNER}/${name}`)
      return [...world.state.runs.values()].filter((run) => run.repositoryId === id)
    },
    close: () => github.close(),
  }
}

async function seedExample(github: LocalGitHub): Promise<string> {
  await seedRepositories(github, join(root, 'examples/dispatch'), { owner: OWNER, pusher: MAINTAINER })
  return `${OWNER}/source-app`
}
