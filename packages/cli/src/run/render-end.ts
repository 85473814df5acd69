import { renderColumns } from '../terminal/table.ts'
import { toInert, toInertLine } from '../terminal/inert.ts'
import type { Terminal } from '../terminal/terminal.ts'
import type { RecordedJob, RecordedRun, RecordedStep } from './record-runs.ts'
import { renderSummaryText } from './render-summary-text.ts'
import { renderDuration } from './render-words.ts'

/** Lines of a failed step that are shown at the end. */
const LAST_LINES = 15
/** Lines of a summary; the page has all. */
const SUMMARY_LINES = 40

type Styling = Pick<Terminal, 'style'>

/** What the jobs had to say, what failed and why, then a row for each run. */
export function renderEnd(terminal: Styling, runs: readonly RecordedRun[]): string {
  const jobs = runs.flatMap((run) =>
    run.jobs.map((job) => ({ job, where: toInertLine(`${run.repository} · ${run.workflow} · ${job.name}`) })),
  )
  const rows = runs.map((run) => [
    run.conclusion ?? 'not ended',
    run.repository,
    run.workflow,
    run.title,
    run.event,
    String(run.jobs.length),
    renderDuration(run.durationMs),
  ])
  return [
    ...jobs.flatMap(({ job, where }) => (job.summary.trim() === '' ? [] : [renderSummary(terminal, where, job.summary)])),
    ...jobs.flatMap(({ job, where }) => renderFailures(terminal, where, job)),
    renderColumns(terminal, { head: ['result', 'repository', 'workflow', 'title', 'event', 'jobs', 'time'], rows }),
  ].join('\n\n')
}

function renderSummary(terminal: Styling, where: string, summary: string): string {
  const lines = renderSummaryText(terminal, summary)
  const more = lines.length - SUMMARY_LINES
  const shown = more > 0 ? [...lines.slice(0, SUMMARY_LINES), terminal.style('dim', `and ${more} more lines; --page shows them`)] : lines
  return [terminal.style('bold', `${where}: summary`), ...shown.map((line) => (line === '' ? '' : `    ${line}`))].join('\n')
}

function renderFailures(terminal: Styling, where: string, job: RecordedJob): readonly string[] {
  const outside = job.problems.map((problem) => [renderHead(terminal, where), ...indent([problem])].join('\n'))
  const failed = job.steps.filter(({ conclusion }) => conclusion === 'failure')
  return [
    ...outside,
    ...failed.map((step) =>
      [renderHead(terminal, `${where} · ${toInertLine(step.name)}`), ...lastLines(step).map((line) => renderLine(terminal, line))].join(
        '\n',
      ),
    ),
  ]
}

const renderHead = (terminal: Styling, text: string): string => terminal.style(['bold', 'red'], text)
const indent = (lines: readonly string[]): readonly string[] => lines.map((line) => `    ${toInert(line)}`)

/** The runner's mark of an error becomes a colour. */
function renderLine(terminal: Styling, line: string): string {
  const [, error] = /^##\[error\](.*)$/s.exec(line) ?? []
  return error === undefined ? `    ${toInert(line)}` : `    ${terminal.style('red', `error: ${toInert(error)}`)}`
}

function lastLines({ lines }: RecordedStep): readonly string[] {
  const afterHeading = lines.slice(lines.findIndex((line) => line.startsWith('##[endgroup]')) + 1)
  return afterHeading.slice(-LAST_LINES)
}
