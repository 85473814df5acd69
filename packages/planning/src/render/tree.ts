import { clip, countOf, escapeHtml, fitLines, joinParts, nameFirst, renderNumber, truncate } from '@switchyard/core'
import { renderBar, renderShare, renderSkipped } from './bar.ts'
import { linkNumber } from './links.ts'
import type { Item } from './items.ts'
import { MAX_TITLE } from './limits.ts'
import type { Group, PlanProgress } from './progress.ts'

const BAR = 10
const SIGNS = { planned: '', open: '⬜', done: '✅', skipped: '🚫', gone: '🕳️', dropped: '🗑️' } as const
const BLOCKED = '⛔'

/** `Title #12`, linked where it has an issue. */
export function renderItem({ title, number, url, state }: Pick<Item, 'title' | 'number' | 'url'> & Partial<Pick<Item, 'state'>>): string {
  if (number === undefined) return clip(title, MAX_TITLE)
  return `${clip(title, MAX_TITLE)} ${renderNumberOf({ number, url })}${state === 'gone' ? ' · gone' : ''}`
}

/** What became of issues that are no longer there, and the way on. Nothing where all are. */
export function renderGone({ gone }: PlanProgress): string {
  if (gone.length === 0) return ''
  const one = gone.length === 1
  const names = nameFirst(gone.map(renderNumberOf), MAX_BLOCKERS)
  return (
    `🕳️ **Gone:** ${names} ${one ? 'was' : 'were'} deleted, or moved to another repository. ` +
    `Take ${one ? 'it' : 'them'} out of the plan, or give ${one ? 'it' : 'each'} another id there, as in \`{#new-id}\`, so that ` +
    `${one ? 'it is' : 'they are'} made anew; then sync. For an epic only a new id will do.`
  )
}

/** `#12` as a link; what has no issue has no number. */
export function renderNumberOf({ number, url }: Pick<Item, 'number' | 'url'>): string {
  return number === undefined ? '' : linkNumber(number, url)
}

/**
 * The plan's tree in at most `max` units: the top with its bar, each story folded with its tasks. As many stories as fit are shown whole;
 * then stories alone, then how many more there are.
 */
export function renderTree(progress: PlanProgress, max: number): string {
  const { tops, groups, counts, skipped } = progress
  const isMade = tops.some(({ number }) => number !== undefined)
  const standing = isMade ? `\`${renderBar(counts)}\` · **${renderShare(counts)}**${renderSkipped(skipped)}` : `**${countWords(progress)}**`
  const head = joinParts([...tops.slice(0, 3).map((top) => `**${renderItem(top)}**`), standing, renderGone(progress)])
  const blockers = new Map(progress.blocked.map(({ item, blockers }) => [item.key, blockers]))
  const alone = renderLoose(progress, Math.floor(max / 4))
  const room = max - head.length - alone.length - 4
  return joinParts([head, alone, fitGroups(groups, { max: room, isMade, blockers })]).trimEnd()
}

/** Tasks whose parents did not take them, in at most `max` units; none: nothing. */
export function renderLoose({ loose, blocked }: PlanProgress, max: number): string {
  if (loose.length === 0) return ''
  const blockers = new Map(blocked.map(({ item, blockers }) => [item.key, blockers]))
  const lines = loose.map((task) => renderTask(task, { isMade: true, blockers }))
  const head = `⚠️ ${countOf(loose.length, 'task')} under no story, since GitHub did not take them there. Make room, and sync again:`
  return `${head}\n\n${fitLines(lines, max, (more) => `- and ${renderNumber(more)} more`).join('\n')}`
}

interface Style {
  readonly max: number
  /** Whether there are issues: before, nothing is done or to do. */
  readonly isMade: boolean
  readonly blockers: ReadonlyMap<string, readonly Item[]>
}

const REST = 200

function fitGroups(groups: readonly Group[], style: Style): string {
  const short = groups.map((group) => `- ${renderItem(group.item)} · ${standingOf(group, style)}`)
  const left = short.reduceRight<number[]>((sums, line) => [line.length + 1 + (sums[0] ?? 0), ...sums], [0])
  const parts: string[] = []
  let room = style.max - REST
  let at = 0
  for (; at < groups.length; at += 1) {
    const group = groups[at]
    if (group === undefined) break
    // What follows must have its line, at least; a story that is too long itself gives way.
    const part = renderGroup(group, { ...style, max: Math.max(1_500, room - (left[at + 1] ?? 0)) })
    if (part.length + 2 + Math.min(left[at + 1] ?? 0, style.max / 4) > room) break
    parts.push(part)
    room -= part.length + 2
  }
  const rest = fitLines(short.slice(at), Math.max(REST, room), (more) => `- and ${renderNumber(more)} more`)
  const told = at < groups.length ? 'The tasks of these do not fit here; their issues list them:' : ''
  return joinParts([...parts, told, rest.join('\n')])
}

function renderGroup(group: Group, style: Style): string {
  const { item, tasks } = group
  const summary = `<b>${escapeHtml(truncate(item.title, MAX_TITLE))}</b> · ${htmlStanding(group, style)}`
  const lines = tasks.map((task) => renderTask(task, style))
  const own = item.number === undefined ? '' : `Story ${renderNumberOf(item)}`
  const frame = summary.length + own.length + 60
  const body = fitLines(lines, style.max - frame, (more) => `- and ${renderNumber(more)} more`).join('\n')
  return `<details>\n<summary>${summary}</summary>\n\n${joinParts([own, body])}\n\n</details>`
}

function renderTask(task: Item, { isMade, blockers }: Omit<Style, 'max'>): string {
  const waits = task.state !== 'open' && task.state !== 'planned' ? [] : (blockers.get(task.key) ?? [])
  const sign = isMade ? (waits.length > 0 && task.state === 'open' ? BLOCKED : SIGNS[task.state]) : ''
  const after = waits.length === 0 ? '' : ` · after ${renderBlockers(waits)}`
  return `- ${sign === '' ? '' : `${sign} `}${renderItem(task)}${after}`
}

const MAX_BLOCKERS = 5

/** By number where there are issues, else by title. */
export function renderBlockers(blockers: readonly Item[]): string {
  const names = blockers.map((item) => (item.number === undefined ? clip(item.title, 60) : renderNumberOf(item)))
  return nameFirst(names, MAX_BLOCKERS)
}

function standingOf(group: Group, { isMade }: Style): string {
  return isMade ? `\`${renderBar(group.counts, BAR)}\` · ${renderShare(group.counts)}` : taskCount(group)
}

function htmlStanding(group: Group, { isMade }: Style): string {
  return isMade ? `<code>${renderBar(group.counts, BAR)}</code> · ${renderShare(group.counts)}` : taskCount(group)
}

function taskCount({ tasks }: Group): string {
  return countOf(tasks.length, 'task')
}

function countWords({ groups }: PlanProgress): string {
  const tasks = groups.reduce((total, group) => total + group.tasks.length, 0)
  return `${countOf(groups.length, 'story', 'stories')} · ${countOf(tasks, 'task')}`
}
