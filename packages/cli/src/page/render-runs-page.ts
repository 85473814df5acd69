import type { RecordedJob, RecordedRun, RecordedStep } from '../run/record-runs.ts'
import { escapeHtml } from './escape-html.ts'
import { renderGraph } from './render-graph.ts'
import { renderMarkdown } from './render-markdown.ts'
import { PAGE_STYLE } from './style.ts'

export interface RunsPage {
  readonly title: string
  /** A paragraph under the title, as Markdown. */
  readonly about?: string
  readonly runs: readonly RecordedRun[]
  /** Further parts: a heading and Markdown. */
  readonly parts?: readonly { readonly heading: string; readonly markdown: string }[]
}

/** Runs as one page that opens without a network: which started which, how each ended, every job's steps, logs and summary. */
export function renderRunsPage({ title, about, runs, parts = [] }: RunsPage): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escapeHtml(title)}</title>
<style>${PAGE_STYLE}</style>
<main>
<h1>${escapeHtml(title)}</h1>
<p class="lead">${renderHeadline(runs)}</p>
${about === undefined ? '' : renderMarkdown(about)}
<div class="graph">${renderGraph(runs)}</div>
${parts.map(({ heading, markdown }) => `<section class="part"><h2>${escapeHtml(heading)}</h2>\n${renderMarkdown(markdown)}</section>`).join('\n')}
<h2>Runs</h2>
${runs.map(renderRun).join('\n')}
</main>
</html>
`
}

function renderHeadline(runs: readonly RecordedRun[]): string {
  const repositories = new Set(runs.map(({ repository }) => repository)).size
  const good = runs.filter(({ conclusion }) => conclusion === 'success').length
  const count = (number: number, name: string): string => `${number} ${name}${number === 1 ? '' : 's'}`
  return `${count(runs.length, 'run')} in ${repositories} ${repositories === 1 ? 'repository' : 'repositories'}, ${good} of them successful.`
}

function renderRun(run: RecordedRun): string {
  const reasons = run.reasons.length === 0 ? '' : `<ul class="reasons">${run.reasons.map((reason) => `<li>${escapeHtml(reason)}</li>`).join('')}</ul>`
  return `<section class="run" id="run-${run.id}-${run.attempt}">
<h3>${renderState(run.conclusion)} ${escapeHtml(run.repository)} <span class="dim">·</span> ${escapeHtml(run.workflow)}</h3>
<p class="dim">${escapeHtml(run.title)} · ${escapeHtml(run.event)} · ${escapeHtml(run.path)}${run.attempt > 1 ? ` · attempt ${run.attempt}` : ''} · ${seconds(run.durationMs)}</p>
${reasons}
${run.jobs.map(renderJob).join('\n')}
</section>`
}

function renderJob(job: RecordedJob): string {
  const summary = job.summary.trim() === '' ? '' : `<div class="summary"><p class="dim">Summary</p>${renderMarkdown(job.summary)}</div>`
  return `<details class="job"${job.conclusion === 'failure' ? ' open' : ''}><summary>${renderState(job.conclusion)} ${escapeHtml(job.name)} <span class="dim">${seconds(job.durationMs)}</span></summary>
${job.steps.map(renderStep).join('\n')}
</details>${summary}`
}

function renderStep(step: RecordedStep): string {
  const head = `${renderState(step.conclusion)} ${escapeHtml(step.name)}`
  if (step.lines.length === 0) return `<p class="step">${head}</p>`
  return `<details class="step"${step.conclusion === 'failure' ? ' open' : ''}><summary>${head}</summary><pre>${step.lines.map(renderLine).join('\n')}</pre></details>`
}

/** The runner's own marks become styles. */
function renderLine(line: string): string {
  const [, kind, text] = /^##\[(group|endgroup|error|warning|notice|debug)\](.*)$/s.exec(line) ?? []
  if (kind === undefined) return escapeHtml(line)
  return kind === 'endgroup' ? '' : `<span class="${kind}">${escapeHtml(text ?? '')}</span>`
}

const marks: Readonly<Record<string, string>> = { success: '✓', failure: '✗', startup_failure: '✗', cancelled: '!', skipped: '–' }

function renderState(conclusion: string | undefined): string {
  return `<span class="mark ${conclusion ?? 'running'}" title="${escapeHtml(conclusion ?? 'not ended')}">${marks[conclusion ?? ''] ?? '…'}</span>`
}

const seconds = (milliseconds: number): string => `${(milliseconds / 1_000).toFixed(1)} s`
