import { findNearest, quote } from '@switchyard/core'
import type { RootContent } from './mdast.ts'
import { VERIFY, type Verify } from '../model.ts'
import { spanOf } from './blocks.ts'
import { type Field, type FieldName, parseFields } from './labels.ts'
import { parsePaths } from './paths.ts'
import { type Piece, piecesOf } from './pieces.ts'
import type { PlanFinding } from './source.ts'

export interface TaskFields {
  readonly files: readonly string[]
  readonly verify: Verify
  readonly criteria: readonly string[]
  /** Titles or ids, as written. */
  readonly needs: readonly Piece[]
  readonly findings: readonly PlanFinding[]
}

interface Below {
  readonly blocks: readonly RootContent[]
  readonly text: string
  readonly start: number
}

/** What a task's text says in fields. The first of a name counts; a second one is a fault. */
export function parseTaskFields({ blocks, text, start }: Below): TaskFields {
  const { fields, findings } = parseFields(blocks, { text, start })
  const find = (name: FieldName): Field | undefined => fields.find((field) => field.name === name)
  const [files, verify, needs, criteria] = [find('files'), find('verify'), find('depends-on'), find('criteria')]
  const paths = files ? parsePaths(files, text) : { paths: [], findings: [] }
  const level = parseVerify(verify, text)
  return {
    files: paths.paths,
    verify: level.verify,
    criteria: criteria
      ? piecesOf({ value: EMPTY, items: criteria.items }, text).map(({ text: said }) => said)
      : boxesOf({ blocks, text, start }),
    needs: needs ? piecesOf(needs, text).filter((piece) => !NOTHING.has(piece.text.toLowerCase())) : [],
    findings: [...findings, ...twice(fields), ...empty(fields), ...paths.findings, ...level.findings],
  }
}

const EMPTY = { start: 0, end: 0 }
/** What people write where a task depends on nothing. */
const NOTHING = new Set(['none', '-', '–', '—', 'nothing', 'geen', 'n/a'])

/** Fields that stand where they say nothing: in an epic or a story. */
export function findMisplaced({ blocks, text, start }: Below): readonly PlanFinding[] {
  return parseFields(blocks, { text, start })
    .fields.filter(({ name }) => name !== 'criteria')
    .map(({ label, offset }) => {
      const message = `${quote(`${label}:`)} is read in tasks only.`
      return { code: 'field-outside-task', message, hint: 'Write it below a `### Task: …`.', offset, isWarning: true }
    })
}

function twice(fields: readonly Field[]): readonly PlanFinding[] {
  return fields
    .filter((field, at) => fields.slice(0, at).some(({ name }) => name === field.name))
    .slice(0, 10)
    .map(({ label, offset }) => {
      return { code: 'duplicate-field', message: `${quote(`${label}:`)} stands in this task twice.`, hint: 'Merge the two.', offset }
    })
}

function empty(fields: readonly Field[]): readonly PlanFinding[] {
  return fields
    .filter(({ value, items }) => value.start === value.end && items.length === 0)
    .map(({ label, offset }) => {
      const hint = 'Write its value behind it, or as a list below it; or delete it.'
      return { code: 'empty-field', message: `${quote(`${label}:`)} says nothing.`, hint, offset }
    })
}

function parseVerify(field: Field | undefined, text: string): { readonly verify: Verify; readonly findings: readonly PlanFinding[] } {
  const pieces = field ? piecesOf(field, text) : []
  const verify = 'ALIGNED_OR_PARTIAL'
  const [piece] = pieces
  if (!piece) return { verify, findings: [] }
  const word = piece.text.replace(/^[`*]+|[`*.]+$/g, '')
  const found = VERIFY.find((each) => each === word.toUpperCase())
  if (found !== undefined && pieces.length === 1) return { verify: found, findings: [] }
  const written = text.slice(piece.start, pieces.at(-1)?.end)
  const near = findNearest(word, VERIFY)
  const hint =
    near === undefined || pieces.length > 1 ? `It knows ${VERIFY.map((each) => `\`${each}\``).join(', ')}.` : `Did you mean \`${near}\`?`
  return {
    verify,
    findings: [{ code: 'unknown-value', message: `\`Verify\` does not know ${quote(written)}.`, hint, offset: piece.start }],
  }
}

/** Without a list of criteria, every box of the task's lists is one. */
function boxesOf({ blocks, text, start }: Below): readonly string[] {
  const items = blocks.flatMap((block) => (block.type === 'list' ? block.children.map((item) => spanOf(item, start)) : []))
  const boxed = items.filter((item) => /^(?:[-*+]|\d{1,9}[.)])[ \t]+\[[ xX]\][ \t]/.test(text.slice(item.start, item.start + 40)))
  return boxed.length === 0 ? [] : piecesOf({ value: EMPTY, items: boxed }, text).map(({ text: said }) => said)
}
