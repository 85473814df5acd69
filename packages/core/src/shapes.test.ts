import { describe, expect, it } from 'vitest'
import { fullJitter, RETRY_STEPS_MS } from './backoff.ts'
import { isRejection } from './decider.ts'
import { isJsonObject } from './json.ts'
import { combineSelections, type Selection } from './selection.ts'

describe('fullJitter', () => {
  it('spreads evenly under a step that grows and then stays', () => {
    expect(RETRY_STEPS_MS.map((_, attempt) => fullJitter(attempt, 0.5))).toEqual([50, 100, 200, 400, 800])
    expect(fullJitter(99, 0.5)).toBe(800)
    expect(fullJitter(0, 0)).toBe(0)
    expect(fullJitter(0, 0.999)).toBe(99)
    expect(fullJitter(3, 0.5, [])).toBe(0)
  })
})

it('isRejection tells a refusal from a decision', () => {
  expect(isRejection({ rejected: { code: 'c', message: 'm', hint: 'h' } })).toBe(true)
  expect(isRejection({ events: [], effects: [] })).toBe(false)
})

it('isJsonObject accepts objects only', () => {
  expect([{}, [], null, 'x', 1].map(isJsonObject)).toEqual([true, false, false, false, false])
})

describe('combineSelections', () => {
  const part = (prefix: string): Selection<string> => ({
    fields: `${prefix}: repository(name: $${prefix}Name) { id }`,
    variables: { [`${prefix}Name`]: { type: 'String!', value: prefix } },
    parse: () => prefix,
  })

  it('asks for several parts in one query, with data in variables only', () => {
    expect(combineSelections([part('a'), part('b')])).toEqual({
      document: 'query($aName: String!, $bName: String!) {\na: repository(name: $aName) { id }\nb: repository(name: $bName) { id }\n}',
      variables: { aName: 'a', bName: 'b' },
    })
  })

  it('needs no variables', () => {
    expect(combineSelections([{ fields: 'viewer { login }', variables: {}, parse: () => null }]).document).toBe(
      'query {\nviewer { login }\n}',
    )
  })
})
