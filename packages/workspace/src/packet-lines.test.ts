import fc from 'fast-check'
import { expect, test } from 'vitest'
import { caught } from '../test/lab.ts'
import { FLUSH, parsePackets, renderPacket, splitBands } from './packet-lines.ts'
import { probeRefs } from './probe-refs.ts'

const parse = (bytes: Uint8Array): Promise<unknown> => caught(Promise.resolve().then(() => splitBands(parsePackets(bytes))))

test('what is rendered is parsed again, flushes included', () => {
  fc.assert(
    fc.property(fc.array(fc.option(fc.string({ unit: 'grapheme', minLength: 1 })), { maxLength: 10 }), (lines) => {
      const wire = Buffer.concat(lines.map((line) => (line === null ? FLUSH : renderPacket(line))))
      expect(parsePackets(wire).map((packet) => packet?.toString('utf8') ?? null)).toEqual(lines)
    }),
  )
})

test('bands are put together, and words for people come as lines', () => {
  const wire = Buffer.concat(['\u0001un', '\u0002half a ', '\u0001pack', '\u0002line\rnext\n\n', '\u0003no room\n'].map(renderPacket))
  expect(splitBands(parsePackets(wire))).toEqual({ data: Buffer.from('unpack'), messages: ['half a line', 'next'], fatal: 'no room' })
})

test.each(['0003', '00', 'zzzz', '0010short', '0005\u0009'])('%j is nothing that git sends', async (wire) => {
  expect(await parse(Buffer.from(wire))).toMatchObject({ code: 'GITHUB_UNEXPECTED' })
})

test('no answer to a probe makes it fail in another way, or gives a ref that is none', async () => {
  const line = fc.oneof(
    fc.string(),
    fc.constantFrom('# service=git-receive-pack', `${'a'.repeat(40)} refs/heads/main\0caps`, `${'a'.repeat(40)} x\n`),
  )
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 60 }),
    fc.array(line, { maxLength: 5 }).map((lines) => new Uint8Array(Buffer.concat(lines.map(renderPacket)))),
  )
  await fc.assert(
    fc.asyncProperty(bytes, async (body) => {
      const http = {
        fetch: (url: string) =>
          Promise.resolve({ status: 200, url, headers: new Map(), arrayBuffer: () => Promise.resolve(new Uint8Array(body).buffer) }),
      }
      try {
        const { refs } = await probeRefs({ url: 'https://github.example/a/b.git', headers: {}, http })
        expect([...refs].every(([name, oid]) => name !== '' && /^[0-9a-f]{40}$/.test(oid))).toBe(true)
      } catch (error) {
        expect(error).toMatchObject({ code: 'GITHUB_UNEXPECTED' })
      }
    }),
  )
})
