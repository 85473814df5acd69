import { clip, fitTable, inlineCode, joinParts } from '@switchyard/core'
import { renderBar, renderShare } from '../board/bar.ts'
import { countClusters } from '../board/rows.ts'
import { type Change, type Refused, renderChanges, renderRejections } from './changes.ts'
import { type ReleaseView, renderHead, renderTotals } from './status.ts'

export interface RunInput {
  readonly changes: readonly Change[]
  readonly refused: readonly Refused[]
  readonly isDryRun: boolean
  /** Whether nothing was asked for but an answer on the issue. */
  readonly isShown: boolean
}

export interface SummaryInput extends ReleaseView, RunInput {}

const PART = 18_000

/** The page of the job: what this run changed or refused, and how far the release is after it. */
export function renderSummary({ release, matrix, ...run }: SummaryInput): string {
  const rows = countClusters(matrix).map(([name, counts]) => [clip(name, 200), inlineCode(renderBar(counts)), renderShare(counts)])
  const parts = [
    renderHead({ release, matrix }),
    renderTotals({ release, matrix }),
    rows.length < 2 ? '' : fitTable({ head: ['Cluster', 'Progress', 'Steps'], rows, max: PART }),
    '#### This run',
    renderRun(run),
  ]
  return `${joinParts(parts)}\n`
}

/** What a run changed or refused, or that it only answered. */
export function renderRun({ changes, refused, isDryRun, isShown }: RunInput): string {
  const isQuiet = changes.length === 0 && (isShown || refused.length > 0)
  const outcome = isQuiet ? '' : renderChanges({ changes, isDryRun }, PART)
  const answer = isShown && refused.length === 0 ? 'The answer stands on the issue.' : ''
  return joinParts([outcome, answer, renderRejections({ refused, isPart: changes.length > 0 }, PART)])
}
