import { findNearest, quote } from '@switchyard/core'
import type { RootContent } from './mdast.ts'
import { spanOf } from './blocks.ts'
import { type PlanFinding, type Span, trimSpan } from './source.ts'

export type FieldName = 'files' | 'depends-on' | 'verify' | 'criteria'

/** A field of a task: a label, and what stands behind it or as a list below it. */
export interface Field {
  readonly name: FieldName
  /** As people write it. */
  readonly label: string
  readonly offset: number
  /** What stands on the label's own line. */
  readonly value: Span
  /** The items of the list below. */
  readonly items: readonly Span[]
}

const LABELS: Readonly<Record<string, FieldName>> = {
  files: 'files',
  bestanden: 'files',
  'depends on': 'depends-on',
  verify: 'verify',
  verify_required: 'verify',
  'acceptance criteria': 'criteria',
  acceptance: 'criteria',
}
const NAMES = ['Files', 'Bestanden', 'Depends on', 'Verify', 'verify_required', 'Acceptance criteria']

/** `Files:`, `**Files:**` and `**Files**:`; what stands in front of the value is one match. */
const LABEL = /^[ \t]*(\*\*|__)?([a-z][a-z_]*(?: [a-z_]+)?)[ \t]*(?::[ \t]*\1|\1[ \t]*:)(?!\/\/)/i

interface In {
  readonly text: string
  /** Where `blocks` begin in the text. */
  readonly start: number
}

export interface ParsedFields {
  readonly fields: readonly Field[]
  /** Lines that look like a field, and are none. */
  readonly findings: readonly PlanFinding[]
}

/** The fields among a node's blocks: lines of paragraphs, and headings of level four and deeper. */
export function parseFields(blocks: readonly RootContent[], { text, start }: In): ParsedFields {
  const read = blocks.flatMap((block, at) => {
    const lines = linesOf(block, { text, start })
    return lines.map((line, index) => {
      const next = index === lines.length - 1 ? blocks[at + 1] : undefined
      const items = next?.type === 'list' ? next.children.map((item) => trimSpan(text, spanOf(item, start))) : []
      return parseLine(line, { text, items, isHeading: block.type === 'heading' })
    })
  })
  return { fields: read.flatMap(({ field }) => field ?? []), findings: read.flatMap(({ finding }) => finding ?? []) }
}

interface Below {
  readonly text: string
  readonly items: readonly Span[]
  readonly isHeading: boolean
}

function parseLine(line: Span, { text, items, isHeading }: Below): { readonly field?: Field; readonly finding?: PlanFinding } {
  const written = text.slice(line.start, line.end)
  const found = LABEL.exec(isHeading && !written.includes(':') ? `${written}:` : written)
  const label = found?.[2]
  if (found === null || label === undefined) return {}
  const offset = line.start
  const known = label.toLowerCase()
  const name = Object.hasOwn(LABELS, known) ? LABELS[known] : undefined
  if (name === undefined) {
    const near = label.length > 3 ? findNearest(label, NAMES) : undefined
    if (near === undefined) return {}
    const message = `${quote(`${label}:`)} is no field of a task.`
    return { finding: { code: 'unknown-field', message, hint: `Did you mean \`${near}:\`?`, offset, isWarning: true } }
  }
  const value = trimSpan(text, { start: Math.min(line.end, line.start + found[0].length), end: line.end })
  return { field: { name, label, offset, value, items: value.start === value.end ? items : [] } }
}

function linesOf(block: RootContent, { text, start }: In): readonly Span[] {
  if (block.type !== 'paragraph' && block.type !== 'heading') return []
  const span = spanOf(block, start)
  const marks = block.type === 'heading' ? (/^#+/.exec(text.slice(span.start, span.end))?.[0].length ?? 0) : 0
  const lines: Span[] = []
  let at = span.start + marks
  for (const line of text.slice(at, span.end).split('\n')) {
    lines.push(trimSpan(text, { start: at, end: at + line.length }))
    at += line.length + 1
  }
  return block.type === 'heading' ? lines.slice(0, 1) : lines
}
