import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { deflateSync } from 'node:zlib'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { caught, git, openFolder, treeOf } from '../test/lab.ts'
import { makeHistory } from './history.ts'
import { measurePack } from './measure-pack.ts'
import { renderPack } from './pack.ts'

const limits = { files: 10, bytes: 1_000 }
const ROOM = 8 * 1_024 * 1_024

/** A pack of one entry: its head as bytes, and what is packed behind it. */
function packOf(head: readonly number[], content: Buffer, count = 1): Buffer {
  const start = Buffer.from('PACK\0\0\0\x02\0\0\0\0', 'latin1')
  start.writeUInt32BE(count, 8)
  return Buffer.concat([start, Buffer.from(head), deflateSync(content), Buffer.alloc(20)])
}

const measure = (pack: Uint8Array, within = limits): Promise<unknown> => caught(Promise.resolve().then(() => measurePack(pack, within)))

/** Sizes in seven bits a byte, the lowest first; the last byte has no eighth bit. */
function sizeOf(value: number): number[] {
  return value < 128 ? [value] : [(value % 128) | 0x80, ...sizeOf(Math.floor(value / 128))]
}

const blobHead = (size: number): number[] => (size < 16 ? [0x30 | size] : [0xb0 | (size % 16), ...sizeOf(Math.floor(size / 16))])

test('packs that we make are no larger than what is in them', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(300), { minLength: 1, maxLength: 8 }), async (sizes) => {
      const tree = treeOf(Object.fromEntries(sizes.map((size, index) => [`f${index}`, 'x'.repeat(size)])))
      const pack = renderPack(makeHistory({ tree, message: 'm', author: { name: 'A', email: 'a@example.com' }, at: 0 }).objects)
      expect(await measure(pack, { files: 8, bytes: 8 * 300 })).toEqual({ didNotThrow: undefined })
    }),
  )
})

test('a pack that announces more than is allowed is refused before it is unpacked', async () => {
  // What is behind the head cannot be inflated at all.
  const pack = packOf(blobHead(ROOM + 1_001), Buffer.alloc(1))
  expect(await measure(pack)).toMatchObject({ code: 'TEMPLATE_TOO_LARGE' })
  expect(await measure(packOf([], Buffer.alloc(0), 1_000_000))).toMatchObject({ code: 'TEMPLATE_TOO_MANY_FILES' })
})

test('a pack that holds more than it announces is no pack', async () => {
  expect(await measure(packOf(blobHead(5), Buffer.alloc(50_000_000)))).toMatchObject({ code: 'GITHUB_UNEXPECTED' })
  expect(await measure(packOf(blobHead(500), Buffer.alloc(5)))).toMatchObject({ code: 'GITHUB_UNEXPECTED' })
})

test.each([
  ['by offset', [0xe0, 0x81, 0x01]],
  ['by name', [0xf0, ...Array.from({ length: 20 }, () => 7)]],
])('what a delta %s would grow to counts', async (_, head) => {
  const delta = (result: number): Buffer => Buffer.from([...sizeOf(3), ...sizeOf(result), 0x90, 3])
  const packed = (result: number): Buffer => {
    const content = delta(result)
    const [kind = 0, ...rest] = head
    return packOf([(kind & 0x70) | content.length, ...rest], content)
  }
  expect(await measure(packed(ROOM + 1_001))).toMatchObject({ code: 'TEMPLATE_TOO_LARGE' })
  expect(await measure(packed(900))).toEqual({ didNotThrow: undefined })
})

test('packs of git with deltas of both kinds are read to their end', async () => {
  await using folder = await openFolder()
  await git(folder.path, ['init', '--quiet'])
  const lines = Array.from({ length: 300 }, (_, index) => `line ${(index * 7919) % 1009}`)
  for (const index of [1, 2, 3]) {
    await writeFile(`${folder.path}/file`, lines.toSpliced(index * 9, 1, `changed ${index}`).join('\n'))
    await git(folder.path, ['add', '--all'])
    await git(folder.path, ['commit', '--quiet', '-m', `${index}`])
  }
  for (const byOffset of [true, false]) {
    await git(folder.path, ['-c', `repack.useDeltaBaseOffset=${byOffset}`, 'repack', '-adfq'])
    const packs = join(folder.path, '.git/objects/pack')
    const [name = ''] = (await readdir(packs)).filter((file) => file.endsWith('.pack'))
    const pack = await readFile(join(packs, name))
    const deltas = (await git(packs, ['verify-pack', '-v', name]))
      .split('\n')
      .filter((line) => /^\w{40} \w+ +\d+ \d+ \d+ \d+ \w{40}$/.test(line))
    expect(deltas).toHaveLength(2)
    expect(await measure(pack, { files: 10, bytes: 50_000 })).toEqual({ didNotThrow: undefined })
    expect(await measure(Buffer.concat([pack.subarray(0, -40), Buffer.alloc(20)]), { files: 10, bytes: 50_000 })).toMatchObject({
      code: 'GITHUB_UNEXPECTED',
    })
  }
})

test('no bytes make it fail in another way', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
      const pack = Buffer.concat([Buffer.from('PACK\0\0\0\x02\0\0\0\x03', 'latin1'), bytes])
      try {
        measurePack(pack, limits)
      } catch (error) {
        expect(error).toMatchObject({ code: expect.stringMatching(/^(GITHUB_UNEXPECTED|TEMPLATE_)/) })
      }
    }),
  )
})
