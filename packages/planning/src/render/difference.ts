import { clip, clipCode, countOf, fitLines, fitTable, joinParts, nameFirst, renderNumber } from '@switchyard/core'
import type { TreeChange, TreeDifference } from '../tree/model.ts'
import { renderConflicts } from './conflicts.ts'
import { linkNumber } from './links.ts'
import { MAX_BODY, MAX_TITLE } from './limits.ts'
import { saySorting } from './sorting.ts'

/** What people know an item by. */
export interface KnownItem {
  readonly title: string
  readonly number: number | undefined
  readonly url: string | undefined
}

export interface DifferenceInput {
  readonly difference: TreeDifference
  /** What is known of a key, of the new plan or of what was applied. */
  find(key: string): KnownItem | undefined
  /** The command that applies it, without `--confirm`. */
  readonly command?: string
  /** Whether the command applies it without being confirmed: nothing is there yet that it could change. */
  readonly isFirst?: boolean
  /** Whether a code block goes below the command again. */
  readonly needsBlock?: boolean
  /** Whether the plan's text differs from the saved one, so that there is something to confirm even where no issue changes. */
  readonly isOtherPlan?: boolean
}

type Kind = TreeChange['kind']
const ORDER = ['create', 'rename', 'edit', 'move', 'place', 'revive', 'drop', 'link', 'unlink', 'sort'] as const satisfies readonly Kind[]
const COUNTED: Readonly<Record<Kind, readonly [one: string, many: string]>> = {
  create: ['new issue', 'new issues'],
  rename: ['rename', 'renames'],
  edit: ['edit', 'edits'],
  move: ['move', 'moves'],
  place: ['new place', 'new places'],
  revive: ['re-opened', 're-opened'],
  drop: ['closed', 'closed'],
  link: ['new dependency', 'new dependencies'],
  unlink: ['dependency less', 'dependencies less'],
  sort: ['change of labels, milestone or assignees', 'changes of labels, milestone or assignees'],
}
const SIGNS: Readonly<Record<Kind, string>> = {
  create: '➕ create',
  rename: '🏷️ rename',
  edit: '✏️ edit',
  move: '↪️ move',
  place: '↕️ place',
  revive: '♻️ re-open',
  drop: '🗑️ close',
  link: '🔗 block',
  unlink: '✂️ unblock',
  sort: '🔖 sort',
}

const OTHER_PLAN = 'The issues stay as they are; the plan’s text is another one than the saved one, and would be saved in its place.'

/** What a changed plan would change in the issues, and the words that confirm exactly that. At most 60,000 units. */
export function renderDifference(input: DifferenceInput): string {
  const { isOtherPlan = false } = input
  const { changes, conflicts } = input.difference
  if (changes.length + conflicts.length === 0 && !isOtherPlan) {
    return '✅ The issues are as the plan wants them: there is nothing to change.'
  }
  const sorted = ORDER.flatMap((kind) => changes.filter((change) => change.kind === kind))
  const counts = ORDER.map((kind) => [kind, sorted.filter((change) => change.kind === kind).length] as const).filter(
    ([, count]) => count > 0,
  )
  const words = counts.map(([kind, count]) => `${renderNumber(count)} ${COUNTED[kind][count === 1 ? 0 : 1]}`)
  const rows = sorted.map((change) => rowOf(change, { ...input, find: finderOf(input) }))
  const table = fitTable({ head: ['Change', 'Issue', 'What'], rows, max: MAX_BODY - 26_000 })
  return joinParts([
    headOf(input, words),
    changes.length === 0 && !isOtherPlan ? '' : 'Nothing has changed yet.',
    changes.length === 0 ? (isOtherPlan ? OTHER_PLAN : '') : table,
    sorted.some(({ kind }) => kind === 'rename') ? RENAMES : '',
    renderUnsure(input.difference.unsure),
    renderLeft(input),
    sorted.some(({ kind }) => kind === 'drop') ? 'What is closed is closed as not planned; nothing is deleted.' : '',
    conflicts.length === 0
      ? ''
      : `#### ${countOf(conflicts.length, 'conflict')}, left as ${conflicts.length === 1 ? 'it is' : 'they are'}\n\n${renderConflicts(withNames(input), 10_000)}`,
    changes.length === 0 && !isOtherPlan ? '' : renderConfirm(input),
  ])
}

/** What is renamed has its issue already, which is known by the old key. */
function finderOf({ difference: { changes }, find }: DifferenceInput): DifferenceInput['find'] {
  const renames = new Map(changes.flatMap((change) => (change.kind === 'rename' ? [[change.issue.key, change] as const] : [])))
  return (key) => {
    const known = find(key)
    const rename = known?.number === undefined ? renames.get(key) : undefined
    return rename === undefined ? known : { title: rename.issue.title, number: rename.number, url: find(rename.from)?.url }
  }
}

function headOf({ difference: { changes, conflicts }, isOtherPlan = false }: DifferenceInput, words: readonly string[]): string {
  if (changes.length > 0) return `### ${countOf(changes.length, 'change')}: ${words.join(', ')}`
  if (isOtherPlan) return '### The plan’s text alone'
  return `### Nothing to apply: ${countOf(conflicts.length, 'conflict')} to settle by hand`
}

const RENAMES =
  'A rename means: it is the same issue under another title. Is it another piece of work? Give the new one an id of its own, as in `### Task: New title {#new-id}`; then the old issue is closed and another one made.'

function renderUnsure(unsure: TreeDifference['unsure']): string {
  if (unsure.length === 0) return ''
  const lines = unsure.map(({ level, removed, added }) => `- ${level}: ${codes(removed)} → ${codes(added)}`)
  const [first] = unsure
  const example = clipCode(`${first?.level === 'story' ? '##' : '###'} … {#${first?.removed[0] ?? 'id'}}`, 80)
  return joinParts([
    'These may be renames, but which became which cannot be told: as it stands, the old issues are closed and others made. Is one of them the same piece of work? Give it the old id in the plan, as in ' +
      `${example}, and it keeps its issue.`,
    fitLines(lines, 4_000, (more) => `- and ${renderNumber(more)} more`).join('\n'),
  ])
}

function codes(keys: readonly string[]): string {
  return nameFirst(
    keys.map((key) => clipCode(key, 80)),
    10,
  )
}

function renderLeft({ difference, find }: DifferenceInput): string {
  if (difference.left.length === 0) return ''
  const lines = difference.left.map(({ key, number, title }) => `- ${nameOf({ title, number, url: find(key)?.url })}`)
  const list = fitLines(lines, 4_000, (more) => `- and ${renderNumber(more)} more`).join('\n')
  return `The plan no longer has these, and somebody closed them already: they stay as they are, and count no more.\n\n${list}`
}

function renderConfirm({ difference, command = '/plan sync', needsBlock = false, isFirst = false }: DifferenceInput): string {
  if (isFirst) return `To make them, comment ${clipCode(command, 500)}.`
  const confirm = clipCode(`${command} --confirm ${difference.hash}`, 500)
  const block = needsBlock ? ', with the same code block below it' : ''
  return `To apply exactly this, comment ${confirm}${block}. If anything changes meanwhile, it is refused and shown anew.`
}

function withNames({ difference, find }: DifferenceInput) {
  return difference.conflicts.map((conflict) => ({
    ...conflict,
    title: find(conflict.key)?.title ?? conflict.key,
    url: find(conflict.key)?.url,
  }))
}

function rowOf(change: TreeChange, { find }: DifferenceInput): readonly string[] {
  const sign = SIGNS[change.kind]
  const known = (key: string): string => {
    const item = find(key)
    return item === undefined ? clipCode(key, 80) : nameOf(item)
  }
  const numbered = (key: string, number: number, title: string): string => nameOf({ title, number, url: find(key)?.url })
  switch (change.kind) {
    case 'create': {
      const { title, level, parent } = change.issue
      return [sign, clip(title, MAX_TITLE), parent === undefined ? level : `${level} below ${known(parent)}`]
    }
    case 'edit': {
      const old = find(change.issue.key)?.title ?? change.issue.title
      const isTitled = change.parts.includes('title')
      const parts = [isTitled ? `title, to ${clip(change.issue.title, MAX_TITLE)}` : '', change.parts.includes('section') ? 'text' : '']
      return [sign, numbered(change.issue.key, change.number, old), parts.filter((part) => part !== '').join('; ')]
    }
    case 'move':
      return [
        sign,
        known(change.key),
        `${change.from === undefined ? 'from the top' : `from ${known(change.from)}`} to ${change.to === undefined ? 'the top' : known(change.to)}`,
      ]
    case 'place':
      return [sign, known(change.key), change.after === undefined ? 'to the beginning' : `after ${known(change.after)}`]
    case 'rename': {
      const old = find(change.from)?.title ?? change.from
      const ids = `${clipCode(change.from, 80)} → ${clipCode(change.issue.key, 80)}`
      const text = change.parts.includes('section') ? '; text' : ''
      return [sign, numbered(change.from, change.number, old), `to ${clip(change.issue.title, MAX_TITLE)} (${ids})${text}`]
    }
    case 'drop':
      return [sign, numbered(change.key, change.number, change.title), 'the plan no longer has it']
    case 'revive':
      return [sign, numbered(change.issue.key, change.number, change.issue.title), 'the plan has it again']
    case 'link':
      return [sign, known(change.key), `waits for ${known(change.blocker)}`]
    case 'unlink':
      return [sign, known(change.key), `waits no longer for ${known(change.blocker)}`]
    case 'sort':
      return [sign, countOf(change.numbers.length, 'issue'), saySorting(change)]
  }
}

function nameOf({ title, number, url }: KnownItem): string {
  return number === undefined ? clip(title, MAX_TITLE) : `${linkNumber(number, url)} ${clip(title, MAX_TITLE)}`
}
