import type { ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import type { LocalGitHub, WorkflowRun } from '@switchyard/local-github'
import { type ActionResult, type JavaScriptActionOptions, runJavaScriptAction } from '@switchyard/workflow-runner'
import { MAINTAINER } from './names.ts'

const actions = join(import.meta.dirname, '../../actions')

/** One run of an action: what differs from one to the next. */
export interface ActionPlay extends Pick<JavaScriptActionOptions, 'env' | 'inputs' | 'workspace'> {
  readonly onStarted?: (child: ChildProcess) => void
  /** The action's folder below `actions/`; the stage's own by default. */
  readonly action?: string
  readonly eventName?: string
  readonly payload?: Readonly<Record<string, unknown>>
  readonly actor?: string
  /** Who started this attempt, where that is not the actor. */
  readonly startedBy?: string
  /** The run that the action belongs to; a new one by default. */
  readonly run?: WorkflowRun
  readonly attempt?: number
  /** In place of the job's own. */
  readonly token?: string
  /** The commit that the run is for; the default branch's head by default. */
  readonly sha?: string
}

/** The job that an action is a step of. */
export interface ActionJob {
  /** Full name. */
  readonly repository: string
  readonly job: string
  /** The workflow's name. */
  readonly workflow: string
  /** Its file in `.github/workflows`. */
  readonly file: string
  readonly token: string
  readonly action: string
  /** The Node.js that runs the action; the one that runs the tests by default. */
  readonly node: string | undefined
  /** What `secrets.*` holds. */
  readonly secrets?: readonly string[]
}

/** One run of an action that may stand elsewhere, in a run that is there. */
interface RunPlay extends Omit<ActionPlay, 'run'>, Partial<Pick<JavaScriptActionOptions, 'actionFolder' | 'debug'>> {
  readonly run: Pick<WorkflowRun, 'id' | 'headSha'>
}

/** Runs an action's bundle in a run of the job's as the runner would. */
export function playAction(
  github: LocalGitHub,
  { repository, job, workflow, node, secrets = [], ...own }: Omit<ActionJob, 'file'>,
  play: RunPlay,
): Promise<ActionResult> {
  const {
    run,
    action = own.action,
    eventName = 'workflow_dispatch',
    payload = {},
    actor = MAINTAINER,
    startedBy = actor,
    attempt = 1,
    token = own.token,
    sha = run.headSha,
    ...step
  } = play
  return runJavaScriptAction({
    actionFolder: join(actions, action),
    ...step,
    ...(node === undefined ? {} : { node }),
    secrets,
    github: {
      token,
      repository,
      repository_id: String(github.world.repository(repository).id),
      event_name: eventName,
      event: payload,
      sha,
      ref: 'refs/heads/main',
      run_id: String(run.id),
      run_attempt: String(attempt),
      job,
      workflow,
      actor,
      triggering_actor: startedBy,
      api_url: github.apiUrl,
      graphql_url: github.graphqlUrl,
      server_url: github.serverUrl,
    },
  })
}

/** A workflow as its repository runs it. */
export interface WorkflowPlayer {
  startRun(eventName?: string, actor?: string): Promise<WorkflowRun>
  /** Runs the action in a run that ends as the action does; a later attempt starts the run again. */
  play(play: ActionPlay): Promise<ActionResult>
}

export function createPlayer(github: LocalGitHub, job: ActionJob): WorkflowPlayer {
  const { world } = github
  const startRun: WorkflowPlayer['startRun'] = (eventName = 'workflow_dispatch', actor = MAINTAINER) =>
    world.startRun({ repository: job.repository, workflow: job.file, event: eventName, actor })
  return {
    startRun,
    async play(play) {
      const run = play.run ?? (await startRun(play.eventName, play.actor))
      if ((play.attempt ?? 1) > run.attempts.length) world.rerun(run.id)
      const result = await playAction(github, job, { ...play, run })
      await world.completeRun(run.id, result.exitCode === 0 ? 'success' : 'failure')
      return result
    },
  }
}
