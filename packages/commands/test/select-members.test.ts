import fc from 'fast-check'
import { expect, it } from 'vitest'
import { parseSelector, selectMembers, type Member, type PlacedSelector } from '../src/index.ts'
import { matchesWildcard } from '../src/select/wildcard.ts'

const member = (address: string, name: string, ...tags: string[]): Member => {
  const [cluster = '', namespace = ''] = address.split('/')
  return { cluster, namespace, name, tags }
}
const members = [
  member('eu-1/acme', 'Acme Corp', 'canary'),
  member('eu-1/umbra', 'Umbra', 'large'),
  member('eu-2/acme', 'Acme Corp', 'large'),
  member('us-1/zoë', 'Zoë', 'canary', 'large'),
]

function select(...words: string[]) {
  const all = words.includes('--all')
  const selectors = words
    .filter((word) => word !== '--all')
    .map((word, index): PlacedSelector => {
      const parsed = parseSelector(word)
      if (!parsed.ok) throw new Error(parsed.message)
      return { ...parsed.selector, line: 1, column: index + 1 }
    })
  return selectMembers({ audience: { all, selectors, line: 1, column: 1 }, members })
}
const addresses = (...words: string[]) => {
  const result = select(...words)
  return result.ok ? result.members.map(({ cluster, namespace }) => `${cluster}/${namespace}`) : result.faults
}
const faults = (...words: string[]) => {
  const result = select(...words)
  return result.ok ? [] : result.faults.map(({ column, code, hint }) => [column, code, hint])
}

it.each<[string[], string[]]>([
  [['eu-1/acme'], ['eu-1/acme']],
  [['umbra'], ['eu-1/umbra']],
  [['Umbra'], ['eu-1/umbra']],
  [['zoe\u0308'], ['us-1/zoë']],
  [['cluster:eu-*'], ['eu-1/acme', 'eu-1/umbra', 'eu-2/acme']],
  [['cluster:eu-1'], ['eu-1/acme', 'eu-1/umbra']],
  [['tag:canary'], ['eu-1/acme', 'us-1/zoë']],
  [['*/acme'], ['eu-1/acme', 'eu-2/acme']],
  [['eu-1/*'], ['eu-1/acme', 'eu-1/umbra']],
  [
    ['us-1/zoë', 'eu-1/acme', 'tag:canary'],
    ['eu-1/acme', 'us-1/zoë'],
  ],
  [['--all'], ['eu-1/acme', 'eu-1/umbra', 'eu-2/acme', 'us-1/zoë']],
  [
    ['--all', '!tag:canary'],
    ['eu-1/umbra', 'eu-2/acme'],
  ],
  [
    ['!umbra', 'cluster:eu-*'],
    ['eu-1/acme', 'eu-2/acme'],
  ],
])('%j stands for %j', (words, expected) => {
  expect(addresses(...words)).toEqual(expected)
})

it.each<[string[], [number, string, string][]]>([
  [['eu-1/acne'], [[1, 'unknown-member', 'Did you mean “eu-1/acme”?']]],
  [['umbar'], [[1, 'unknown-member', 'Did you mean “umbra”?']]],
  [['zzzzzz'], [[1, 'unknown-member', 'There are “acme”, “umbra”, “zoë”, “Acme Corp”, “Umbra”, “Zoë”.']]],
  [['eu-1'], [[1, 'unknown-member', 'All on that cluster are “cluster:eu-1”.']]],
  [['cluster:asia-*'], [[1, 'unknown-member', 'There are “cluster:eu-1”, “cluster:eu-2”, “cluster:us-1”.']]],
  [['tag:canari'], [[1, 'unknown-member', 'Did you mean “tag:canary”?']]],
  [['acme'], [[1, 'ambiguous-member', 'Write one of “eu-1/acme”, “eu-2/acme”.']]],
  [['--all', '!acme'], [[1, 'ambiguous-member', 'Write one of “!eu-1/acme”, “!eu-2/acme”.']]],
  [['--all', '!umbar'], [[1, 'unknown-member', 'Did you mean “!umbra”?']]],
  [['!umbra'], [[1, 'only-exclusions', 'Add “--all”, or name who is meant.']]],
  [['umbra', '!umbra'], [[1, 'nothing-selected', 'Take an exclusion away, or name others.']]],
  [
    ['acme', 'umbar'],
    [
      [1, 'ambiguous-member', 'Write one of “eu-1/acme”, “eu-2/acme”.'],
      [2, 'unknown-member', 'Did you mean “umbra”?'],
    ],
  ],
])('%j is refused', (words, expected) => {
  expect(faults(...words)).toEqual(expected)
})

it('takes a letter of another alphabet for another letter', () => {
  expect(faults('umbr\u0430')).toEqual([[1, 'unknown-member', 'Did you mean “umbra”?']])
})

it('lists no more candidates than can be read', () => {
  const many = Array.from({ length: 30 }, (_, index) => member(`c-${index}/acme`, 'Acme'))
  const parsed = parseSelector('acme')
  if (!parsed.ok) throw new Error(parsed.message)
  const result = selectMembers({
    audience: { all: false, selectors: [{ ...parsed.selector, line: 1, column: 1 }], line: 1, column: 1 },
    members: many,
  })
  expect(result.ok ? '' : result.faults[0]?.hint).toMatch(/“c-9\/acme” and 20 more\.$/)
})

it.each(['', '!', '/', 'eu/', '/x', 'a/b/c', 'cluster:', 'tag:', 'kind:x', 'acme*'])('%j is no selector', (text) => {
  expect(parseSelector(text).ok).toBe(false)
})

it('matches wildcards as a regular expression would', () => {
  const text = fc.array(fc.constantFrom('a', 'b', '*', '/'), { maxLength: 8 }).map((chars) => chars.join(''))
  fc.assert(
    fc.property(text, text, (written, pattern) => {
      const name = written.replaceAll('*', '')
      const hasStar = pattern.includes('*')
      const expected = hasStar ? new RegExp(`^${pattern.replaceAll('*', '[^/]*')}$`).test(name) && !name.includes('/') : name === pattern
      expect(matchesWildcard(name, pattern)).toBe(expected)
    }),
    { numRuns: 2_000 },
  )
})
