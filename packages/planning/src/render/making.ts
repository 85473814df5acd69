import { clipWords, countOf, fitLines, fitTable, inlineCode, joinParts, joinSentences, renderTime } from '@switchyard/core'
import { type Counts, renderBar } from './bar.ts'
import { linksOf, linkTo } from './links.ts'
import type { Item } from './items.ts'
import { MAX_BODY, MAX_SAID } from './limits.ts'
import { decideProgress } from './progress.ts'
import { renderItem, renderNumberOf } from './tree.ts'
import { type Conflict, renderConflicts } from './conflicts.ts'

/** `12 of 27 issues` with a bar: stands below the card while they are made, written with each batch. */
export function renderCreation({ done, total }: Counts): string {
  const words = `${done} of ${countOf(total, 'issue')}`
  const head = done >= total ? '✅ **The issues are made.**' : '⏳ **Making the issues…**'
  return `${head}\n\n\`${renderBar({ done, total })}\` · ${words}\n`
}

export interface MadeInput {
  readonly kind: 'materialised' | 'synced'
  /** Where the issues are. */
  readonly target: { readonly repository: string; readonly url: string }
  readonly items: readonly Item[]
  /** undefined: an earlier run did it, and how much it did is not known any more. */
  readonly created: number | undefined
  readonly changed: number | undefined
  readonly conflicts: readonly Conflict[]
  /** What GitHub left out without a word, or what was mended on the way, a sentence each; not yet escaped. */
  readonly notes: readonly string[]
}

/** The plan's issues are what it wants: where they are, and what is to be looked at. */
export function renderMade({ kind, target, items, created, changed, conflicts, notes }: MadeInput): string {
  const { tops, groups } = decideProgress(items)
  const did = [
    created !== undefined && created > 0 ? `${countOf(created, 'issue')} made` : '',
    changed !== undefined && changed > 0 ? `${countOf(changed, 'issue')} changed` : '',
    conflicts.length > 0 ? `${countOf(conflicts.length, 'conflict')} left alone` : '',
  ].filter((part) => part !== '')
  const outcome = did.length > 0 ? `: ${did.join(', ')}` : created === undefined ? '' : ': everything was so already'
  const head = kind === 'materialised' ? '### ✅ The plan is made' : '### ✅ The issues follow the plan'
  const rows = groups.map(({ item, tasks }) => [renderItem(item), String(tasks.length), rangeOf(tasks)])
  const table = rows.length === 0 ? '' : fitTable({ head: ['Story', 'Tasks', 'Issues'], rows, max: MAX_BODY / 2 })
  return joinParts([
    `${head}${outcome}`,
    tops.length === 0 ? '' : `${tops.slice(0, 3).map(renderItem).join(', ')} in ${linkTo(target.repository, target.url)}`,
    table,
    conflicts.length === 0 ? '' : `#### Left alone\n\n${renderConflicts(conflicts, 10_000)}`,
    notes.length === 0 ? '' : ['#### To be looked at', '', ...fitNotes(notes, linksOf(items))].join('\n'),
    `Next: ${inlineCode('/plan status')} tells how far it is; ${inlineCode('/plan sync')} takes a changed plan.`,
  ])
}

/** `#12 … #31`, from the least to the greatest: the plan's order may be another than the one in which they were made. */
function rangeOf(tasks: readonly Item[]): string {
  const made = tasks.filter(({ number }) => number !== undefined).sort((left, right) => Number(left.number) - Number(right.number))
  const [first, last] = [made[0], made.at(-1)]
  if (first === undefined || last === undefined) return '—'
  return first === last ? renderNumberOf(first) : `${renderNumberOf(first)} … ${renderNumberOf(last)}`
}

function fitNotes(notes: readonly string[], linkOf: ReturnType<typeof linksOf>): readonly string[] {
  const lines = notes.map((note) => `- ${clipWords(note, MAX_SAID, linkOf)}`)
  return fitLines(lines, 10_000, (left) => `- and ${left} more`)
}

export interface StoppedInput extends Counts {
  /** What was asked for. */
  readonly kind: MadeInput['kind']
  /** What somebody has to mend; undefined: the sweep goes on by itself. */
  readonly error: { readonly code: string; readonly message: string; readonly hint: string } | undefined
  /** When GitHub's hour, which is used up, has room again; ms since the epoch. */
  readonly resumesAt?: number | undefined
  /** What stopped it, where that was not the hour; not yet escaped. */
  readonly why?: string | undefined
}

const STOPPED: Readonly<Record<StoppedInput['kind'], { readonly command: string; readonly verb: string }>> = {
  materialised: { command: '/plan materialise', verb: 'made' },
  synced: { command: '/plan sync', verb: 'changed' },
}

/** The work stopped before its end: what is there, and who goes on. */
export function renderStopped({ kind, done, total, error, resumesAt, why }: StoppedInput): string {
  const { command, verb } = STOPPED[kind]
  const standing = `\`${renderBar({ done, total })}\` · ${done} of ${countOf(total, 'issue')}`
  const kept = 'What is made stays, and is not made again.'
  if (error === undefined) {
    const when = resumesAt === undefined ? 'the next sweep' : `the first sweep after ${renderTime(resumesAt)}`
    return joinParts([
      resumesAt === undefined ? `### ⏸️ The issues are not all ${verb} yet` : '### ⏸️ GitHub’s limit for this hour is reached',
      standing,
      ...(why === undefined ? [] : [clipWords(why, 1_000)]),
      `${kept} Nothing has to be done: ${when} goes on. ${inlineCode(command)} goes on earlier, if there is room.`,
    ])
  }
  return joinParts([
    `### ❌ The issues could not all be ${verb}`,
    standing,
    `${joinSentences(clipWords(error.message, 1_000), clipWords(error.hint, 1_000))} (${inlineCode(error.code)})`,
    `${kept} When that is mended, ${inlineCode(command)} goes on where it stopped.`,
  ])
}
