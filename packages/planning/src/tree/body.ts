import { sha256 } from '@switchyard/core'
import { findItemMark, type ItemMark, renderItemMark } from './mark.ts'

/**
 * What an issue's body may hold, in UTF-16 units. Source: github-facts 6.1; GitHub counts UTF-8 bytes, 262,144, which so many
 * units never pass.
 */
export const MAX_BODY = 65_536

/** The most that a section may have, so that body, mark and markers stay within {@link MAX_BODY}. */
export const MAX_SECTION = 65_000

const BEGIN = '<!-- switchyard:plan section -->'
const END = '<!-- /switchyard:plan section -->'
const ITEM = '<!-- switchyard:plan item='

/** What an issue's body says about itself. */
export interface PlanBody extends ItemMark {
  /** Normalised, as `sectionHash` takes it. */
  readonly section: string
}

/** The body of a new issue: the mark, and the section between its markers. */
export function renderBody({ subject, key, section }: ItemMark & { readonly section: string }): string {
  return `${renderItemMark({ subject, key })}\n${BEGIN}\n${renderInner(section, '\n')}${END}`
}

/**
 * What of a body is ours. undefined: nothing. `broken`: a mark or marker is missing, doubled or out of order, so that nobody can
 * say where the section begins and ends. Markers count as whole lines, blanks around them apart; `\r\n` counts as `\n`.
 */
export function parseBody(body: string): PlanBody | 'broken' | undefined {
  const spot = findSpot(body)
  if (spot === undefined || spot === 'broken') return spot
  return { ...spot.mark, section: normaliseSection(body.slice(spot.from, spot.to)) }
}

/** The body with another section, every other character as it was. undefined where the markers do not say where it stands. */
export function replaceSection(body: string, section: string): string | undefined {
  const spot = findSpot(body)
  if (spot === undefined || spot === 'broken') return undefined
  const lineEnd = body.slice(0, spot.from).endsWith('\r\n') ? '\r\n' : '\n'
  return `${body.slice(0, spot.from)}${renderInner(section, lineEnd)}${body.slice(spot.to)}`
}

/** The body marked with another key, every other character as it was. undefined where it has not exactly one mark. */
export function replaceKey(body: string, key: string): string | undefined {
  const spot = findSpot(body)
  if (spot === undefined || spot === 'broken') return undefined
  const { start, end } = spot.item
  return `${body.slice(0, start)}${renderItemMark({ subject: spot.mark.subject, key })}${body.slice(end)}`
}

/** SHA-256 of a section, the same for all spellings of its line ends, trailing blanks and blank lines around it. */
export function sectionHash(section: string): string {
  return sha256(normaliseSection(section))
}

/** The section as it is compared and hashed. */
export function normaliseSection(section: string): string {
  const lines = section.split(/\r?\n/).map((line) => line.replace(/[ \t]+$/, ''))
  const first = lines.findIndex((line) => line !== '')
  return first === -1 ? '' : lines.slice(first, lines.findLastIndex((line) => line !== '') + 1).join('\n')
}

/** Text in which no line is taken for one of our marks or markers: code may quote them. A zero-width space tells them apart. */
export function hideMarkers(text: string): string {
  return text.replace(/^(?=[ \t]*<!-- \/?switchyard:plan)([ \t]*<!--)/gm, '$1\u200b')
}

function renderInner(section: string, lineEnd: string): string {
  const text = normaliseSection(section)
  return text === '' ? '' : `${lineEnd}${text.replaceAll('\n', lineEnd)}${lineEnd}${lineEnd}`
}

interface Line {
  /** Behind its indentation. */
  readonly start: number
  /** Before its blanks and line end. */
  readonly end: number
  /** Where the following line starts. */
  readonly next: number
  readonly text: string
}

interface Spot {
  readonly mark: ItemMark
  readonly item: Line
  readonly from: number
  readonly to: number
}

function findSpot(body: string): Spot | 'broken' | undefined {
  const lines = linesOf(body)
  const items = lines.filter(({ text }) => text.startsWith(ITEM))
  const begins = lines.filter(({ text }) => text === BEGIN)
  const ends = lines.filter(({ text }) => text === END)
  const [item, begin, end] = [items[0], begins[0], ends[0]]
  if (!item && !begin && !end) return undefined
  if (!item || !begin || !end || items.length + begins.length + ends.length > 3) return 'broken'
  const mark = findItemMark(item.text)
  return mark && item.start < begin.start && begin.start < end.start ? { mark, item, from: begin.next, to: end.start } : 'broken'
}

function linesOf(body: string): readonly Line[] {
  let start = 0
  return body.split('\n').map((raw) => {
    const shown = raw.replace(/[ \t\r]+$/, '')
    const text = shown.replace(/^[ \t]+/, '')
    const line = { start: start + shown.length - text.length, end: start + shown.length, next: start + raw.length + 1, text }
    start = line.next
    return line
  })
}
