import {
  clip,
  clipWords,
  countOf,
  fitLines,
  fitTable,
  inlineCode,
  joinParts,
  mermaidLabel,
  renderMermaid,
  renderNumber,
} from '@switchyard/core'
import type { IdeaStatus } from '../idea/status.ts'
import { renderBar, renderShare, renderSkipped } from './bar.ts'
import type { Item } from './items.ts'
import { MAX_TITLE } from './limits.ts'
import { decideProgress, type PlanProgress } from './progress.ts'
import { renderSteps } from './steps.ts'
import { renderBlockers, renderGone, renderItem, renderLoose } from './tree.ts'

export interface StatusInput {
  readonly title: string
  readonly status: IdeaStatus
  readonly items: readonly Item[]
  /** Why GitHub could not be asked, and what to do: the issues are as they were known last. undefined: it was asked. */
  readonly unseen?: string | undefined
}

const MAX_READY = 10
/** A longer chain is listed only: nobody reads its drawing. */
const MAX_DRAWN = 12
/** More of them side by side are drawn too small to be read; they go downwards. */
const MAX_BESIDE = 5

/** How far the plan is, what waits for what, and what decides how long it takes. At most 60,000 units. */
export function renderStatus({ title, status, items, unseen }: StatusInput): string {
  const progress = decideProgress(items)
  const { counts, dropped, skipped, isFinished } = progress
  const left = dropped === 0 ? '' : ` · ${countOf(dropped, 'issue')} no longer in the plan`
  return joinParts([
    `### ${clip(title, MAX_TITLE)}`,
    renderSteps(status),
    unseen === undefined ? '' : `⚠️ ${clipWords(unseen, 1_000)} So this is how the issues were known last, not as they are now.`,
    counts.total === 0
      ? `There is nothing to do in it${skipped === 0 ? ' yet' : ''}.${renderSkipped(skipped)}`
      : `\`${renderBar(counts)}\` · **${renderShare(counts)}**${renderSkipped(skipped)}${left}${isFinished ? ' · 🏁 finished' : ''}`,
    renderGone(progress),
    renderStories(progress),
    renderLoose(progress, 5_000),
    renderReady(progress),
    renderBlocked(progress),
    renderCritical(progress),
  ])
}

function renderStories({ groups }: PlanProgress): string {
  if (groups.length === 0) return ''
  const rows = groups.map(({ item, counts, tasks }) => [
    renderItem(item),
    inlineCode(renderBar(counts, 10)),
    tasks.length === 0 ? 'no tasks' : renderShare(counts),
  ])
  return fitTable({ head: ['Story', 'Progress', 'Tasks'], rows, max: 20_000 })
}

function renderReady({ ready, counts }: PlanProgress): string {
  if (counts.done === counts.total) return ''
  if (ready.length === 0) return 'Nothing can be begun: every open task waits for another.'
  const more = ready.length - MAX_READY
  const names = ready.slice(0, MAX_READY).map((item) => `- ${renderItem(item)}`)
  return `#### Can be begun now\n\n${[...names, ...(more > 0 ? [`- and ${more} more`] : [])].join('\n')}`
}

function renderBlocked({ blocked }: PlanProgress): string {
  if (blocked.length === 0) return ''
  const rows = blocked.map(({ item, blockers }) => [renderItem(item), renderBlockers(blockers)])
  return `#### Blocked: ${renderNumber(blocked.length)}\n\n${fitTable({ head: ['Blocked', 'Waits for'], rows, max: 15_000 })}`
}

function renderCritical({ critical }: PlanProgress): string {
  if (critical.length === 0) return ''
  const lines = critical.map((item, at) => `${at + 1}. ${renderItem(item)}`)
  const list = fitLines(lines, 12_000, (left) => `\nand ${left} more.`).join('\n')
  const drawn = critical.length > MAX_DRAWN ? '' : drawChain(critical)
  return joinParts([
    `#### Critical path: ${countOf(critical.length, 'task')}`,
    'The longest chain of open tasks in which each waits for the one before.',
    drawn,
    list,
  ])
}

function drawChain(chain: readonly Item[]): string {
  const nodes = chain.map(({ title, number }, at) => `  t${at}[${mermaidLabel([title, number === undefined ? '' : `#${number}`], 40)}]`)
  return renderMermaid([`graph ${chain.length > MAX_BESIDE ? 'TD' : 'LR'}`, ...nodes, `  ${chain.map((_, at) => `t${at}`).join(' --> ')}`])
}
