import { renderTable } from '@switchyard/core'
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
  const table = { full: renderTable(ROW_HEAD, rows), short: (max: number) => shortTable(rows, max) }
  const sections = [renderUnguarded(report), renderRefusals(report)].map((full) => ({ full }))
  return { name: 'dispatch', conclusion: conclusionOf(report), title: renderHeadline(report), summary: fitSections([table, ...sections], MAX_CHECK_SUMMARY) }
}

/** As many rows as fit, and how many do not. */
function shortTable(rows: readonly (readonly string[])[], max: number): string {
  const rest = (shown: number): string => `\n\n… and ${rows.length - shown} more: see the job summary.`
  for (let shown = rows.length - 1; shown > 0; shown = Math.floor(shown * 0.9)) {
    const table = renderTable(ROW_HEAD, rows.slice(0, shown)) + rest(shown)
    if (table.length <= max) return table
  }
  return `${rows.length} targets: see the job summary.`
}

function conclusionOf({ results }: Report): CheckRunPage['conclusion'] {
  const { failed, denied, dispatched } = countResults(results)
  if (failed > 0) return 'failure'
  if (denied > 0) return 'neutral'
  return dispatched > 0 ? 'success' : 'skipped'
}
