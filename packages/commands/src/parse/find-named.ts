import type { CommentPlace } from '../fault.ts'
import { type CleanLine, cleanLine } from './characters.ts'
import { type LinePiece, type Piece, scanMarkdown } from './markdown-lines.ts'
import { isSlip } from './slip.ts'

/** A line that names a family, or one with a letter's slip. */
export interface Named {
  readonly family: string
  /** Which known one is meant; undefined: `family` is one. */
  readonly near: string | undefined
  readonly place: CommentPlace
  readonly clean: CleanLine
  /** Where in the clean line the name ends. */
  readonly end: number
}

/** The blocks of a comment; none where it cannot hold a command. */
export function piecesOf(text: string): readonly Piece[] {
  return text.includes('/') ? scanMarkdown(text) : []
}

/** undefined: the line is nobody's business here. */
export function findNamed({ line, text, within, indented }: LinePiece, families: readonly string[]): Named | undefined {
  if (indented) return undefined
  const clean = cleanLine(text)
  const named = /^\s*\/([A-Za-z][A-Za-z0-9-]{0,39})(?=\s|$)/.exec(clean.text)
  if (!named) return undefined
  const family = (named[1] ?? '').toLowerCase()
  const near = families.includes(family) || within ? undefined : families.find((known) => isSlip(family, known))
  if (!families.includes(family) && near === undefined) return undefined
  return { family, near, place: { line, column: clean.columns[named[0].indexOf('/')] ?? 1 }, clean, end: named[0].length }
}
