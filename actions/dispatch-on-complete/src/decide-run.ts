import { isSameRepository, splitFullName, UserError } from '@switchyard/core'
import {
  type Chain,
  type CompletedRun,
  type DispatchConfig,
  type DispatchOptions,
  findChain,
  type SourceRecord,
  type SourceRepository,
  startedDocument,
  type TargetFacts,
} from '@switchyard/dispatching'
import { decideTargets, matchesWorkflow, type SelectedTarget, selectRules } from '@switchyard/dispatching/config'
import { parseChain } from '@switchyard/dispatching/records'
import { readRun } from '@switchyard/github/operations'
import { toCompletedRun } from './completed-run.ts'
import type { DispatchLoaded, Observed } from './observe.ts'
import type { Reach } from './reach.ts'
import type { Arguments } from './run.ts'
import { readTargets } from './targets.ts'

export interface Scene {
  readonly config: DispatchConfig
  readonly source: SourceRepository
  readonly options: DispatchOptions
  /** The run as the event tells it: good for choosing what to read, and for nothing else. */
  readonly told: CompletedRun
  readonly loaded: DispatchLoaded
  readonly sourceDefaultBranch: string | undefined
}

export interface RunDecision {
  readonly run: CompletedRun
  readonly source: SourceRecord
  readonly targets: ReturnType<typeof decideTargets>
  readonly chain: Chain
}

/**
 * What is to become of every target. The run and the targets are read at the same time, by what the event tells of the
 * run; what GitHub tells decides. Undefined: no rule is for this workflow.
 *
 * @throws {UserError} `NO_CROSS_REPOSITORY_TOKEN` before anything is written.
 */
export async function decideRun(
  { context }: Arguments,
  { observed, reach, scene }: { readonly observed: Observed; readonly reach: Reach; readonly scene: Scene },
): Promise<RunDecision | undefined> {
  const { config, source, options, told, loaded } = scene
  const isOurs = config.outbound.some((rule) => matchesWorkflow(rule, { path: told.path, name: told.workflow }))
  if (!isOurs) return undefined
  const context0 = { source, options }
  const early = needed(selectRules(config, { ...context0, run: told }))
  checkReach(early, { reach, source })
  const [fetched, facts] = await Promise.all([readRun(observed.github, splitFullName(context.repository.fullName), told.id), read(early)])
  const run = toCompletedRun(fetched)
  const selected = needed(selectRules(config, { ...context0, run }))
  checkReach(selected, { reach, source })
  const missing = selected.filter(({ target }) => !facts.has(target.factsKey))
  const all = missing.length === 0 ? facts : new Map([...facts, ...(await read(missing))])
  const chain = findChain(source, run, parseChain(loaded.findDocument(startedDocument(source.id, run.id))))
  const state = loaded.getState(observed.subject)
  const targets = decideTargets({ config, source, run, options, facts: all, state, chain, sourceDefaultBranch: scene.sourceDefaultBranch })
  if (targets.length === 0) return undefined
  return { run, source: toRecord(source, run), targets, chain }

  function read(selection: readonly SelectedTarget[]): Promise<ReadonlyMap<string, TargetFacts>> {
    return readTargets(
      selection.map(({ target }) => target),
      { reach, defaultRef: options.defaultRef },
    )
  }
}

function needed(selected: readonly SelectedTarget[]): readonly SelectedTarget[] {
  return selected.filter(({ skipped }) => skipped === undefined)
}

function checkReach(
  selected: readonly SelectedTarget[],
  { reach, source }: { readonly reach: Reach; readonly source: SourceRepository },
): void {
  if (reach.credential !== 'job-token') return
  const other = selected.find(
    ({ target: { repository } }) => !isSameRepository(`${repository.owner}/${repository.name}`, source.nameWithOwner),
  )
  if (other === undefined) return
  const { repository } = other.target
  throw new UserError(
    'NO_CROSS_REPOSITORY_TOKEN',
    `The job’s own token cannot start workflows in ${repository.owner}/${repository.name}: it reaches its own repository only.`,
    {
      place: other.target.place,
      hint: 'Give `app-id` with `private-key`, or `target-token`. Nothing was dispatched or written.',
    },
  )
}

function toRecord(source: SourceRepository, run: CompletedRun): SourceRecord {
  return {
    repository_id: source.id,
    repository: source.nameWithOwner,
    visibility: source.visibility,
    workflow: run.path,
    run_id: run.id,
    run_attempt: run.attempt,
    url: run.url,
  }
}
