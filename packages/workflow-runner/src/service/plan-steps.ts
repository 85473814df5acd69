import { permissionNames } from '@switchyard/local-github/runner'
import type { JobPlan } from '../job/job.ts'
import { toText } from '../job/scope.ts'
import { type Granted } from '../plan/token-permissions.ts'
import type { StepsJob } from '../workflow/model.ts'
import { secretsOf } from './contexts.ts'
import type { ActiveRun } from './run.ts'
import { environmentOf, type Instance } from './instance.ts'

/** Milliseconds a job's token is good for, when nothing ends it before. Source: docs.github.com, "GITHUB_TOKEN". */
const TOKEN_LIFETIME = 24 * 60 * 60 * 1000

/** A token that may do what the job may, until the job ends. */
export function makeJobToken({ core, repository }: ActiveRun, granted: Granted): string {
  return core.github.world.createToken({ kind: 'job', repository, permissions: toTokenPermissions(granted), lifetimeMs: TOKEN_LIFETIME })
}

/** A job ready to run: its secrets and variables, and everything its expressions see. */
export function planSteps(
  instance: Instance,
  job: StepsJob,
  { granted, token }: { readonly granted: Granted; readonly token: string },
): JobPlan {
  const { scope, contexts } = instance
  const { run, prepared } = scope
  const { world } = run.core.github
  const environment = environmentOf(instance)
  const github = contexts['github']
  const base = typeof github === 'object' && github !== null ? github : {}
  const { model } = prepared
  return {
    model: job,
    permissions: { ...granted, metadata: 'read' },
    contexts: {
      ...contexts,
      github: { ...toRunContext(base), token, job: job.id },
      secrets: { ...secretsOf(scope, environment), GITHUB_TOKEN: token },
      vars: Object.fromEntries(world.variablesOf(run.repository, environment)),
    },
    env: [model.env, job.env].filter((each) => each !== undefined),
    defaults: [job.defaults, model.defaults],
  }
}

/** The run's part of the `github` context, each field that every run has named. */
function toRunContext(github: object) {
  const known: Readonly<Record<string, unknown>> = { ...github }
  const text = (name: string): string => toText(known[name])
  const event = known['event']
  return {
    ...known,
    repository: text('repository'),
    repository_id: text('repository_id'),
    event_name: text('event_name'),
    event: typeof event === 'object' && event !== null ? { ...event } : {},
    sha: text('sha'),
    ref: text('ref'),
    run_id: text('run_id'),
    run_attempt: text('run_attempt'),
    workflow: text('workflow'),
    actor: text('actor'),
    api_url: text('api_url'),
    graphql_url: text('graphql_url'),
    server_url: text('server_url'),
  }
}

/** Permissions that this GitHub knows, under its names for them. */
function toTokenPermissions(granted: Granted) {
  return Object.fromEntries(
    permissionNames.flatMap((name) => {
      const level = granted[name.replaceAll('_', '-')]
      return level === undefined || level === 'none' ? [] : [[name, level] as const]
    }),
  )
}
