import { describe, expect, it } from 'vitest'
import { type Ancestor, decideRollup } from '../../src/tree/roll-up.ts'

const open = (number: number) => ({ number, isOpen: true, isDone: false })
const done = (number: number) => ({ number, isOpen: false, isDone: true })
const dropped = (number: number) => ({ number, isOpen: false, isDone: false })
const parent = (number: number, isOpen: boolean, children: Ancestor['children']): Ancestor => ({ number, isOpen, children })
const isOurs = (number: number): boolean => number < 100

describe('a child that was closed', () => {
  it.each<[string, Ancestor[], unknown]>([
    ['leaves a parent with an open child open', [parent(2, true, [done(1), open(3)])], []],
    ['closes its parent when it was the last', [parent(2, true, [done(1), done(3)])], [{ kind: 'close', number: 2, isDone: true }]],
    [
      'closes all above that have nothing open',
      [parent(2, true, [done(1)]), parent(4, true, [open(2), done(5)])],
      [
        { kind: 'close', number: 2, isDone: true },
        { kind: 'close', number: 4, isDone: true },
      ],
    ],
    ['is believed where the list still has it open', [parent(2, true, [open(1)])], [{ kind: 'close', number: 2, isDone: true }]],
    [
      'leaves a parent open that has an open child in another repository',
      [parent(2, true, [done(1), { ...open(1), number: undefined }])],
      [],
    ],
    ['leaves a parent alone that is closed', [parent(2, false, [done(1)]), parent(4, true, [done(2)])], []],
    ['leaves alone what is not the plan’s', [parent(200, true, [done(1)])], []],
  ])('%s', (_, above, expected) => {
    expect(decideRollup({ changed: done(1), above, isOurs })).toEqual(expected)
  })

  it('closes its parent as not planned where nothing below it was done', () => {
    const above = [parent(2, true, [dropped(1), dropped(3)])]
    expect(decideRollup({ changed: dropped(1), above, isOurs })).toEqual([{ kind: 'close', number: 2, isDone: false }])
  })
})

describe('a child that was opened again', () => {
  it('opens all above that were closed', () => {
    const above = [parent(2, false, [open(1), done(3)]), parent(4, false, [done(2)]), parent(6, true, [done(4)])]
    expect(decideRollup({ changed: open(1), above, isOurs })).toEqual([
      { kind: 'reopen', number: 2 },
      { kind: 'reopen', number: 4 },
    ])
  })

  it('changes nothing below an open parent', () => {
    expect(decideRollup({ changed: open(1), above: [parent(2, true, [open(1)])], isOurs })).toEqual([])
  })
})
