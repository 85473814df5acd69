import { inlineCode } from '@switchyard/core'
import { renderBar, renderShare } from '../board/bar.ts'
import { clip } from '../board/inert.ts'
import { countClusters } from '../board/rows.ts'
import { type Change, type Refused, renderChanges, renderRejections } from './changes.ts'
import { type ReleaseView, renderHead, renderTotals } from './status.ts'
import { fitTable } from './table.ts'

export interface SummaryInput extends ReleaseView {
  readonly changes: readonly Change[]
  readonly refused: readonly Refused[]
  readonly isDryRun: boolean
}

const PART = 18_000

/** The page of the job: what this run changed or refused, and how far the release is after it. */
export function renderSummary({ release, matrix, changes, refused, isDryRun }: SummaryInput): string {
  const rows = countClusters(matrix).map(([name, counts]) => [clip(name, 200), inlineCode(renderBar(counts)), renderShare(counts)])
  const outcome = changes.length === 0 && refused.length > 0 ? '' : renderChanges({ changes, isDryRun }, PART)
  const parts = [
    renderHead({ release, matrix }),
    renderTotals({ release, matrix }),
    rows.length < 2 ? '' : fitTable(['Cluster', 'Progress', 'Steps'], rows, PART),
    '#### This run',
    outcome,
    renderRejections({ refused, isPart: changes.length > 0 }, PART),
  ]
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`
}
