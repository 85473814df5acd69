import { expect, it } from 'vitest'
import { toCustomers } from '../src/board/rows.ts'
import { stepsOf } from '../src/index.ts'
import type { Command } from '../src/release/command.ts'
import type { Anchor } from '../src/release/records/parts.ts'
import { activate, customerState, shown } from './board/board-stage.ts'
import { stepOf, type Stage } from './release-stage.ts'

const ACME = 'eu-1/acme'
const add = (anchor: Anchor | null): Command => ({
  kind: 'add-custom',
  category: 'deploy',
  type: 'bash',
  name: 'Own',
  content: 'x',
  anchor,
})
const move = (step: string, anchor: Anchor): Command => ({ kind: 'edit-custom', step, name: null, type: null, content: null, anchor })

function orderOf(stage: Stage): readonly string[] {
  const { release, matrix } = shown(stage)
  const order = stepsOf(release, customerState(stage, ACME)).map(({ id }) => id)
  const [customer] = toCustomers(release, matrix, (address) => address === ACME)
  expect(customer?.steps.map(({ id }) => id)).toEqual(order)
  return order
}

it('a customer’s own steps stand in the order in which they were added, on the board too, however many there are', () => {
  const stage = activate({ steps: [stepOf('a')] })
  for (let at = 0; at < 12; at += 1) stage.ask(ACME, add(null))
  expect(orderOf(stage)).toEqual(['a', ...Array.from({ length: 12 }, (_, at) => `custom-${at + 1}`)])
})

it('an own step may be moved beside one that was added later', () => {
  const stage = activate({ steps: [stepOf('a'), stepOf('b')] })
  stage.ask(ACME, add(null))
  stage.ask(ACME, add({ position: 'before', step: 'a' }))
  expect(orderOf(stage)).toEqual(['custom-2', 'a', 'b', 'custom-1'])
  stage.ask(ACME, move('custom-1', { position: 'after', step: 'custom-2' }))
  expect(orderOf(stage)).toEqual(['custom-2', 'custom-1', 'a', 'b'])
})

it('own steps that stand beside each other in a circle are all there, at the end of their category', () => {
  const stage = activate({ steps: [stepOf('a')] })
  stage.ask(ACME, add(null))
  stage.ask(ACME, add({ position: 'after', step: 'custom-1' }))
  stage.ask(ACME, move('custom-1', { position: 'after', step: 'custom-2' }))
  expect(orderOf(stage)).toEqual(['a', 'custom-1', 'custom-2'])
})
