import { escapeMarkdown, inlineCode, renderLink } from '@switchyard/core'
import { isHidden, targetName, workflowName } from './privacy.ts'
import type { Report, TargetResult } from './results.ts'

export const ROW_HEAD = ['', 'Target', 'Workflow', 'Ref', 'Outcome'] as const

export const SIGNS: Readonly<Record<TargetResult['outcome'], string>> = { dispatched: '✅', skipped: '⏭️', denied: '⛔', failed: '❌' }

/** A target's row in every table. A target that readers of the place cannot see shows its id and the reason. */
export function targetRow(result: TargetResult, { place, dryRun }: Pick<Report, 'place' | 'dryRun'>): readonly string[] {
  const { target, outcome } = result
  const workflow = workflowName(target, place)
  const isPrivate = isHidden(target, place)
  return [
    SIGNS[outcome],
    escapeMarkdown(targetName(target, place)),
    workflow === undefined ? '—' : inlineCode(workflow),
    isPrivate || target.ref === null ? '—' : inlineCode(target.ref),
    renderOutcome(result, isPrivate, dryRun),
  ]
}

function renderOutcome({ outcome, refusal, runId, url }: TargetResult, isPrivate: boolean, dryRun: boolean): string {
  const link = url === null || isPrivate ? undefined : renderLink(runId === null ? 'run' : `run ${runId}`, url)
  if (outcome === 'dispatched') return dryRun ? 'would be dispatched' : `started${link ? `: ${link}` : isPrivate ? '' : '; GitHub did not say which run'}`
  const reason = inlineCode(refusal?.reason ?? outcome)
  return link ? `${outcome}: ${reason} (${link})` : `${outcome}: ${reason}`
}
