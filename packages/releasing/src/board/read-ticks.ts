import { keyOf, type Line, readLines, uniqueBoxes } from './boxes.ts'
import { LETTERS, type Matrix } from '../release/views/matrix-document.ts'
import type { BoxKey } from './keys.ts'
import { findDrawing, findDrawingId, isAsWritten } from './signature.ts'

export interface Tick extends BoxKey {
  /** As it is now. */
  readonly checked: boolean
}

/** A box whose state differs between the two texts of an edit. */
export interface Flip extends Tick {
  /** How the board that was edited was drawn; undefined: that board is not known. */
  readonly drawn: boolean | undefined
}

export interface BodyEdit {
  /** In the new body's order. */
  readonly flips: readonly Flip[]
  /** Whether the edit was made on a board that was not, or not any more, the one that it replaced. */
  readonly isOfOtherDrawing: boolean
  /** Whether anything but boxes was edited: words, order, lines, a box more or less. */
  readonly isOtherwiseChanged: boolean
}

/**
 * What an edit of an issue's body changed, from the event's own two texts. A person's client writes the whole body as it had it,
 * which may be an older drawing than the one that it replaces: then that drawing tells what was edited. Never throws.
 */
export function readTicks(from: string, to: string): BodyEdit {
  const before = readLines(from)
  const after = readLines(to)
  const id = findDrawingId(to)
  const isOfOtherDrawing = id !== undefined && id !== findDrawingId(from)
  const drawing = findDrawing(to) ?? (isOfOtherDrawing ? undefined : findDrawing(from))
  const was = uniqueBoxes(before)
  const flips = [...uniqueBoxes(after)].flatMap(([key, { address, step, checked }]): readonly Flip[] => {
    const old = was.get(key)
    return old === undefined || old.checked === checked ? [] : [{ address, step, checked, drawn: drawing?.ticked.get(key) }]
  })
  return { flips, isOfOtherDrawing, isOtherwiseChanged: findDrawing(to) === undefined && !isSame(before, after) }
}

/** Whether an edit is perhaps the toolkit's own: one that leaves a board as it was written once, with other words than before. */
export function isRedraw(from: string, to: string): boolean {
  return isAsWritten(to) && !isSame(readLines(from), readLines(to))
}

/** The boxes of a body that are not as it was drawn: what people did to it since. */
export function findFlipped(body: string): readonly Tick[] {
  const ticked = findDrawing(body)?.ticked
  if (ticked === undefined) return []
  return [...uniqueBoxes(readLines(body))].flatMap(([key, { address, step, checked }]) =>
    ticked.get(key) === checked ? [] : [{ address, step, checked }],
  )
}

/** Whether the ledger has this copy as done: only then is its box ticked. */
export function isDone({ steps, customers }: Matrix, { address, step }: BoxKey): boolean {
  const row = customers[address]
  const at = steps.findIndex((name) => name === step || name === `-${step}`)
  return (at < 0 ? row?.customs[step] : row?.cells[at]) === LETTERS.done
}

/** A box that stands twice may be flipped by nobody. */
function isSame(before: readonly Line[], after: readonly Line[]): boolean {
  const [was, is] = [uniqueBoxes(before), uniqueBoxes(after)]
  return before.length === after.length && before.every((line, at) => isSameLine(line, after[at], (key) => was.has(key) && is.has(key)))
}

function isSameLine(left: Line, right: Line | undefined, isUnique: (key: string) => boolean): boolean {
  if (left.box === undefined || right?.box === undefined) return left.text === right?.text
  if (left.box.empty !== right.box.empty) return false
  return left.box.checked === right.box.checked || isUnique(keyOf(left.box))
}
