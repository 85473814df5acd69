import { clip, inlineCode } from '@switchyard/core'
import type { Step } from '../release/find-step.ts'
import { renderBar } from './bar.ts'
import { renderFailed } from './failures.ts'
import { type HistoryUrl, linkHistory } from './history-link.ts'
import { keyOfBox } from './keys.ts'
import type { BoardCustomer } from './rows.ts'
import { byCategory, CATEGORY_NAMES, markOf, SIGNS } from './signs.ts'

const MAX_CUSTOMER = 80
const BAR = 10

export interface ListStyle {
  /** A step's name as Markdown. */
  nameOf(name: string): string
  /** Whether steps are boxes: those of an archived release are not. */
  readonly hasBoxes: boolean
  /** Whether runs that failed are linked to, or told only. */
  readonly hasLinks: boolean
  readonly historyUrl?: HistoryUrl | undefined
}

/** What a customer is headed with, wherever it is. */
export function renderHeading(customer: BoardCustomer, historyUrl?: HistoryUrl): string {
  const { name, address, counts } = customer
  const history = linkHistory('who did what', customer, historyUrl)
  const parts = [clip(name, MAX_CUSTOMER), inlineCode(address), inlineCode(renderBar(counts, BAR)), history]
  return `#### ${parts.filter((part) => part !== '').join(' · ')}`
}

/** One customer's steps as a task list, deploy and verify apart. Only what is done is ticked. */
export function renderList(customer: BoardCustomer, style: ListStyle): string {
  const lists = byCategory(customer.steps).map(([category, steps]) =>
    [`**${CATEGORY_NAMES[category]}**`, '', ...steps.map((step) => renderLine(step, customer, style))].join('\n'),
  )
  return [renderHeading(customer, style.historyUrl), ...lists].join('\n\n')
}

function renderLine(step: Step, { address, failed }: BoardCustomer, { nameOf, hasBoxes, hasLinks }: ListStyle): string {
  const { id, status } = step
  const key = keyOfBox({ address, step: id })
  const name = nameOf(step.text.name)
  const struck = status === 'skipped' && name !== '' ? `~~${name}~~` : name
  const isGone = !step.hasTemplate && step.source !== 'custom'
  const run = failed.get(id)
  const words = [
    run === undefined ? '' : renderFailed(run, { isLinked: hasLinks }),
    markOf(step),
    struck,
    isGone ? '(no longer in the template)' : '',
  ]
  const known = words.filter((word) => word !== '').join(' ')
  if (!hasBoxes) return `- ${SIGNS[status]} ${known} ${key.replace(/ <!--.*$/, '')}`
  // The box itself says what is done and what is to do; only the other two need a sign.
  const sign = status === 'skipped' || status === 'reverted' ? `${SIGNS[status]} ` : ''
  return `- [${status === 'done' ? 'x' : ' '}] ${sign}${known} ${key}`
}
