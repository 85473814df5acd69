import type { Place } from '@switchyard/core'
import { renderHeadline } from './headline.ts'
import { isHidden, targetName, workflowName } from './privacy.ts'
import type { Report, TargetResult } from './results.ts'

export interface Annotation {
  readonly level: 'error' | 'warning' | 'notice'
  readonly title: string
  readonly message: string
  readonly place?: Place
}

/** The runner keeps ten of each level. */
const MAX_ANNOTATIONS = 10

/** One line in the run's page for each target that needs somebody, the gravest first. */
export function renderAnnotations({ results, place }: Report): readonly Annotation[] {
  const failed = results.filter(({ outcome }) => outcome === 'failed').map((result) => annotate(result, 'error', place))
  const denied = results.filter(({ outcome }) => outcome === 'denied').map((result) => annotate(result, 'warning', place))
  return [...failed.slice(0, MAX_ANNOTATIONS), ...denied.slice(0, MAX_ANNOTATIONS)]
}

function annotate({ target, refusal }: TargetResult, level: Annotation['level'], place: Report['place']): Annotation {
  const words = isHidden(target, place) || !refusal ? '' : `${refusal.message} ${refusal.hint}${refusal.lines ? `\n${refusal.lines}` : ''}`
  return { level, title: `${targetName(target, place)}: ${refusal?.reason ?? level}`, message: words || (refusal?.reason ?? level) }
}

/** The run told in plain lines, for the log. */
export function renderStory(report: Report): readonly string[] {
  const { source, results, place } = report
  const lines = results.map((result) => {
    const workflow = workflowName(result.target, place)
    const to = `${targetName(result.target, place)}${workflow === undefined ? '' : ` · ${workflow}`}`
    return `${result.outcome.padEnd(10)} ${to}${result.refusal ? ` · ${result.refusal.reason}` : ''}`
  })
  return [`Run ${source.run_id} of ${source.repository}: ${renderHeadline(report)}`, ...lines]
}
