import { getAccount, typedInputs, parseWorkflowFile } from '@switchyard/local-github/runner'
import type { Contexts } from '../expressions/evaluate.ts'
import type { ActiveRun, JobsScope } from './run.ts'

/** The `github` context of a run, but for the job's own part. */
export function githubContext({ core, record, repository }: ActiveRun): Readonly<Record<string, unknown>> {
  const { world } = core.github
  const home = world.repository(repository)
  const attempt = record.attempts.at(-1)
  const actor = getAccount(world, record.actorId)
  const { origin } = record
  return {
    repository,
    repository_id: String(home.id),
    repository_owner_id: String(home.ownerId),
    repository_visibility: home.visibility,
    event_name: record.event,
    event: origin.payload,
    sha: record.headSha,
    ref: origin.ref,
    head_ref: origin.headRef,
    base_ref: origin.baseRef,
    ref_name: origin.ref.replace(/^refs\/(heads|tags|pull)\//, ''),
    ref_type: origin.ref.startsWith('refs/tags/') ? 'tag' : 'branch',
    run_id: String(record.id),
    run_number: String(record.runNumber),
    run_attempt: String(attempt?.number ?? 1),
    actor: actor.login,
    actor_id: String(actor.id),
    triggering_actor: attempt === undefined ? actor.login : getAccount(world, attempt.triggeringActorId).login,
    workflow: record.workflowName,
    workflow_ref: `${repository}/${record.workflowPath}@${origin.fileRef}`,
    workflow_sha: origin.fileSha,
    api_url: core.github.apiUrl,
    graphql_url: core.github.graphqlUrl,
    server_url: core.github.serverUrl,
  }
}

/** Inputs of a workflow_dispatch, typed as the file says. */
export async function dispatchInputs({ core, record, repository }: ActiveRun): Promise<Readonly<Record<string, unknown>>> {
  if (record.event !== 'workflow_dispatch') return {}
  const store = core.github.world.git(repository)
  const entry = await store.readPath(record.origin.fileSha, record.workflowPath)
  const text = entry === undefined ? '' : ((await store.readBlob(entry.oid))?.toString('utf8') ?? '')
  return typedInputs(parseWorkflowFile(record.workflowPath, text).inputs ?? new Map(), record.inputs)
}

/** What a job's `if`, matrix, name and concurrency can see: no secrets. */
export function planContexts(scope: JobsScope, needs: Readonly<Record<string, unknown>>): Contexts {
  const { run, inputs } = scope
  const vars = Object.fromEntries(run.core.github.world.variablesOf(run.repository))
  return { github: githubContext(run), inputs, needs, vars }
}

/**
 * The secrets of a job, by the names under which it may ask for them. Its environment's are there whatever a caller gives.
 * Source: docs.github.com, "Reuse workflows", passing secrets.
 */
export function secretsOf({ run, secrets }: JobsScope, environment: string | undefined): Readonly<Record<string, string>> {
  const { world } = run.core.github
  if (secrets === undefined) return Object.fromEntries(world.secretsOf(run.repository, environment))
  if (environment === undefined) return secrets
  const own = world.environmentSecretsOf(run.repository, environment)
  const given = Object.entries(secrets).filter(([name]) => !own.has(name.toUpperCase()))
  return Object.fromEntries([...given, ...own])
}
