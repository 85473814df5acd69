import { clip, fitTable, inlineCode, renderTime } from '@switchyard/core'
import { renderStanding } from '../board/bar.ts'
import { MAX_BODY } from '../board/plan-pages.ts'
import { byCategory, CATEGORY_NAMES, markOf, SIGNS } from '../board/signs.ts'
import { addressOf } from '../model.ts'
import { type Step, stepsOf } from '../release/find-step.ts'
import type { CustomerState, ReleaseState } from '../release/records/state.ts'
import type { Counts } from '../release/views/progress.ts'
import { renderUrl } from './show.ts'

export interface CustomerInput {
  readonly release: ReleaseState
  readonly customer: CustomerState
  readonly address: string
}

/** Everything of one customer: each step with who did it, when, and what was said. */
export function renderCustomer({ release, customer, address }: CustomerInput): string {
  const steps = stepsOf(release, customer)
  const counts = countSteps(steps)
  const name = release.customers.find((each) => addressOf(each) === address)?.name ?? ''
  const head = `### ${[clip(name, 200), inlineCode(address)].filter((part) => part !== '').join(' · ')}\n\n${renderStanding(counts)}`
  const groups = byCategory(steps)
  const room = Math.floor((MAX_BODY - head.length - 200) / Math.max(1, groups.length))
  const tables = groups.map(([category, members]) => {
    return fitTable({ head: ['', CATEGORY_NAMES[category], 'Step', 'When', 'By', 'Said'], rows: members.map(rowOf), max: room })
  })
  return [head, ...tables].join('\n\n')
}

function rowOf(step: Step): readonly string[] {
  const { id, status, text, cell } = step
  const gone = step.hasTemplate || step.source === 'custom' ? '' : ' (no longer in the template)'
  const said = [cell?.skip_reason, cell?.notes].filter((words) => typeof words === 'string' && words !== '').join(' · ')
  const run = cell?.last_run ? ` ${renderUrl(cell.last_run.url)} (exit code ${cell.last_run.exit_code})` : ''
  const begun = step.begun ? ` ${renderUrl(step.begun.url)} (its end is not recorded)` : ''
  const when = cell?.executed_at ?? null
  return [
    SIGNS[status],
    `${clip(text.name, 160)} ${markOf(step)}${gone}`.trim(),
    inlineCode(id),
    when === null ? '' : renderTime(when),
    clip(cell?.executed_by ?? '', 100),
    `${clip(said, 300)}${run}${begun}`.trim(),
  ]
}

function countSteps(steps: readonly Step[]): Counts {
  const count = (status: Step['status']): number => steps.filter((step) => step.status === status).length
  return { done: count('done'), skipped: count('skipped'), reverted: count('reverted'), pending: count('pending'), total: steps.length }
}
