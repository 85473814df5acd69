import { inflateSync } from 'node:zlib'
import type { TreeLimits } from './file-tree.ts'
import { notGit } from './packet-lines.ts'
import { tooLarge, tooManyFiles } from './tally.ts'

/** Folders and commits need room beside the contents of files. */
const ROOM_BYTES = 8 * 1_024 * 1_024
const OBJECTS_PER_FILE = 4
const OFS_DELTA = 6
const REF_DELTA = 7
const TRAILER = 20

/**
 * Looks through a pack before it is unpacked whole: an object is inflated only as far as the size it announces, and the sizes,
 * those that deltas will grow to included, are added up first. So a small pack cannot fill the memory.
 * Source: git-scm.com/docs/gitformat-pack.
 *
 * @throws {UserError} `TEMPLATE_TOO_MANY_FILES` or `TEMPLATE_TOO_LARGE`
 * @throws {GitHubError} `GITHUB_UNEXPECTED` for what is no pack, or lies about its sizes.
 */
export function measurePack(bytes: Uint8Array, limits: TreeLimits): void {
  const pack = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (pack.length < 12 + TRAILER || pack.toString('latin1', 0, 4) !== 'PACK') throw notGit()
  const count = pack.readUInt32BE(8)
  if (count > limits.files * OBJECTS_PER_FILE + 16) throw tooManyFiles('TEMPLATE', limits)
  let total = 0
  const add = (size: number): void => {
    total += size
    if (total > limits.bytes + ROOM_BYTES) throw tooLarge('TEMPLATE', limits)
  }
  let at = 12
  for (let index = 0; index < count; index++) {
    const head = readEntryHead(pack, at)
    add(head.size)
    const { content, length } = inflate(pack.subarray(head.end, pack.length - TRAILER), head.size)
    if (head.isDelta) add(readResultSize(content))
    at = head.end + length
  }
}

interface EntryHead {
  readonly isDelta: boolean
  readonly size: number
  readonly end: number
}

function readEntryHead(pack: Buffer, start: number): EntryHead {
  const first = readByte(pack, start)
  const type = (first >> 4) & 7
  const more = first >= 0x80 ? readSize(pack, start + 1) : { value: 0, end: start + 1 }
  let { end } = more
  if (type === OFS_DELTA) {
    while (readByte(pack, end) >= 0x80) end++
    end++
  }
  if (type === REF_DELTA) end += 20
  return { isDelta: type === OFS_DELTA || type === REF_DELTA, size: (first & 15) + more.value * 16, end }
}

/** Seven bits a byte, the lowest first. */
function readSize(bytes: Buffer, start: number): { readonly value: number; readonly end: number } {
  let value = 0
  for (let index = 0; index < 7; index++) {
    const byte = readByte(bytes, start + index)
    value += (byte & 0x7f) * 128 ** index
    if (byte < 0x80) return { value, end: start + index + 1 }
  }
  throw notGit()
}

function readResultSize(delta: Buffer): number {
  return readSize(delta, readSize(delta, 0).end).value
}

function readByte(bytes: Buffer, at: number): number {
  const byte = bytes[at]
  if (byte === undefined) throw notGit()
  return byte
}

function inflate(packed: Buffer, size: number): { readonly content: Buffer; readonly length: number } {
  try {
    // The limit must be at least one byte.
    const inflated: unknown = inflateSync(packed, { info: true, maxOutputLength: Math.max(size, 1) })
    if (isInflated(inflated) && inflated.buffer.length === size) return { content: inflated.buffer, length: inflated.engine.bytesWritten }
  } catch (error) {
    throw notGit(error)
  }
  throw notGit()
}

/** What zlib gives with `info`: the content, and how much it has read for it. */
function isInflated(value: unknown): value is { readonly buffer: Buffer; readonly engine: { readonly bytesWritten: number } } {
  if (typeof value !== 'object' || value === null || !('buffer' in value) || !('engine' in value)) return false
  const { buffer, engine } = value
  return (
    Buffer.isBuffer(buffer) &&
    typeof engine === 'object' &&
    engine !== null &&
    'bytesWritten' in engine &&
    typeof engine.bytesWritten === 'number'
  )
}
