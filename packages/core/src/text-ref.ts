import { sha256 } from './hash.ts'
import { isJsonObject } from './json.ts'

/** How an event names a text that is kept beside the events: by the hashes of its pieces, in their order. */
export interface TextRef {
  /** SHA-256 of each piece's UTF-8 bytes, lower-case hex. */
  readonly blobs: readonly string[]
  /** Of the whole text, in UTF-8. */
  readonly bytes: number
}

/** Most characters of a piece: four bytes each at most, it stays under the 512,000 bytes at which GitHub cuts a blob's text. */
const PIECE_LENGTH = 120_000

/** A text's pieces by hash, in order. The same text always gives the same pieces; none is cut inside a character. */
export function cutText(text: string): readonly (readonly [hash: string, piece: string])[] {
  const pieces: [string, string][] = []
  for (let at = 0; at < text.length;) {
    const end = at + PIECE_LENGTH
    const isInside = end < text.length && /[\uD800-\uDBFF]/.test(text[end - 1] ?? '')
    const piece = text.slice(at, isInside ? end - 1 : end)
    pieces.push([sha256(piece), piece])
    at += piece.length
  }
  return pieces
}

/** How events name this text. @throws {RangeError} for half a surrogate pair, which UTF-8 could not give back. */
export function toTextRef(text: string): TextRef {
  if (!text.isWellFormed()) throw new RangeError('A text needs whole characters')
  return { blobs: cutText(text).map(([hash]) => hash), bytes: new TextEncoder().encode(text).length }
}

/** The hashes of all texts that a record names, wherever in it they stand. */
export function findTextRefs(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(findTextRefs)
  if (!isJsonObject(value)) return []
  const { blobs } = value
  if (Array.isArray(blobs) && typeof value['bytes'] === 'number' && blobs.every(isHash)) return blobs
  return Object.values(value).flatMap(findTextRefs)
}

function isHash(value: unknown): value is string {
  return typeof value === 'string' && /^[0-9a-f]{64}$/.test(value)
}
