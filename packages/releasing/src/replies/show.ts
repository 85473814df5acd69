import {
  clip,
  fitTable,
  inlineCode,
  isJsonObject,
  joinParts,
  type Json,
  renderCode,
  renderLink,
  renderNumber,
  renderTime,
} from '@switchyard/core'
import { CATEGORY_NAMES, SIGNS } from '../board/signs.ts'
import { contentHash } from '../release/decide-approval.ts'
import { MAX_ENVIRONMENT_LENGTH } from '../files/limits.ts'
import type { BegunRun, Cell } from '../release/records/parts.ts'
import type { Step } from '../release/find-step.ts'
import { parseHistory } from '../release/views/history.ts'

export interface ShowInput {
  readonly slug: string
  readonly address: string
  readonly step: Step
  /** The whole text of its content. */
  readonly content: string
  /** The customer's open history document. */
  readonly history: Json | undefined
  /** Where it would run; undefined: the inventory does not say. */
  readonly environment: string | undefined
  /** Whether it may run there though the default branch says something else. */
  readonly isApproved: boolean
  /** Whether the release is worked off: then it is said how to go on. */
  readonly isOpen: boolean
}

type LastRun = NonNullable<Cell['last_run']>

const SOURCES = {
  template: 'from the release’s file',
  custom: 'this customer’s own step',
  overridden: 'overridden: this customer’s own content in place of the file’s',
} as const satisfies Record<Step['source'], string>

const MAX_CONTENT = 40_000
const MAX_DESCRIPTION = 4_000
const MAX_HISTORY = 10_000
const MAX_COMMAND = 500

/** What a step asks for, where its content comes from, and what happened to it. */
export function renderShow(input: ShowInput): string {
  const { slug, address, step, content, history, isOpen } = input
  const { id, category, status, text, source, cell } = step
  const code = renderCode(content.replace(/\n$/, ''), { language: text.type === 'text' ? 'text' : text.type, max: MAX_CONTENT })
  const gone = source !== 'custom' && !step.hasTemplate ? '; its template is gone' : ''
  const run = cell?.last_run ?? null
  const facts = [CATEGORY_NAMES[category], text.type, `**${status}**`, `${SOURCES[source]}${gone}`]
  const parts = [
    `### ${SIGNS[status]} ${clip(text.name, 400)}`,
    `${inlineCode(id)} of ${inlineCode(address)} · ${facts.join(' · ')}`,
    clip(text.description, MAX_DESCRIPTION),
    content === '' ? 'It has no content.' : code.text,
    code.cut > 0 ? `${renderNumber(code.cut)} more characters do not fit here: they are where the content comes from.` : '',
    code.hasUnseen ? '⚠️ The content holds characters that are not seen; they are shown as `⟨U+…⟩`.' : '',
    renderApproval(input),
    run === null ? '' : renderRun(run),
    step.begun === undefined ? '' : renderBegun(step.begun),
    isOpen ? renderNext(step, address) : '',
    renderHistory(findEntries(history, { slug, step: id })),
  ]
  return joinParts(parts)
}

/** What runs is known by its SHA-256; content that is not the default branch's needs an admin's word for just that. */
function renderApproval({ step: { id, text, source }, address, environment, isApproved }: ShowInput): string {
  if (text.type === 'text') return ''
  const hash = contentHash(text.content)
  const named = `SHA-256 of the content: ${inlineCode(hash)}`
  if (environment === undefined || source === 'template') return named
  const where = inlineCode(environment.slice(0, MAX_ENVIRONMENT_LENGTH).toWellFormed())
  if (isApproved) return `${named} · approved for ${where}`
  const { text: command } = renderCode(`/step approve ${id} ${address} ${hash}`, { language: 'text', max: MAX_COMMAND })
  return `${named} · not approved for ${where}: an admin who has read all of it may let it run there by\n\n${command}`
}

/** Commands that work when they are typed as they stand. */
function renderNext({ id, status, text, begun }: Step, address: string): string {
  const command = (verb: string, more = ''): string => inlineCode(`/step ${verb} ${id} ${address}${more}`)
  if (status === 'done') return `A mistake? ${command('revert', ' <reason>')}`
  if (begun !== undefined) {
    const found = `${command('done', ' <notes>')} or ${command('skip', ' <reason>')}`
    return `Look at that run, and at what it changed, and say what is so: ${found}. To have it run again: ${command('revert', ' <reason>')}`
  }
  const run = text.type === 'text' ? '' : `Have it carried out: ${command('run')}. `
  const skip = status === 'skipped' ? '' : ` Not needed: ${command('skip', ' <reason>')}`
  return `${run}Carried out by hand: tick its box, or ${command('done', ' <notes>')}.${skip}`
}

function renderRun({ exit_code: code, conclusion, at, url }: LastRun): string {
  return `Last run: exit code ${code}, ${clip(conclusion, 100)}, ${renderTime(at)} · ${renderUrl(url)}`
}

function renderBegun({ at, by, url }: BegunRun): string {
  return `⚠️ A run began ${renderTime(at)} for ${clip(by, 100)}, and its end is not recorded · ${renderUrl(url)}`
}

export function renderUrl(url: string): string {
  return url.length <= 500 ? renderLink('see the run', url) : ''
}

function findEntries(history: Json | undefined, { slug, step }: { readonly slug: string; readonly step: string }): readonly Entry[] {
  return parseHistory(history).entries.flatMap((entry): readonly Entry[] => {
    if (!isJsonObject(entry) || entry['release'] !== slug || entry['step'] !== step) return []
    const { at, what, by, text } = entry
    return [{ at: asText(at), what: asText(what), by: asText(by), text: asText(text) }]
  })
}

interface Entry {
  readonly at: string
  readonly what: string
  readonly by: string
  readonly text: string
}

function asText(value: Json | undefined): string {
  return typeof value === 'string' ? value : ''
}

function renderHistory(entries: readonly Entry[]): string {
  if (entries.length === 0) return 'Nothing has happened to it yet.'
  const rows = entries.toReversed().map(({ at, what, by, text }) => [renderTime(at), clip(what, 40), clip(by, 100), clip(text, 1_000)])
  return `**History**, newest first\n\n${fitTable({ head: ['When', 'What', 'By', 'Said'], rows, max: MAX_HISTORY })}`
}
