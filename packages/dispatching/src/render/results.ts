import type { Visibility } from '../facts.ts'
import type { DecidedTarget } from '../decision/decided.ts'
import { explainRefusal } from '../decision/explain.ts'
import { workflowFile } from '../names.ts'
import { REFUSALS, type Reason, type Refusal, type RefusalClass } from '../reasons.ts'
import type { SourceRecord, TargetRecord } from '../records/parts.ts'
import type { DispatchState } from '../records/state.ts'

/** What became of one target, for everything that is shown. */
export interface TargetResult {
  readonly outcome: 'dispatched' | RefusalClass
  readonly target: TargetRecord
  readonly key: string
  /** undefined for a dispatch. */
  readonly refusal: Refusal | undefined
  /** The started run; null: none, or GitHub did not say which. */
  readonly runId: number | null
  readonly url: string | null
  /** Whether a loop through it would be noticed in another ledger. */
  readonly guarded: boolean
  readonly warnings: readonly string[]
}

export interface ResultsInput {
  readonly source: SourceRecord
  readonly decided: readonly DecidedTarget[]
  /** Keys of the dispatches that this run recorded itself. */
  readonly ours: ReadonlySet<string>
  /** The subject's state after this run's outcomes. */
  readonly after: DispatchState
}

/** Decisions and what the ledger says became of them, in file order. */
export function collectResults(input: ResultsInput): readonly TargetResult[] {
  return input.decided.map((decided) => resultOf(decided, input))
}

function resultOf(decided: DecidedTarget, { source, ours, after }: ResultsInput): TargetResult {
  const { key, target, warnings } = decided
  const state = after.targets[key]
  const guarded = decided.kind === 'dispatch' ? decided.marker !== null : true
  const known = { target, key, runId: state?.run_id ?? null, url: state?.url ?? null, guarded, warnings }
  const refuse = (refusal: Refusal): TargetResult => ({ ...known, outcome: REFUSALS[refusal.reason], refusal })
  if (decided.kind === 'refusal') return refuse(decided.refusal)
  const explain = (reason: Reason): TargetResult =>
    refuse(
      explainRefusal(reason, {
        source: source.repository,
        target: target.repository,
        workflow: workflowFile(target.workflow),
        ref: target.ref ?? undefined,
      }),
    )
  // What another run sent, or is sending now, is not this run's doing; one whose answer was lost stays a problem.
  if ((state?.status === 'started' || state?.status === 'requested') && !ours.has(key)) return explain('already-dispatched')
  if (state?.status === 'started') return { ...known, outcome: 'dispatched', refusal: undefined }
  return explain(state?.reason ?? 'needs-attention')
}

/** A dry run: what would be dispatched counts as dispatched, with no run. */
export function previewResults(decided: readonly DecidedTarget[]): readonly TargetResult[] {
  return decided.map((target) => ({
    outcome: target.kind === 'dispatch' ? 'dispatched' : REFUSALS[target.refusal.reason],
    target: target.target,
    key: target.key,
    refusal: target.kind === 'dispatch' ? undefined : target.refusal,
    runId: null,
    url: null,
    guarded: target.kind === 'refusal' || target.marker !== null,
    warnings: target.warnings,
  }))
}

/** What renderings of one completed run share. */
export interface Report {
  readonly source: SourceRecord
  readonly correlationId: string
  readonly results: readonly TargetResult[]
  readonly dryRun: boolean
  /** Who can read the place that the report is written to. */
  readonly place: Visibility
}
