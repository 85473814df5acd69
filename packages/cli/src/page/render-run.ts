import type { RecordedJob, RecordedRun, RecordedStep } from '../run/record-runs.ts'
import { markOf, renderDuration } from '../run/render-words.ts'
import { escapeHtml } from './escape-html.ts'
import type { FindLink } from './page-links.ts'
import { renderMarkdown } from './render-markdown.ts'

/** A run with its jobs, their steps and logs, and what they say in their summaries. */
export function renderRun(run: RecordedRun, findLink: FindLink): string {
  const about = [run.title, run.event, run.path, ...(run.attempt > 1 ? [`attempt ${run.attempt}`] : []), renderDuration(run.durationMs)]
  return `<section class="run" id="${run.anchor}">
<h3>${renderState(run.conclusion)} ${escapeHtml(run.repository)} <span class="dim">·</span> ${escapeHtml(run.workflow)}</h3>
<p class="dim">${about.map(escapeHtml).join(' · ')}</p>
${renderReasons(run.reasons)}
${run.jobs.map((job) => renderJob(job, findLink)).join('\n')}
</section>`
}

function renderJob(job: RecordedJob, findLink: FindLink): string {
  const time = job.conclusion === 'skipped' ? '' : ` <span class="dim">${renderDuration(job.durationMs)}</span>`
  const head = `${renderState(job.conclusion)} ${escapeHtml(job.name)}${time}`
  const steps =
    job.steps.length === 0
      ? `<p class="job bare">${head}</p>`
      : `<details class="job"${job.conclusion === 'failure' ? ' open' : ''}><summary>${head}</summary>\n${job.steps.map(renderStep).join('\n')}\n</details>`
  const summary =
    job.summary.trim() === ''
      ? ''
      : `<div class="summary"><p class="dim">Summary of ${escapeHtml(job.name)}</p>${renderMarkdown(job.summary, findLink)}</div>`
  return `${steps}${renderReasons(job.problems)}${summary}`
}

function renderReasons(reasons: readonly string[]): string {
  return reasons.length === 0 ? '' : `<ul class="reasons">${reasons.map((reason) => `<li>${escapeHtml(reason)}</li>`).join('')}</ul>`
}

function renderStep(step: RecordedStep): string {
  const head = `${renderState(step.conclusion)} ${escapeHtml(step.name)}`
  if (step.lines.length === 0) return `<p class="step bare">${head}</p>`
  return `<details class="step"${step.conclusion === 'failure' ? ' open' : ''}><summary>${head}</summary><pre>${step.lines.map(renderLine).join('\n')}</pre></details>`
}

/** The runner's own marks become styles. */
function renderLine(line: string): string {
  const [, kind, text] = /^##\[(group|endgroup|error|warning|notice|debug)\](.*)$/s.exec(line) ?? []
  if (kind === undefined) return escapeHtml(line)
  return kind === 'endgroup' ? '' : `<span class="${kind}">${escapeHtml(text ?? '')}</span>`
}

export function renderState(conclusion: string | undefined): string {
  return `<span class="mark ${conclusion ?? 'running'}" title="${escapeHtml(conclusion ?? 'not ended')}">${markOf(conclusion)}</span>`
}
