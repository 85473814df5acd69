import { expect, it } from 'vitest'
import { EVENT_DATA } from '../../src/idea/records/events.ts'
import { sayLogEntry } from '../../src/render.ts'

const say = (type: string, facts = {}) => sayLogEntry({ type, facts, to: undefined })

it('every event of an idea has words of its own, also where its facts are missing', () => {
  const said = Object.keys(EVENT_DATA).map((type) => say(type))
  expect(said.filter((words) => /plan\.|undefined|NaN/.test(words))).toEqual([])
  expect(new Set(said).size).toBe(said.length)
})

it('a type that is not known is said as it is written', () => {
  expect([say('plan.later'), say('constructor')]).toEqual(['plan.later', 'constructor'])
})

it('tells what matters, and where it led to', () => {
  expect(sayLogEntry({ type: 'plan.uploaded', facts: { length: 1, from_status: 'DRAFT', superseded_rounds: 2 }, to: 'PLAN_READY' })).toBe(
    'NOTE: uploaded a plan of 1 character from DRAFT, the review before it counts no more → PLAN_READY',
  )
  expect([say('plan.item-closed', { number: 3 }), say('plan.item-closed', { number: 3, is_gone: true })]).toEqual([
    'closed #3',
    'found #3 gone',
  ])
})
