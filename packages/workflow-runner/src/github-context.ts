/**
 * The `github` context of a run, under GitHub's own names. Required is what no run is without; the rest follows from it
 * unless it is given. Numbers are text, as in the real context.
 */
export interface GitHubContext {
  readonly token: string
  readonly repository: string
  readonly repository_id: string
  readonly event_name: string
  /** The webhook payload. */
  readonly event: Readonly<Record<string, unknown>>
  readonly sha: string
  readonly ref: string
  readonly run_id: string
  readonly run_attempt: string
  readonly job: string
  readonly workflow: string
  readonly actor: string
  readonly api_url: string
  readonly graphql_url: string
  readonly server_url: string
  readonly [name: string]: unknown
}

/** Names of the context that the runner gives to a step as `GITHUB_<NAME>` (runner, `GitHubContext`). */
const environmentNames = [
  'action',
  'action_path',
  'action_ref',
  'action_repository',
  'actor',
  'actor_id',
  'api_url',
  'artifacts',
  'artifacts_list',
  'base_ref',
  'env',
  'event_name',
  'event_path',
  'graphql_url',
  'head_ref',
  'job',
  'output',
  'path',
  'ref',
  'ref_name',
  'ref_protected',
  'ref_type',
  'repository',
  'repository_id',
  'repository_owner',
  'repository_owner_id',
  'retention_days',
  'run_attempt',
  'run_id',
  'run_number',
  'server_url',
  'sha',
  'state',
  'step_summary',
  'triggering_actor',
  'workflow',
  'workflow_ref',
  'workflow_sha',
  'workspace',
] as const

/** The context with everything that follows from what is given. */
export function completeGitHubContext(given: GitHubContext): GitHubContext {
  const [owner = ''] = given.repository.split('/')
  const refType = given.ref.startsWith('refs/tags/') ? 'tag' : 'branch'
  return {
    repository_owner: owner,
    ref_name: given.ref.replace(/^refs\/(heads|tags)\//, ''),
    ref_type: refType,
    ref_protected: false,
    head_ref: '',
    base_ref: '',
    run_number: '1',
    triggering_actor: given.actor,
    workflow_ref: `${given.repository}/.github/workflows/${given.workflow}@${given.ref}`,
    workflow_sha: given.sha,
    retention_days: '90',
    action: '__self',
    ...given,
  }
}

/** The context as `GITHUB_*` variables; the token and the payload are not among them. */
export function toGitHubVariables(context: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  const pairs = environmentNames.flatMap((name) => {
    const value = context[name]
    return typeof value === 'string' || typeof value === 'boolean' ? [[`GITHUB_${name.toUpperCase()}`, String(value)] as const] : []
  })
  return Object.fromEntries(pairs)
}
