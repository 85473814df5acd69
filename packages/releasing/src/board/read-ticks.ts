import { sha256 } from '@switchyard/core'
import { type Box, type BoxKey, findBox } from './keys.ts'

export interface Tick extends BoxKey {
  /** As it is now. */
  readonly checked: boolean
}

export interface BodyChange {
  /** Boxes whose state differs, in the new body's order. */
  readonly ticks: readonly Tick[]
  /** Whether anything but boxes differs: words, order, lines, a box more or less. */
  readonly isOtherwiseChanged: boolean
}

/**
 * What an edit of an issue's body changed, from the event's own two texts. Line ends and spaces at the end of lines and of
 * the whole are no change: GitHub's editor writes them as it likes. A key that stands twice in a body is nobody's. Never throws.
 */
export function readTicks(from: string, to: string): BodyChange {
  const before = readLines(from)
  const after = readLines(to)
  const was = uniqueBoxes(before)
  const ticks = [...uniqueBoxes(after)].flatMap(([key, { address, step, checked }]) => {
    const old = was.get(key)
    return old === undefined || old.checked === checked ? [] : [{ address, step, checked }]
  })
  const flipped = new Set(ticks.map(({ address, step }) => keyOf({ address, step })))
  const isSame = before.length === after.length && before.every((line, at) => isSameLine(line, after[at], flipped))
  return { ticks, isOtherwiseChanged: !isSame }
}

/** SHA-256 of a body, the same for bodies between which `readTicks` sees no difference at all. */
export function bodyHash(body: string): string {
  const lines = readLines(body).map(({ text, box }) => (box === undefined ? text : `${box.empty}\n${box.checked}`))
  return sha256(lines.join('\n').toWellFormed())
}

interface Line {
  readonly text: string
  readonly box: Box | undefined
}

function readLines(body: string): readonly Line[] {
  const lines = body.split(/\r\n|\r|\n/).map((line) => line.replace(/[ \t]+$/, ''))
  while (lines.at(-1) === '') lines.pop()
  return lines.map((text) => ({ text, box: findBox(text) }))
}

function uniqueBoxes(lines: readonly Line[]): ReadonlyMap<string, Box> {
  const boxes = new Map<string, Box>()
  const twice = new Set<string>()
  for (const { box } of lines) {
    if (box === undefined) continue
    const key = keyOf(box)
    if (boxes.has(key)) twice.add(key)
    boxes.set(key, box)
  }
  for (const key of twice) boxes.delete(key)
  return boxes
}

function isSameLine(left: Line, right: Line | undefined, flipped: ReadonlySet<string>): boolean {
  if (left.box === undefined || right?.box === undefined) return left.text === right?.text
  if (left.box.empty !== right.box.empty) return false
  return left.box.checked === right.box.checked || flipped.has(keyOf(left.box))
}

function keyOf({ address, step }: BoxKey): string {
  return JSON.stringify([address, step])
}
