import { type Actor, type RunRef, UserError } from '@switchyard/core'

/** What the runner says about this run. Nothing in it is trusted beyond what GitHub vouches for: names, ids and the run itself. */
export interface ActionContext {
  readonly eventName: string
  /** The event as GitHub delivered it: unknown until a schema narrows it. */
  readonly payload: unknown
  readonly repository: {
    readonly owner: string
    readonly name: string
    /** `owner/name` */
    readonly fullName: string
    readonly id: number
  }
  readonly run: {
    readonly id: number
    readonly attempt: number
    readonly number: number
    /** The job's key in the workflow file. */
    readonly job: string
    /** The run's page. */
    readonly url: string
  }
  readonly workflow: string
  /** Who caused the run; that stays so when somebody else starts it again. */
  readonly actor: string
  /** Who started this attempt. Source: GitHub docs, "Default environment variables": with a re-run it may differ from the actor. */
  readonly triggeringActor: string
  readonly sha: string
  readonly ref: string
  /** The folder where steps run. */
  readonly workspace: string
  readonly apiUrl: string
  readonly graphqlUrl: string
  readonly serverUrl: string
  /** The environment's proxy settings: empty when there are none. */
  readonly proxyEnv: Readonly<Record<string, string>>
  /** What a child process may have of the environment: where programs are, and the language. No variable that could hold a secret. */
  readonly commandEnvironment: Readonly<Record<string, string>>
  /** What a program of the repository's own may have: the workflow's `env` with its secrets, and nothing that the runner gives this action. */
  readonly programEnvironment: Readonly<Record<string, string>>
}

export type Environment = Readonly<Record<string, string | undefined>>

/** What `@actions/github` has read from the runner. */
export interface RunnerContext {
  readonly eventName: string
  readonly payload: unknown
  readonly sha: string
  readonly ref: string
  readonly workflow: string
  readonly actor: string
  readonly job: string
  readonly runAttempt: number
  readonly runNumber: number
  readonly runId: number
  readonly apiUrl: string
  readonly graphqlUrl: string
  readonly serverUrl: string
}

const NEEDED = ['GITHUB_REPOSITORY', 'GITHUB_REPOSITORY_ID', 'GITHUB_RUN_ID', 'GITHUB_EVENT_NAME', 'GITHUB_SHA'] as const
const COMMAND_NAMES = ['PATH', 'LANG', 'LC_ALL', 'LC_CTYPE', 'TZ', 'NODE_VERSION', 'SystemRoot', 'PATHEXT'] as const
const PROXY_NAMES = ['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'http_proxy', 'https_proxy', 'no_proxy'] as const

/** @throws {UserError} `NOT_IN_ACTIONS` when the runner's variables are missing. */
export function toContext(runner: RunnerContext, env: Environment): ActionContext {
  const missing = NEEDED.filter((name) => !env[name])
  const [owner, name, ...rest] = (env['GITHUB_REPOSITORY'] ?? '').split('/')
  if (missing.length > 0 || !owner || !name || rest.length > 0) {
    throw new UserError(
      'NOT_IN_ACTIONS',
      `This is not a step of a workflow run: ${missing.join(', ') || 'GITHUB_REPOSITORY'} is not set as the runner does.`,
      {
        hint: 'Use the action by a `uses:` step of a workflow.',
      },
    )
  }
  const fullName = `${owner}/${name}`
  const attempt = runner.runAttempt || 1
  return {
    eventName: runner.eventName,
    payload: runner.payload,
    repository: { owner, name, fullName, id: Number(env['GITHUB_REPOSITORY_ID']) },
    run: {
      id: runner.runId,
      attempt,
      number: runner.runNumber || 0,
      job: runner.job ?? '',
      url: `${runner.serverUrl}/${fullName}/actions/runs/${runner.runId}/attempts/${attempt}`,
    },
    workflow: runner.workflow ?? '',
    actor: runner.actor ?? '',
    triggeringActor: env['GITHUB_TRIGGERING_ACTOR'] || (runner.actor ?? ''),
    sha: runner.sha,
    ref: runner.ref ?? '',
    workspace: env['GITHUB_WORKSPACE'] ?? '',
    apiUrl: runner.apiUrl,
    graphqlUrl: runner.graphqlUrl,
    serverUrl: runner.serverUrl,
    proxyEnv: pick(env, PROXY_NAMES),
    commandEnvironment: pick(env, COMMAND_NAMES),
    programEnvironment: toProgramEnvironment(env),
  }
}

function pick(env: Environment, names: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(names.flatMap((name) => (env[name] ? [[name, env[name]]] : [])))
}

/** What the runner gives an action: inputs, tokens, files that carry commands; and what would change how a program starts. */
const WITHHELD = /^(INPUT_|STATE_|GITHUB_|ACTIONS_|RUNNER_|SWITCHYARD_|NODE_OPTIONS$|BASH_ENV$|ENV$)/i

export function toProgramEnvironment(env: Environment): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => (value === undefined || WITHHELD.test(name) ? [] : [[name, value]])),
  )
}

/** Passwords in the addresses of proxies. */
export function findProxyPasswords(env: Environment): string[] {
  return PROXY_NAMES.flatMap((variable) => {
    const password = URL.parse(env[variable] ?? '')?.password
    return password ? [password, decodeURIComponent(password)] : []
  })
}

/** The job's run as ledgers name it. */
export function toRunRef({ repository, run }: ActionContext): RunRef {
  return { repository: repository.fullName, run_id: run.id, run_attempt: run.attempt, job: run.job, url: run.url }
}

/** Who asks, as ledgers name it: whoever started this attempt. */
export function toActor({ eventName, triggeringActor }: Pick<ActionContext, 'eventName' | 'triggeringActor'>): Actor {
  return { login: triggeringActor, kind: eventName === 'schedule' ? 'schedule' : 'user' }
}
