import type { Outcome } from '@switchyard/action'
import type { BootstrapCommand, BootstrapEvent } from '@switchyard/bootstrapping'
import { escapeMarkdown, inlineCode, renderLink } from '@switchyard/core'
import type { CommandRequest } from '@switchyard/ledger'
import type { Door } from './door.ts'
import { createHandlers } from './handlers/index.ts'
import type { UpdateFiles } from './handlers/update-branch.ts'
import type { PlannedUpdate } from './plan-update.ts'
import { countOf, type Looked, renderLooked, tellUnseen, toUnseenResult } from './report-drift.ts'
import type { Spec } from './run.ts'
import { toSubject } from './to-subject.ts'

/** How one update stands after it was asked for. */
interface Pull {
  readonly repository: string
  readonly conflicts: number
  /** `known`: it was opened before, and is nobody's to open again. */
  readonly state: 'opened' | 'known' | 'failed'
  readonly number: number | null
  readonly url: string | null
  readonly error: string | null
}

/** Opens a pull request for every repository that is behind, each news once. */
export async function openUpdates(door: Door, looked: Looked): Promise<Outcome<Spec>> {
  const { seen, unseen } = looked
  const planned = seen.flatMap((one) => one.planned ?? [])
  const not_compared = toUnseenResult(unseen)
  if (planned.length === 0) {
    const blind = seen.length === 0 && unseen.length > 0
    const headline = `None of ${countOf(seen)} is behind${tellUnseen(looked)}.`
    return {
      decision: blind ? 'failed' : 'nothing-to-do',
      reasonCode: blind ? 'not-compared' : 'no-update-due',
      headline,
      result: { pull_requests: [], not_compared },
      outputs: { 'pull-requests': [] },
      summary: renderLooked(looked),
    }
  }
  const pulls = await perform(door, planned)
  const failed = pulls.filter(({ state }) => state === 'failed')
  const count = (state: Pull['state']): number => pulls.filter((pull) => pull.state === state).length
  return {
    decision: failed.length > 0 ? 'failed' : count('opened') > 0 ? 'done' : 'nothing-to-do',
    reasonCode: failed.length > 0 ? 'update-failed' : count('opened') > 0 ? 'updates-opened' : 'updates-known',
    headline: `${count('opened')} update pull requests were opened, ${count('known')} had been before, ${failed.length} could not be${failed[0] === undefined ? '' : ` (${failed[0].repository}: ${failed[0].error ?? ''})`}${tellUnseen(looked)}.`,
    result: {
      pull_requests: pulls.map(({ repository, conflicts, state, url, error }) => ({ repository, conflicts, state, url, error })),
      not_compared,
    },
    outputs: { 'pull-requests': pulls.flatMap(({ url }) => url ?? []) },
    summary: `### Updates\n\n${pulls.map(renderPull).join('\n')}\n\n${renderLooked(looked)}`,
  }
}

async function perform(door: Door, planned: readonly PlannedUpdate[]): Promise<readonly Pull[]> {
  const { run } = door.given.context
  const files = new Map<string, UpdateFiles>(planned.map(({ command, files: changed }) => [command.update_id, changed]))
  const requests = planned.map(({ command }): CommandRequest<BootstrapCommand> => ({
    subject: toSubject(command.repository),
    idempotencyKey: `update ${command.update_id} run ${door.given.context.repository.id} ${run.id} ${run.attempt} ${run.job}`,
    command,
  }))
  const performed = await door.ledger.perform({
    handlers: createHandlers(door, { permissions: {}, updates: files }),
    requests,
    maxParallel: 4,
  })
  const unclear = new Map(
    performed.failures.map(({ intent: { effect }, error }) => [effect.kind === 'open-update' ? effect.update_id : '', error.message]),
  )
  return planned.map(({ command: { update_id, repository }, conflicts }): Pull => {
    const { status, number = null, url = null } = performed.loaded.getState(toSubject(repository)).updates[update_id] ?? {}
    const isNew = performed.outcomes.some((event) => event.type === 'bootstrap.update-opened' && event.data.update_id === update_id)
    const state = status === 'opened' ? (isNew ? 'opened' : 'known') : 'failed'
    const error =
      state === 'failed'
        ? (unclear.get(update_id) ??
          findFailure(performed.outcomes, update_id) ??
          'Another run is opening it, or was killed while it did; the next run finds out.')
        : null
    return { repository, conflicts, state, number, url, error }
  })
}

function findFailure(outcomes: readonly BootstrapEvent[], updateId: string): string | undefined {
  return outcomes.flatMap((event) =>
    event.type === 'bootstrap.update-failed' && event.data.update_id === updateId ? [event.data.error.message] : [],
  )[0]
}

function renderPull({ repository, conflicts, state, number, url, error }: Pull): string {
  const marks = conflicts === 0 ? '' : `, **${conflicts === 1 ? '1 conflict' : `${conflicts} conflicts`}**`
  if (state === 'failed' || url === null) return `- ${inlineCode(repository)}: could not be opened: ${escapeMarkdown(error ?? '')}`
  return `- ${inlineCode(repository)}: ${renderLink(`#${number ?? 0}`, url)}${state === 'known' ? ', opened before' : ''}${marks}`
}
