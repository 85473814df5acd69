import { REFUSALS } from '../reasons.ts'
import { workflowFile } from '../names.ts'
import { isHidden } from './privacy.ts'
import type { Report, TargetResult } from './results.ts'

export const FAIL_ON = ['failed', 'denied', 'never'] as const
export type FailOn = (typeof FAIL_ON)[number]

export interface Counts {
  readonly dispatched: number
  readonly skipped: number
  readonly denied: number
  readonly failed: number
}

export type OverallDecision = 'failed' | 'done' | 'refused' | 'nothing-to-do'

export function countResults(results: readonly TargetResult[]): Counts {
  const count = (outcome: TargetResult['outcome']): number => results.filter((result) => result.outcome === outcome).length
  return { dispatched: count('dispatched'), skipped: count('skipped'), denied: count('denied'), failed: count('failed') }
}

/** The gravest of all: a failure, else a dispatch, else a refusal, else nothing. */
export function overallDecision({ failed, dispatched, denied }: Counts): OverallDecision {
  if (failed > 0) return 'failed'
  if (dispatched > 0) return 'done'
  return denied > 0 ? 'refused' : 'nothing-to-do'
}

/** Whether the step goes red: `denied` includes failures. */
export function isStepFailed({ failed, denied }: Counts, failOn: FailOn): boolean {
  switch (failOn) {
    case 'failed':
      return failed > 0
    case 'denied':
      return failed + denied > 0
    case 'never':
      return false
  }
}

/** The action's own outputs. `results` is JSON with one entry a target; a target its readers cannot see shows id and reason. */
export function renderOutputs({ results, correlationId, place }: Report): Readonly<Record<string, string>> {
  const { dispatched, skipped, denied, failed } = countResults(results)
  return {
    dispatched: String(dispatched),
    skipped: String(skipped),
    denied: String(denied),
    failed: String(failed),
    results: JSON.stringify({ schema_version: 1, targets: results.map((result) => entryOf(result, place)) }),
    'correlation-id': correlationId,
  }
}

function entryOf({ outcome, target, refusal, runId, url, guarded }: TargetResult, place: Report['place']): unknown {
  const reason = refusal?.reason ?? null
  if (isHidden(target, place)) return { outcome, reason, repository_id: target.repository_id }
  return {
    outcome,
    reason,
    repository_id: target.repository_id,
    repository: target.repository,
    workflow: workflowFile(target.workflow),
    ref: target.ref,
    run_id: runId,
    url,
    guarded,
    message: refusal?.message ?? null,
    hint: refusal?.hint ?? null,
    lines: refusal?.lines ?? null,
  }
}

/** Reason code of the whole: the first refusal of the gravest class, else `dispatched` or `no-rule`. */
export function overallReason(results: readonly TargetResult[]): string {
  const classes = ['failed', 'dispatched', 'denied', 'skipped'] as const
  for (const outcome of classes) {
    const first = results.find((result) => result.outcome === outcome)
    if (first) return first.refusal?.reason ?? 'dispatched'
  }
  return 'no-rule'
}

/** Every code that `overallReason` may give. */
export const REASON_CODES = ['dispatched', 'no-rule', ...Object.keys(REFUSALS)] as const
