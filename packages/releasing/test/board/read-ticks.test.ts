import fc from 'fast-check'
import { expect, it } from 'vitest'
import { bodyHash } from '../../src/board/boxes.ts'
import { readTicks, type Tick } from '../../src/board/read-ticks.ts'
import { customerOf, stepOf } from '../release-stage.ts'
import { activate, PLACE, shown, renderBoard } from './board-stage.ts'

const CUSTOMERS = ['eu-1/acme', 'eu-1/a--b', 'us--1/acme'] as const
const STEPS = ['migrate', 'a--b', 'x.y_z', 'smoke'] as const
const keys = CUSTOMERS.flatMap((address) => STEPS.map((step) => ({ address, step })))

function boardOf(done: readonly { readonly address: string; readonly step: string }[]): string {
  const stage = activate({ customers: CUSTOMERS.map(customerOf), steps: STEPS.map((id) => stepOf(id, { name: 'Same name' })) })
  for (const { address, step } of done) stage.ask(address, { kind: 'done', step, notes: null })
  return renderBoard({ ...shown(stage), pages: [], place: PLACE }).overview
}

/** What an edit ticked, without how it was drawn. */
function ticksOf(from: string, to: string): { readonly ticks: readonly Tick[]; readonly isOtherwiseChanged: boolean } {
  const { flips, isOtherwiseChanged } = readTicks(from, to)
  return { ticks: flips.map(({ address, step, checked }) => ({ address, step, checked })), isOtherwiseChanged }
}

const EMPTY = boardOf([])
const lineOf = (key: { readonly address: string; readonly step: string }, checked: boolean): string =>
  `- [${checked ? 'x' : ' '}] Same name \`${key.step}\` <!-- ${key.address.replaceAll('--', '-%2D')} -->`
const flip = (body: string, key: (typeof keys)[number]): string =>
  body.includes(lineOf(key, true))
    ? body.replace(lineOf(key, true), lineOf(key, false))
    : body.replace(lineOf(key, false), lineOf(key, true))
const someKeys = fc.subarray(keys)
/** What GitHub's editor does to a text without anybody meaning it. */
const editor = fc.constantFrom(
  (text: string) => text,
  (text: string) => text.replaceAll('\n', '\r\n'),
  (text: string) => text.trimEnd(),
  (text: string) => `${text.replaceAll('-->\n', '-->  \n')}\n\n`,
)

it('whatever boxes are flipped, exactly these are read', () => {
  fc.assert(
    fc.property(someKeys, someKeys, editor, (done, flipped, edit) => {
      const from = done.reduce(flip, EMPTY)
      const to = edit(flipped.reduce(flip, from))
      const { ticks, isOtherwiseChanged } = ticksOf(from, to)
      expect(isOtherwiseChanged).toBe(false)
      const wanted = flipped.map((key) => ({ ...key, checked: !done.includes(key) }))
      expect([...ticks].sort(byKey)).toEqual([...wanted].sort(byKey))
      expect(bodyHash(from) === bodyHash(to)).toBe(flipped.length === 0)
    }),
    { numRuns: 300 },
  )
})

it('a flipped board is what the ledger draws once the ticks are done', () => {
  fc.assert(
    fc.property(someKeys, (flipped) => {
      const { ticks } = ticksOf(EMPTY, flipped.reduce(flip, EMPTY))
      const redrawn = boardOf(ticks)
      const shownTicked = keys.filter((key) => redrawn.includes(lineOf(key, true)))
      expect(shownTicked).toEqual(flipped)
    }),
    { numRuns: 30 },
  )
})

it('an edit of anything else is told, with the ticks beside it', () => {
  const edit = fc.record({
    at: fc.nat({ max: EMPTY.length - 2 }),
    length: fc.nat({ max: 20 }),
    text: fc.string({ unit: 'binary', maxLength: 20 }),
  })
  fc.assert(
    fc.property(edit, ({ at, length, text }) => {
      const to = `${EMPTY.slice(0, at)}${text}${EMPTY.slice(at + length)}`
      const { ticks, isOtherwiseChanged } = ticksOf(EMPTY, to)
      const isBoxesOnly = plain(to) === plain(EMPTY)
      expect(isOtherwiseChanged).toBe(!isBoxesOnly)
      if (!isBoxesOnly) expect(bodyHash(to)).not.toBe(bodyHash(EMPTY))
      if (!/^- \[[xX]\]/m.test(to)) expect(ticks).toEqual([])
    }),
    { numRuns: 1_000 },
  )
})

it('never throws, whatever two texts are compared', () => {
  const line = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('- [x] `a` <!-- b/c -->', '- [ ] `%` <!-- %/% -->', '- [X] `a` <!-- b/c -->', '\r', '- [ ] `a` <!-- b/c --> '),
  )
  const body = fc.array(line).map((lines) => lines.join('\n'))
  fc.assert(
    fc.property(body, body, (from, to) => {
      expect(ticksOf(from, from)).toEqual({ ticks: [], isOtherwiseChanged: false })
      for (const tick of ticksOf(from, to).ticks) expect(tick.address.length + tick.step.length).toBeGreaterThan(0)
      expect(bodyHash(from)).toMatch(/^[0-9a-f]{64}$/)
    }),
  )
})

it.each([
  ['a line was deleted', (body: string) => body.replace(`${lineOf(keys[0] ?? never(), false)}\n`, '')],
  ['a line was moved', (body: string) => swap(body, keys[0] ?? never(), keys[1] ?? never())],
  [
    'a box stands twice',
    (body: string) =>
      body.replace(lineOf(keys[0] ?? never(), false), `${lineOf(keys[0] ?? never(), false)}\n${lineOf(keys[0] ?? never(), true)}`),
  ],
  ['a key was changed', (body: string) => body.replace('`migrate` <!-- eu-1/acme -->', '`migrate` <!-- eu-1/other -->')],
  ['the box is no box any more', (body: string) => body.replace('- [ ]', '- []')],
  ['a line was added at the end', (body: string) => `${body}more`],
  ['the text was deleted', () => ''],
])('%s: that is no tick', (_, edit) => {
  expect(ticksOf(EMPTY, edit(EMPTY))).toEqual({ ticks: [], isOtherwiseChanged: true })
})

it('a box ticked with a capital X is ticked; x made X is no change', () => {
  const key = keys[0] ?? never()
  const ticked = flip(EMPTY, key)
  expect(ticksOf(EMPTY, ticked.replace('- [x]', '- [X]'))).toEqual({ ticks: [{ ...key, checked: true }], isOtherwiseChanged: false })
  expect(ticksOf(ticked, ticked.replace('- [x]', '- [X]'))).toEqual({ ticks: [], isOtherwiseChanged: false })
})

function plain(body: string): string {
  return body
    .replace(/\r\n?/g, '\n')
    .replace(/[ \t]+$/gm, '')
    .trimEnd()
    .replace(/^- \[[xX ]\](?= .*`[^\s`]+` <!-- \S+ -->$)/gm, '- [ ]')
}

function swap(body: string, left: (typeof keys)[number], right: (typeof keys)[number]): string {
  return body.replace(lineOf(left, false), 'left').replace(lineOf(right, false), lineOf(left, false)).replace('left', lineOf(right, false))
}

function byKey(
  left: { readonly address: string; readonly step: string },
  right: { readonly address: string; readonly step: string },
): number {
  return `${left.address} ${left.step}` < `${right.address} ${right.step}` ? -1 : 1
}

function never(): never {
  throw new Error('There are keys')
}
