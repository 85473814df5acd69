import { fitTable, renderTable } from '@switchyard/core'
import { renderHeadline } from './headline.ts'
import { countResults } from './outputs.ts'
import type { Report } from './results.ts'
import { renderRefusals, renderUnguarded } from './sections.ts'
import { ROW_HEAD, targetRow } from './target-rows.ts'
import { fitSections } from './fit.ts'

/** GitHub's limit for a check run's summary, in characters. */
export const MAX_CHECK_SUMMARY = 65_535

export interface CheckRunPage {
  readonly name: 'dispatch'
  readonly conclusion: 'success' | 'failure' | 'neutral' | 'skipped'
  readonly title: string
  readonly summary: string
}

/** The check run on the source's head commit: a row per target, links to the started runs, what to do about refusals. */
export function renderCheckRun(report: Report): CheckRunPage {
  const rows = report.results.map((result) => targetRow(result, report))
  const table = { full: renderTable(ROW_HEAD, rows), short: (max: number) => fitTable({ head: ROW_HEAD, rows, max, rest: seeSummary }) }
  const sections = [renderUnguarded(report), renderRefusals(report)].map((full) => ({ full }))
  return {
    name: 'dispatch',
    conclusion: conclusionOf(report),
    title: renderHeadline(report),
    summary: fitSections([table, ...sections], MAX_CHECK_SUMMARY),
  }
}

function seeSummary(left: number): string {
  return `… and ${left} more: see the job summary.`
}

function conclusionOf({ results }: Report): CheckRunPage['conclusion'] {
  const { failed, denied, dispatched } = countResults(results)
  if (failed > 0) return 'failure'
  if (denied > 0) return 'neutral'
  return dispatched > 0 ? 'success' : 'skipped'
}
