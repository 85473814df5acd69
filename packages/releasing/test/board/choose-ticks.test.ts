import { expect, test } from 'vitest'
import { chooseTicks } from '../../src/board/choose-ticks.ts'
import { readTicks, type Tick } from '../../src/board/read-ticks.ts'
import { sign } from '../../src/board/signature.ts'

const STEPS = ['a', 'b', 'c', 'd'] as const
/** A board whose ledger has these steps as done: its words change with them, as those of a real one do. */
const draw = (done: string): string =>
  sign(`## ${done.length} done\n${STEPS.map((step) => `- [${done.includes(step) ? 'x' : ' '}] Do \`${step}\` <!-- eu/x -->\n`).join('')}`)
/** The board as a person's browser has it once these boxes were clicked. */
function click(body: string, steps: string): string {
  return [...steps].reduce(
    (text, step) => text.replace(new RegExp(`^- \\[([ x])\\](?= Do \`${step}\`)`, 'm'), (_, was) => `- [${was === 'x' ? ' ' : 'x'}]`),
    body,
  )
}
const said = (ticks: readonly Tick[]): string => ticks.map(({ step, checked }) => `${checked ? '+' : '-'}${step}`).join(' ')

interface Edit {
  readonly what: string
  readonly from: string
  readonly to: string
  /** What the ledger has as done when the edit is read. */
  readonly ledger: string
  readonly taken: string
  readonly left?: string
}

const edits: readonly Edit[] = [
  { what: 'a tick', from: draw(''), to: click(draw(''), 'a'), ledger: '', taken: '+a' },
  { what: 'an untick', from: draw('a'), to: click(draw('a'), 'a'), ledger: 'a', taken: '-a' },
  { what: 'a tick taken back before the redraw', from: click(draw(''), 'a'), to: draw(''), ledger: 'a', taken: '-a' },
  { what: 'a tick taken back that no run has read yet', from: click(draw(''), 'a'), to: draw(''), ledger: '', taken: '-a' },
  { what: 'ticks of two clicks', from: draw(''), to: click(draw(''), 'ab'), ledger: '', taken: '+a +b' },
  { what: 'a tick and an untick by hand', from: draw('a'), to: click(draw('a'), 'ab'), ledger: 'a', taken: '-a +b' },
  {
    what: 'a tick by somebody who has not seen another’s',
    from: click(draw(''), 'a'),
    to: click(draw(''), 'b'),
    ledger: 'a',
    taken: '+b',
  },
  {
    what: 'an untick by somebody who has not seen another’s tick',
    from: click(draw('b'), 'a'),
    to: click(draw('b'), 'b'),
    ledger: 'ab',
    taken: '-b',
  },
  {
    what: 'a tick by somebody who has not seen another’s untick',
    from: click(draw('a'), 'a'),
    to: click(draw('a'), 'b'),
    ledger: 'a',
    taken: '+b',
  },
  {
    what: 'two ticks taken back together: perhaps others’',
    from: click(draw(''), 'ab'),
    to: draw(''),
    ledger: 'ab',
    taken: '',
    left: '-a -b',
  },
  { what: 'a tick on a board drawn anew meanwhile', from: draw('ab'), to: click(draw(''), 'c'), ledger: 'ab', taken: '+c' },
  { what: 'a tick on a board that was drawn before a revert', from: draw(''), to: click(draw('a'), 'b'), ledger: '', taken: '+b' },
  { what: 'an untick on a board drawn anew meanwhile', from: draw('abc'), to: click(draw('a'), 'a'), ledger: 'abc', taken: '-a' },
  {
    what: 'a second untick on a board drawn anew meanwhile',
    from: draw('b'),
    to: click(draw('ab'), 'ab'),
    ledger: 'b',
    taken: '-b',
  },
  {
    what: 'ticks on a board drawn anew with one of them',
    from: draw('a'),
    to: click(draw(''), 'ab'),
    ledger: 'a',
    taken: '+b',
  },
  {
    what: 'a tick on a board on which another’s tick was just overwritten',
    from: click(draw('c'), 'd'),
    to: click(draw(''), 'ab'),
    ledger: 'cd',
    taken: '+a +b',
  },
  {
    what: 'several unticks on a board drawn anew meanwhile',
    from: draw('abc'),
    to: click(draw('ab'), 'ab'),
    ledger: 'abc',
    taken: '',
    left: '-a -b',
  },
  {
    what: 'a tick with an untick on a board drawn anew meanwhile',
    from: draw('abc'),
    to: click(draw('ab'), 'ad'),
    ledger: 'abc',
    taken: '+d',
    left: '-a',
  },
  { what: 'an old board brought back', from: draw('abc'), to: draw('a'), ledger: 'abc', taken: '' },
]

test.each(edits)('$what: $taken', ({ from, to, ledger, taken, left = '' }) => {
  const edit = readTicks(from, to)
  expect(edit.isOtherwiseChanged).toBe(false)
  const chosen = chooseTicks(edit, ({ step }) => ledger.includes(step))
  expect({ taken: said(chosen.taken), left: said(chosen.left) }).toEqual({ taken, left })
})

test('words edited on an old board are told, and its ticks taken without its unticks', () => {
  const edit = readTicks(draw('ab'), click(draw('a'), 'c').replace('done', 'gone'))
  expect(edit).toMatchObject({ isOfOtherDrawing: true, isOtherwiseChanged: true })
  expect(said(chooseTicks(edit, ({ step }) => 'ab'.includes(step)).taken)).toBe('+c')
})

test('whoever clicks on a board whose words another just changed is not blamed for them', () => {
  const edit = readTicks(draw('').replace('done', 'gone'), click(draw(''), 'a'))
  expect(edit.isOtherwiseChanged).toBe(false)
  expect(said(chooseTicks(edit, () => false).taken)).toBe('+a')
})
