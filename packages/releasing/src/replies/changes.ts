import { clip, clipCode, clipWords, countOf, fitLines, inlineCode, joinSentences, nameFirst, type Rejection } from '@switchyard/core'
import { MAX_BODY } from '../board/plan-pages.ts'
import { SIGNS } from '../board/signs.ts'
import { addressOf, type FileFact } from '../model.ts'
import type { ReleaseEvent } from '../release/records/events.ts'
import type { CustomerRecord, FileFacts } from '../release/records/parts.ts'

/** What a command decided, and on whom. */
export interface Change {
  /** undefined: on the release as a whole. */
  readonly address: string | undefined
  readonly event: ReleaseEvent
  /** Its slug, where a run is about several. */
  readonly release?: string
}

export interface ChangesInput {
  readonly changes: readonly Change[]
  /** Whether this is what would change. */
  readonly isDryRun: boolean
}

const MAX_SAID = 200
const MAX_LISTED = 20

/** The exact list of what changed, one line each; at most `max` units, with the number of those that do not fit. */
export function renderChanges({ changes, isDryRun }: ChangesInput, max: number = MAX_BODY): string {
  const lines = changes.flatMap(describe)
  if (lines.length === 0) return `${isDryRun ? 'Nothing would change' : 'There was nothing to do'}: everything is so already.`
  const count = countOf(lines.length, 'change')
  const head = isDryRun ? `**Dry run:** ${count} would be made. Nothing has changed.` : `**${count}**`
  const shown = fitLines(lines, max - head.length - 2, (left) => `- and ${left} more`)
  return `${head}\n\n${shown.join('\n')}`
}

/** No line for what only the toolkit itself keeps. */
function describe({ address, event, release }: Change): readonly string[] {
  const words = wordsOf(event)
  if (words === undefined) return []
  return [`- ${[...[release, address].flatMap((name) => (name === undefined ? [] : [inlineCode(name)])), words].join(' · ')}`]
}

function wordsOf(event: ReleaseEvent): string | undefined {
  switch (event.type) {
    case 'release.activated': {
      const { slug, steps, customers } = event.data
      return `${inlineCode(slug)} is active: ${countOf(steps.length, 'step')} for ${countOf(customers.length, 'customer')}`
    }
    case 'release.customers-added':
      return `${countOf(event.data.customers.length, 'customer')} added: ${listOf(event.data.customers.map(addressOf))}${leftAlone(event.data.known)}`
    case 'release.archived':
      return 'the release is archived: nothing in it changes any more'
    case 'release.template-changed': {
      const { added, removed, changed, moved } = event.data
      const parts = Object.entries({ added, removed, changed, moved }).filter(([, ids]) => ids.length > 0)
      return `the template: ${parts.map(([what, ids]) => `${what} ${listOf(ids)}`).join('; ')}`
    }
    case 'release.facts-changed':
      return `the release: ${event.data.changed.map((fact) => wordsOfFact(fact, event.data)).join('; ')}`
    case 'release.content-approved':
      return `content ${inlineCode(event.data.sha256)} may run in ${inlineCode(event.data.environment)} (${event.data.type})`
    case 'release.approval-withdrawn':
      return `content ${inlineCode(event.data.sha256)} may run in ${inlineCode(event.data.environment)} no more`
    case 'release.board-made':
    case 'release.comments-handled':
    case 'release.claimed':
    case 'release.box-read':
      return undefined
    case 'release.step-added': {
      const { id, category, type, name } = event.data.step
      return `${inlineCode(id)} added: ${category}, ${type}, ${clip(name, MAX_SAID)}`
    }
    case 'release.steps-imported':
      return `${countOf(event.data.cells.length, 'step')} imported: ${listOf(event.data.cells.map(({ step, status }) => `${step} ${status}`))}`
    default:
      return wordsOfStep(event)
  }
}

function wordsOfFact(fact: FileFact, facts: FileFacts): string {
  switch (fact) {
    case 'name':
    case 'type':
      return `${fact} is now ${clip(facts[fact], MAX_SAID)}`
    case 'version_number':
      return facts.version_number === '' ? 'no version any more' : `version is now ${clip(facts.version_number, MAX_SAID)}`
    case 'release_date':
      return facts.release_date === null ? 'no date any more' : `date is now ${clip(facts.release_date, MAX_SAID)}`
    case 'description':
    case 'metadata':
      return `${fact} changed`
  }
}

type StepEvent = Exclude<Extract<ReleaseEvent, { readonly data: { readonly step: string } }>, { type: 'release.box-read' }>

function wordsOfStep(event: StepEvent): string {
  const step = inlineCode(event.data.step)
  switch (event.type) {
    case 'release.step-done':
      return `${SIGNS.done} ${step} done${said(event.data.notes)}`
    case 'release.step-skipped':
      return `${SIGNS.skipped} ${step} skipped${said(event.data.reason)}`
    case 'release.step-reverted':
      return `${SIGNS.reverted} ${step} reverted${said(event.data.reason)}`
    case 'release.step-overridden':
      return `${step} overridden: ${event.data.kept.content.bytes} bytes of its own`
    case 'release.step-reset':
      return `${step} back to its template`
    case 'release.step-edited':
      return `${step} edited`
    case 'release.step-removed':
      return `${step} removed`
    case 'release.step-run-asked':
      return `a run of ${step} was asked for`
    case 'release.step-run-begun':
      return `a run of ${step} began`
    case 'release.step-run-dropped':
      return `nothing of ${step} ran: its program is not on the runner`
    case 'release.step-run-lost':
      return `a run of ${step} was cut off: nobody knows how far it came`
    case 'release.step-ran':
      return `${step} ran: exit code ${event.data.run.exit_code}`
  }
}

function said(text: string | null): string {
  return text === null || text === '' ? '' : `: ${clip(text, MAX_SAID)}`
}

function leftAlone(known: readonly CustomerRecord[] = []): string {
  return known.length === 0 ? '' : `; in already, and left alone: ${listOf(known.map(addressOf))}`
}

function listOf(names: readonly string[]): string {
  return nameFirst(names.map(inlineCode), MAX_LISTED)
}

export interface Refused extends Pick<Rejection, 'rejected'> {
  /** The command as it was typed, or what was ticked; undefined: the comment as a whole. */
  readonly command: string | undefined
}

const MAX_MESSAGE = 1_000

export interface RejectionsInput {
  readonly refused: readonly Refused[]
  /** Whether others of the same run were carried out. */
  readonly isPart?: boolean
}

/** Why commands were refused, and what to do; since they are one transaction, that nothing was done. */
export function renderRejections({ refused, isPart = false }: RejectionsInput, max: number = MAX_BODY): string {
  if (refused.length === 0) return ''
  const lines = refused.map(({ command, rejected: { code, message, hint } }) => {
    const what = command === undefined ? '' : `${clipCode(command, 300)}: `
    return `- ${what}${joinSentences(clipWords(message, MAX_MESSAGE), clipWords(hint, MAX_MESSAGE))} (${inlineCode(code)})`
  })
  const head = isPart ? '**Refused**, with nothing of it changed:' : '**Refused:** nothing was changed.'
  return `${head}\n\n${fitLines(lines, max - head.length - 2, (left) => `- and ${left} more`).join('\n')}`
}
