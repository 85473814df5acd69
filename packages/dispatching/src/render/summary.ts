import { escapeMarkdown, inlineCode, renderLink, renderTable } from '@switchyard/core'
import { workflowFile } from '../names.ts'
import { fitSections } from './fit.ts'
import { renderGraph } from './graph.ts'
import { renderHeadline } from './headline.ts'
import type { Report } from './results.ts'
import { renderRefusals, renderUnguarded, renderWarnings } from './sections.ts'
import { ROW_HEAD, targetRow } from './target-rows.ts'

/** GitHub takes 1 MiB of job summary a step; a page beyond half of it helps nobody. */
export const MAX_SUMMARY = 500_000

/** The job summary: a headline, a table, a picture, and what to do for each refusal. */
export function renderSummary(report: Report): string {
  const { source, correlationId, results } = report
  const cause = `${renderLink(`Run ${source.run_id}`, source.url)} of ${inlineCode(workflowFile(source.workflow))} in ${escapeMarkdown(source.repository)} · correlation id ${inlineCode(correlationId)}`
  const table = results.length === 0 ? '' : renderTable(ROW_HEAD, results.map((result) => targetRow(result, report)))
  const parts = [`## Dispatch: ${renderHeadline(report)}`, cause, table, renderUnguarded(report), renderGraph(report), renderRefusals(report), renderWarnings(report)]
  return fitSections(
    parts.map((full) => ({ full })),
    MAX_SUMMARY,
  )
}
