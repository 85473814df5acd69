import { sha256 } from '@switchyard/core'
import { type Box, type BoxKey, findBox } from './keys.ts'

/** One line of a body, and the box that it is. */
export interface Line {
  readonly text: string
  readonly box: Box | undefined
}

/** Line ends and spaces at the end of lines and of the whole do not count: GitHub's editor writes them as it likes. */
export function readLines(body: string): readonly Line[] {
  const lines = body.split(/\r\n|\r|\n/).map((line) => line.replace(/[ \t]+$/, ''))
  while (lines.at(-1) === '') lines.pop()
  return lines.map((text) => ({ text, box: findBox(text) }))
}

/** Boxes by `keyOf`. A key that stands twice is nobody's. */
export function uniqueBoxes(lines: readonly Line[]): ReadonlyMap<string, Box> {
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

export function keyOf({ address, step }: BoxKey): string {
  return JSON.stringify([address, step])
}

/** SHA-256 of lines, whatever a box's `x` is written as. */
export function hashLines(lines: readonly Line[]): string {
  return sha256(
    lines
      .map(({ text, box }) => (box === undefined ? text : `${box.empty}\n${box.checked}`))
      .join('\n')
      .toWellFormed(),
  )
}

/** SHA-256 of a body, the same for bodies between which nobody sees a difference. */
export function bodyHash(body: string): string {
  return hashLines(readLines(body))
}
