import { findNearest, quote } from '@switchyard/core'
import type { Level } from '../model.ts'
import { isId } from './ids.ts'
import { MAX_TITLE_LENGTH } from './limits.ts'
import { type PlanFinding, type Span, trimSpan } from './source.ts'

/** A heading of a plan, with what stands below it. */
export interface Section {
  readonly level: Level
  readonly title: string
  readonly ownId: string | undefined
  /** Of the heading. */
  readonly offset: number
  readonly idOffset: number
}

export type ParsedHeading = { readonly section: Section | undefined; readonly findings: readonly PlanFinding[] }

const DEPTHS = { epic: 1, story: 2, task: 3 } as const satisfies Record<Level, number>
const WORDS: Readonly<Record<string, Level>> = { epic: 'epic', pbi: 'epic', story: 'story', task: 'task' }
const NAMES = ['Epic', 'PBI', 'Story', 'Task']

/** A heading's words and depth as what it opens. `span` is the whole heading's. */
export function parseHeading(text: string, { span, depth }: { readonly span: Span; readonly depth: number }): ParsedHeading {
  const { content, written, word, level, hasColon } = parseOpening(text, span)
  if (level === undefined || !hasColon) return refuse(unknownHeading({ written, word, depth, isKnown: level !== undefined }), span)
  const start = content.start + written.indexOf(':') + 1
  const read = parseTitle(text, { level, offset: span.start, rest: trimSpan(text, { start, end: content.end }) })
  // It opens what its word says all the same, so that what stands below it is not blamed.
  if (DEPTHS[level] === depth) return read
  return { ...read, findings: [{ ...wrongLevel(word, { level, depth }), offset: span.start }, ...read.findings] }
}

/** Whether a heading says what it opens, as `Task: …` does, at whatever depth it stands. */
export function isNamed(text: string, span: Span): boolean {
  const { level, hasColon } = parseOpening(text, span)
  return level !== undefined && hasColon
}

interface Opening {
  readonly content: Span
  readonly written: string
  /** The first word, and what it stands for. */
  readonly word: string
  readonly level: Level | undefined
  readonly hasColon: boolean
}

function parseOpening(text: string, span: Span): Opening {
  const content = contentOf(text, span)
  const written = text.slice(content.start, content.end)
  const [, word = '', colon] = /^([a-z]+)[ \t]*(:)?/i.exec(written) ?? []
  const level = Object.hasOwn(WORDS, word.toLowerCase()) ? WORDS[word.toLowerCase()] : undefined
  return { content, written, word, level, hasColon: colon !== undefined }
}

function refuse(finding: Omit<PlanFinding, 'offset'>, span: Span): ParsedHeading {
  return { section: undefined, findings: [{ ...finding, offset: span.start }] }
}

interface Rest {
  readonly level: Level
  readonly offset: number
  readonly rest: Span
}

function parseTitle(text: string, { level, offset, rest }: Rest): ParsedHeading {
  const written = text.slice(rest.start, rest.end)
  const open = written.endsWith('}') ? written.lastIndexOf('{#') : -1
  const id = open < 0 ? undefined : written.slice(open + 2, -1)
  const title = (open < 0 ? written : written.slice(0, open)).replace(/\s+/g, ' ').trim()
  const section = {
    level,
    title,
    ownId: id !== undefined && isId(id) ? id : undefined,
    offset,
    idOffset: open < 0 ? offset : rest.start + open,
  }
  return { section, findings: [...idFindings(id, section.idOffset), ...titleFindings(title, { level, offset: rest.start })] }
}

function idFindings(id: string | undefined, offset: number): readonly PlanFinding[] {
  if (id === undefined || isId(id)) return []
  const message = `The id${id === '' ? '' : ` ${quote(id)}`} must be lower-case letters a to z, digits and \`-\`, 60 at the most, and begin with a letter or digit.`
  return [{ code: 'bad-id', message, hint: 'Write `{#login-api}`, say.', offset }]
}

function titleFindings(title: string, { level, offset }: { readonly level: Level; readonly offset: number }): readonly PlanFinding[] {
  // An epic may leave its title to the front matter; whether that has one is asked there.
  if (title === '' && level !== 'epic') {
    return [{ code: 'empty-title', message: `The ${level} has no title.`, hint: 'Write one behind the colon.', offset }]
  }
  if (title !== '' && !/[^\p{C}\p{M}\p{Z}]/u.test(title)) {
    return [{ code: 'empty-title', message: `The ${level}'s title has nothing that is seen.`, hint: 'Write one behind the colon.', offset }]
  }
  const findings: PlanFinding[] = []
  const length = [...title].length
  if (length > MAX_TITLE_LENGTH) {
    const message = `The ${level}'s title has ${length} characters; GitHub takes ${MAX_TITLE_LENGTH}.`
    findings.push({ code: 'long-title', message, hint: 'Shorten it, and write the rest below.', offset })
  }
  const hidden = /[\p{Cc}\u202a-\u202e\u2066-\u2069\ufeff]/u.exec(title)?.[0]
  if (hidden !== undefined) {
    const message = `The ${level}'s title holds ${quote(hidden)}, which is not seen and changes what is.`
    findings.push({ code: 'hidden-character', message, hint: 'Delete it.', offset })
  }
  return findings
}

interface Unknown {
  readonly written: string
  readonly word: string
  readonly depth: number
  readonly isKnown: boolean
}

const FORMS = ['`# Epic: …`', '`## Story: …`', '`### Task: …`']

function unknownHeading({ written, word, depth, isKnown }: Unknown): Omit<PlanFinding, 'offset'> {
  const marks = '#'.repeat(depth)
  const near = isKnown ? word : findNearest(word, NAMES)
  const isNear = near !== undefined && word.length > 2
  const hint = isNear
    ? `Did you mean \`${marks} ${near}: …\`?`
    : `Headings of this level are ${FORMS[depth - 1] ?? ''}; what has four \`#\` or more is text.`
  return { code: 'unknown-heading', message: `${quote(`${marks} ${written}`, 80)} is no heading of a plan.`, hint }
}

function wrongLevel(word: string, { level, depth }: { readonly level: Level; readonly depth: number }): Omit<PlanFinding, 'offset'> {
  const message = `${level === 'epic' ? 'An epic' : `A ${level}`} is a heading of level ${DEPTHS[level]}, not ${depth}.`
  return { code: 'wrong-level', message, hint: `Write \`${'#'.repeat(DEPTHS[level])} ${word}: …\`.` }
}

/** What a heading says: without its marks, or without the line below it. */
function contentOf(text: string, span: Span): Span {
  const written = text.slice(span.start, span.end)
  const marks = /^#{1,6}(?=[ \t\r\n]|$)/.exec(written)?.[0].length
  if (marks === undefined) return trimSpan(text, { start: span.start, end: span.start + lastLine(written) })
  const inner = trimSpan(text, { start: span.start + marks, end: span.end })
  const said = text.slice(inner.start, inner.end)
  let end = said.length
  while (said[end - 1] === '#') end -= 1
  const isClosed = end < said.length && (end === 0 || /[ \t]/.test(said[end - 1] ?? ''))
  return isClosed ? trimSpan(text, { start: inner.start, end: inner.start + end }) : inner
}

function lastLine(written: string): number {
  return Math.max(written.lastIndexOf('\n'), written.lastIndexOf('\r'), 0)
}
