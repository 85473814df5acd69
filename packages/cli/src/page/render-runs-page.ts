import type { RecordedRun } from '../run/record-runs.ts'
import { renderDuration } from '../run/render-words.ts'
import { escapeHtml } from './escape-html.ts'
import { linksOf, runAnchor } from './page-links.ts'
import { renderGraph } from './render-graph.ts'
import { renderMarkdown } from './render-markdown.ts'
import { renderRun, renderState } from './render-run.ts'
import { PAGE_STYLE } from './style.ts'

export interface RunsPage {
  readonly title: string
  readonly runs: readonly RecordedRun[]
  /** Further parts: a heading and Markdown. */
  readonly parts?: readonly { readonly heading: string; readonly markdown: string }[]
}

/** Runs as one page that opens without a network: which started which, how each ended, every job's steps, logs and summary. */
export function renderRunsPage({ title, runs, parts = [] }: RunsPage): string {
  const findLink = linksOf(runs)
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
<div class="graph">${renderGraph(runs)}</div>
${renderTable(runs)}
${parts.map(({ heading, markdown }) => `<section class="part"><h2>${escapeHtml(heading)}</h2>\n${renderMarkdown(markdown, findLink)}</section>`).join('\n')}
${runs.length === 0 ? '' : '<h2>Jobs and logs</h2>'}
${runs.map((run) => renderRun(run, findLink)).join('\n')}
</main>
</html>
`
}

function renderHeadline(runs: readonly RecordedRun[]): string {
  if (runs.length === 0) return 'No workflow ran.'
  const count = (number: number, one: string, many: string): string => `${number} ${number === 1 ? one : many}`
  const repositories = new Set(runs.map(({ repository }) => repository)).size
  const conclusions = Map.groupBy(runs, ({ conclusion }) => conclusion ?? 'not ended')
  const ends = [...conclusions].map(([conclusion, { length }]) => `<span class="${conclusion}">${length} ${conclusion.replace('_', ' ')}</span>`)
  return `${count(runs.length, 'run', 'runs')} in ${count(repositories, 'repository', 'repositories')}: ${ends.join(', ')}`
}

function renderTable(runs: readonly RecordedRun[]): string {
  if (runs.length === 0) return ''
  const rows = runs.map((run) => {
    const jobs = run.jobs.map(({ name, conclusion }) => `<span title="${escapeHtml(name)}">${renderState(conclusion)}</span>`).join('')
    const attempt = run.attempt > 1 ? ` <span class="dim">attempt ${run.attempt}</span>` : ''
    return `<tr><td>${renderState(run.conclusion)}</td><td>${escapeHtml(run.repository)}</td><td><a href="#${runAnchor(run)}">${escapeHtml(run.workflow)}</a>${attempt}</td>` +
      `<td>${escapeHtml(run.event)}</td><td class="title">${escapeHtml(run.title)}</td><td class="jobs">${jobs}</td><td class="time">${renderDuration(run.durationMs)}</td></tr>`
  })
  const head = ['', 'Repository', 'Workflow', 'Event', 'Title', 'Jobs', 'Time'].map((name) => `<th>${name}</th>`).join('')
  return `<h2>Runs</h2>\n<table class="runs"><thead><tr>${head}</tr></thead>\n<tbody>${rows.join('\n')}</tbody></table>`
}
