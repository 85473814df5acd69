import type { RecordedRun } from '../run/record-runs.ts'
import { renderDuration } from '../run/render-words.ts'
import { escapeHtml } from './escape-html.ts'
import { linksOf } from './page-links.ts'
import { renderGraph } from './render-graph.ts'
import { renderMarkdown } from './render-markdown.ts'
import { renderRun, renderState } from './render-run.ts'

/** Runs that belong together, and what is said of them. */
export interface Chapter {
  /** Its place on the page. */
  readonly id: string
  readonly title: string
  /** What happens, in a sentence. */
  readonly lead?: string
  readonly runs: readonly RecordedRun[]
  /** Further parts: a heading and Markdown. */
  readonly parts?: readonly { readonly heading: string; readonly markdown: string }[]
}

/** What ran and what started what, then what is told, then every job's steps, logs and summary. */
export function renderChapter({ lead, runs, parts = [] }: Omit<Chapter, 'id' | 'title'>): string {
  const findLink = linksOf(runs)
  return `${lead === undefined ? '' : `<p>${escapeHtml(lead)}</p>\n`}<p class="lead">${renderHeadline(runs)}</p>
<div class="graph">${renderGraph(runs)}</div>
${renderTable(runs)}
${parts.map(({ heading, markdown }) => `<section class="part"><h3>${escapeHtml(heading)}</h3>\n<div class="said">${renderMarkdown(markdown, findLink)}</div></section>`).join('\n')}
${runs.length === 0 ? '' : '<h3>Jobs and logs</h3>'}
${runs.map((run) => renderRun(run, findLink)).join('\n')}`
}

function renderHeadline(runs: readonly RecordedRun[]): string {
  if (runs.length === 0) return 'No workflow ran.'
  const count = (number: number, one: string, many: string): string => `${number} ${number === 1 ? one : many}`
  const repositories = new Set(runs.map(({ repository }) => repository)).size
  const conclusions = Map.groupBy(runs, ({ conclusion }) => conclusion ?? 'not ended')
  const ends = [...conclusions].map(
    ([conclusion, { length }]) => `<span class="${conclusion}">${length} ${conclusion.replace('_', ' ')}</span>`,
  )
  return `${count(runs.length, 'run', 'runs')} in ${count(repositories, 'repository', 'repositories')}: ${ends.join(', ')}`
}

function renderTable(runs: readonly RecordedRun[]): string {
  if (runs.length === 0) return ''
  const rows = runs.map((run) => {
    const jobs = run.jobs.map(({ name, conclusion }) => `<span title="${escapeHtml(name)}">${renderState(conclusion)}</span>`).join('')
    const attempt = run.attempt > 1 ? ` <span class="dim">attempt ${run.attempt}</span>` : ''
    return (
      `<tr><td>${renderState(run.conclusion)}</td><td>${escapeHtml(run.repository)}</td><td><a href="#${run.anchor}">${escapeHtml(run.workflow)}</a>${attempt}</td>` +
      `<td>${escapeHtml(run.event)}</td><td class="title">${escapeHtml(run.title)}</td><td class="jobs">${jobs}</td><td class="time">${renderDuration(run.durationMs)}</td></tr>`
    )
  })
  const head = ['', 'Repository', 'Workflow', 'Event', 'Title', 'Jobs', 'Time'].map((name) => `<th>${name}</th>`).join('')
  return `<h3>Runs</h3>\n<table class="runs"><thead><tr>${head}</tr></thead>\n<tbody>${rows.join('\n')}</tbody></table>`
}
