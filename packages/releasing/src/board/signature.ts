import { hashLines, keyOf, type Line, readLines, uniqueBoxes } from './boxes.ts'

const LINE = /^<!-- switchyard:release body=([0-9a-f]{64}) ticked=([0-9a-f]*) -->$/

/** Units that a signature may take: a box is 24 units or more, and four of them are one of the signature. */
export const SIGNATURE_ROOM = 800

/** A body as the toolkit wrote it once, by which its later edits are read. */
export interface Drawing {
  /** SHA-256 of what was written. */
  readonly id: string
  /** By `keyOf`, whether the box was drawn ticked. */
  readonly ticked: ReadonlyMap<string, boolean>
}

/** A body with a last line that says what it was, and which of its boxes were ticked, when the toolkit wrote it. */
export function sign(body: string): string {
  const lines = readLines(`${body}.`).slice(0, -1)
  return `${body}<!-- switchyard:release body=${hashLines(lines)} ticked=${toDigits(lines)} -->\n`
}

/** The drawing that a body says it comes from, whatever was made of it since. */
export function findDrawingId(body: string): string | undefined {
  return LINE.exec(readLines(body).at(-1)?.text ?? '')?.[1]
}

/** The drawing that a body is, but for boxes that were flipped since; undefined where anything else of it was changed. */
export function findDrawing(body: string): Drawing | undefined {
  const all = readLines(body)
  const [, id, digits] = LINE.exec(all.at(-1)?.text ?? '') ?? []
  if (id === undefined || digits === undefined) return undefined
  const drawn = withDigits(all.slice(0, -1), digits)
  if (toDigits(drawn) !== digits || hashLines(drawn) !== id) return undefined
  return { id, ticked: new Map([...uniqueBoxes(drawn).values()].map((box) => [keyOf(box), box.checked])) }
}

/** Whether a body is just as the toolkit wrote it once. */
export function isAsWritten(body: string): boolean {
  const id = findDrawing(body)?.id
  return id !== undefined && hashLines(readLines(body).slice(0, -1)) === id
}

function toDigits(lines: readonly Line[]): string {
  const boxes = lines.flatMap(({ box }) => (box === undefined ? [] : [box.checked ? '1' : '0']))
  const nibbles = Array.from({ length: Math.ceil(boxes.length / 4) }, (_, at) =>
    boxes
      .slice(at * 4, at * 4 + 4)
      .join('')
      .padEnd(4, '0'),
  )
  return nibbles.map((bits) => Number.parseInt(bits, 2).toString(16)).join('')
}

function withDigits(lines: readonly Line[], digits: string): readonly Line[] {
  const bits = [...digits].map((digit) => Number.parseInt(digit, 16).toString(2).padStart(4, '0')).join('')
  let nth = 0
  return lines.map((line) => (line.box === undefined ? line : { ...line, box: { ...line.box, checked: bits[nth++] === '1' } }))
}
