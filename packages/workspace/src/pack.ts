import { createHash } from 'node:crypto'
import { deflateSync } from 'node:zlib'
import type { GitObject } from './git-objects.ts'

const types = { commit: 1, tree: 2, blob: 3 } as const satisfies Record<GitObject['type'], number>

/** The objects as git sends them, without deltas. Source: git-scm.com/docs/gitformat-pack. */
export function renderPack(objects: readonly GitObject[]): Buffer {
  const head = Buffer.from('PACK\0\0\0\x02\0\0\0\0', 'latin1')
  head.writeUInt32BE(objects.length, 8)
  const pack = Buffer.concat([head, ...objects.flatMap(({ type, body }) => [renderEntryHead(types[type], body.length), deflateSync(body)])])
  return Buffer.concat([pack, createHash('sha1').update(pack).digest()])
}

/** Three bits of type, then the size: 4 bits, and 7 in each further byte, the lowest first. */
function renderEntryHead(type: number, size: number): Buffer {
  const bytes: number[] = []
  let left = Math.floor(size / 16)
  let byte = (type << 4) | (size % 16)
  while (left > 0) {
    bytes.push(byte | 0x80)
    byte = left % 128
    left = Math.floor(left / 128)
  }
  return Buffer.from([...bytes, byte])
}
