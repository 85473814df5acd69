import { getAccount } from '../world/accounts.ts'
import type { WorldContext } from '../world/context.ts'
import { fullName } from '../world/repositories.ts'
import { renderRunName } from '../world/run-name.ts'
import { settingsOf } from '../world/settings.ts'
import type { RunOrigin } from '../world/types.ts'
import type { DispatchInput } from '../world/workflows.ts'
import type { NewRun } from './runs.ts'

interface TitledRun extends NewRun {
  readonly id: number
  readonly number: number
  readonly origin: RunOrigin
}

/** The run's title: `run-name` if there is one that evaluates to anything, or what GitHub calls such a run. */
export function titleOf(context: WorldContext, run: TitledRun): string {
  const { repository, workflow, actor, event, headSha, origin, title, id, number } = run
  // Defaults are for who starts it by hand: under other events there are no inputs.
  const inputs = event === 'workflow_dispatch' ? typedInputs(workflow.file.inputs ?? new Map(), run.inputs ?? {}) : {}
  const github = {
    actor: actor.login,
    triggering_actor: actor.login,
    event_name: event,
    event: origin.payload,
    ref: origin.ref,
    ref_name: origin.ref.replace(/^refs\/(heads|tags|pull)\//, ''),
    ref_type: origin.ref.startsWith('refs/tags/') ? 'tag' : 'branch',
    sha: headSha,
    head_ref: origin.headRef,
    base_ref: origin.baseRef,
    repository: fullName(context, repository),
    repository_owner: getAccount(context, repository.ownerId).login,
    workflow: workflow.file.name,
    run_id: String(id),
    run_number: String(number),
    run_attempt: '1',
    server_url: context.urls.server,
    api_url: context.urls.api,
    graphql_url: context.urls.graphql,
  }
  const vars = Object.fromEntries(settingsOf(context, 'variable', { repository }))
  const named = workflow.file.runName === undefined ? undefined : renderRunName(workflow.file.runName, { github, inputs, vars })
  return named?.trim() || title || workflow.file.name
}

/**
 * Inputs as the `inputs` context holds them: booleans and numbers keep their type. Source: docs.github.com, "Events that
 * trigger workflows", workflow_dispatch.
 */
export function typedInputs(
  declared: ReadonlyMap<string, DispatchInput>,
  given: Readonly<Record<string, string>>,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    [...declared].map(([name, { type, default: fallback }]): [string, unknown] => {
      const text = given[name] ?? fallback
      if (type === 'boolean') return [name, text === 'true']
      if (type === 'number') return [name, Number(text ?? 0)]
      return [name, text ?? '']
    }),
  )
}
