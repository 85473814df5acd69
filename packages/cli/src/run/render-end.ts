import { renderColumns } from '../terminal/table.ts'
import { toInert, toInertLine } from '../terminal/inert.ts'
import type { Terminal } from '../terminal/terminal.ts'
import type { RecordedRun } from './record-runs.ts'
import { renderSeconds } from './report-progress.ts'

/** Lines of a failed step that are shown at the end. */
const LAST_LINES = 15

/** What failed and why, then a row for each run. */
export function renderEnd(terminal: Pick<Terminal, 'style'>, runs: readonly RecordedRun[]): string {
  const failures = runs.flatMap((run) =>
    run.jobs.flatMap((job) => job.steps.filter(({ conclusion }) => conclusion === 'failure').map((step) => renderFailure(terminal, `${run.repository} · ${run.workflow} · ${job.name}`, step))),
  )
  const rows = runs.map((run) => [
    run.conclusion ?? 'not ended', run.repository, run.workflow, toInertLine(run.title), run.event, String(run.jobs.length), renderSeconds(run.durationMs),
  ])
  return [...failures, renderColumns(terminal, { head: ['result', 'repository', 'workflow', 'title', 'event', 'jobs', 'time'], rows })].join('\n\n')
}

function renderFailure(terminal: Pick<Terminal, 'style'>, where: string, { name, lines }: RecordedRun['jobs'][number]['steps'][number]): string {
  const afterHeading = lines.slice(lines.findIndex((line) => line.startsWith('##[endgroup]')) + 1)
  const shown = afterHeading.slice(-LAST_LINES).map((line) => `    ${toInert(line)}`)
  return [terminal.style(['bold', 'red'], `${toInertLine(where)} · ${toInertLine(name)}`), ...shown].join('\n')
}

/** The runs as `--json` prints them. */
export function describeRuns(runs: readonly RecordedRun[]): object {
  return {
    schema_version: 1,
    runs: runs.map((run) => ({
      id: run.id, attempt: run.attempt, repository: run.repository, workflow: run.workflow, path: run.path, title: run.title, event: run.event,
      conclusion: run.conclusion ?? null, duration_ms: Math.round(run.durationMs), started_by: run.startedBy ?? null, reasons: run.reasons,
      jobs: run.jobs.map((job) => ({
        id: job.id, name: job.name, conclusion: job.conclusion ?? null, duration_ms: Math.round(job.durationMs), summary: job.summary,
        steps: job.steps.map((step) => ({ name: step.name, conclusion: step.conclusion ?? null, log: step.lines })),
      })),
    })),
  }
}
