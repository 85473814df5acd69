import { describe, expect, it } from 'vitest'
import { evaluateCondition } from '../../src/catalogue/condition.ts'
import { findConditionFaults } from '../../src/catalogue/condition-names.ts'

const scene = {
  selections: { auth: ['sessions', 'passkeys'], 'ui-components': [], constructor: ['one'] },
  repo: { owner: 'acme', name: 'shop', visibility: 'private' },
} as const
const known = new Map(Object.entries(scene.selections).map(([slug]) => [slug, ['sessions', 'passkeys', 'one']]))

const HOLDS: readonly (readonly [string, boolean])[] = [
  ["contains(selections.auth, 'sessions')", true],
  ["${{ contains(selections.auth, 'PASSKEYS') }}", true],
  ["contains(selections.ui-components, 'one')", false],
  ["!contains(selections['ui-components'], 'one')", true],
  ["contains(selections.constructor, 'one')", true],
  ["contains(selections.*, 'one') || contains(toJSON(selections), 'one')", true],
  ["repo.owner == 'acme' && repo.visibility != 'public'", true],
  ["startsWith(repo.name, 'shop-')", false],
  ["format('{0}/{1}', repo.owner, repo.name) == 'acme/shop'", true],
  ['selections.auth[0]', true],
  ['selections.auth[9]', false],
  ["join(selections.auth, '+') == 'sessions+passkeys'", true],
  ["''", false],
  ['0', false],
  ['selections.auth', true],
]

it.each(HOLDS)('%s holds: %s', (text, holds) => {
  expect(findConditionFaults(text, known)).toEqual([])
  expect(evaluateCondition(text, scene)).toEqual({ holds })
})

it('a computation that fails is told', () => {
  expect(evaluateCondition("fromJSON('{')", scene)).toHaveProperty('fault')
  expect(evaluateCondition('a +', scene)).toHaveProperty('fault')
})

describe('an expression is refused', () => {
  const REFUSED: readonly (readonly [string, number, string])[] = [
    ['', 0, 'The expression is empty.'],
    ['  ${{  }}', 5, 'The expression is empty.'],
    ['github.actor', 0, "The expression cannot be read: Unrecognized named-value: 'github'."],
    ['env.HOME', 0, "The expression cannot be read: Unrecognized named-value: 'env'."],
    ["hashFiles('x')", 0, "The expression cannot be read: Unrecognized function: 'hashFiles'."],
    ['selections.ath', 11, 'There is no category `ath`.'],
    ["selections['__proto__']", 11, 'There is no category `__proto__`.'],
    ['repo.tostring', 5, '`repo` has no field `tostring`.'],
    ["${{ contains(selections.auth, 'session') }}", 30, 'The category `auth` has no option `session`.'],
    ["(repo.name == '') || !selections.x", 33, 'There is no category `x`.'],
  ]
  it.each(REFUSED)('%j at %i: %s', (text, offset, message) => {
    expect(findConditionFaults(text, known).map((fault) => [fault.offset, fault.message])).toEqual([[offset, message]])
  })

  it.each(['('.repeat(900), `${'!'.repeat(999)}1`, '[]', '1 2', '${{ a }} ${{ b }}', "'"])('%s', (text) => {
    expect(findConditionFaults(text, known)).toHaveLength(1)
  })
})
