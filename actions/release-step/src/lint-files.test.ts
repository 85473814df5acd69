import { describe, expect, it } from 'vitest'
import { contentsNamed, findReleaseFaults, type Linted } from './lint-files.ts'

const PATHS = { inventory: 'release/inventory.yml', releases: 'release/releases' }
const INVENTORY =
  'clusters:\n  - name: eu-1\n    customers:\n      - { name: Acme, namespace: acme }\n      - { name: Beta, namespace: beta }\n'
const RELEASE = 'name: Spring\ntype: release\nsteps:\n  deploy:\n    - { id: migrate, name: Migrate, type: sql, file: steps/migrate.sql }\n'
const FILES = { 'release/inventory.yml': INVENTORY, 'release/releases/spring.yml': RELEASE }
const CONTENTS = new Map([['release/steps/migrate.sql', 'select 1']])

function lint(
  files: Readonly<Record<string, string | undefined>>,
  { before, contents = CONTENTS }: Partial<Linted> = {},
): readonly string[] {
  const faults = findReleaseFaults({ texts: new Map(Object.entries(files)), contents, before }, PATHS)
  return faults.map(({ place, code, severity }) => `${place?.file}:${place?.line}:${place?.column} ${code} ${severity}`)
}

describe('the files of a commit', () => {
  it('without a fault are sound', () => {
    expect(lint(FILES)).toEqual([])
    expect(lint(FILES, { before: INVENTORY })).toEqual([])
  })

  it.each<[what: string, files: Readonly<Record<string, string | undefined>>, expected: readonly string[]]>([
    [
      'an inventory with a fault',
      { 'release/inventory.yml': INVENTORY.replace('eu-1', 'eu 1') },
      ['release/inventory.yml:2:11 bad-name error'],
    ],
    ['an inventory that is no text', { 'release/inventory.yml': undefined }, ['release/inventory.yml:1:1 unreadable-file error']],
    [
      'a release with a fault',
      { 'release/releases/spring.yml': RELEASE.replace('sql,', 'perl,') },
      ['release/releases/spring.yml:5:43 unknown-value error'],
    ],
    ['a release that is no text', { 'release/releases/spring.yml': undefined }, ['release/releases/spring.yml:1:1 unreadable-file error']],
    ['a release with a bad name', { 'release/releases/Big.yml': RELEASE }, ['release/releases/Big.yml:1:1 bad-slug error']],
    [
      'a release with another ending',
      { 'release/releases/more.yaml': 'nothing: at all' },
      ['release/releases/more.yaml:1:1 misnamed-release warning'],
    ],
    ['files that are none of ours', { 'release/releases/README.md': '# x', 'release/other.yml': ':' }, []],
  ])('%s', (_, changed, expected) => {
    expect(lint({ ...FILES, ...changed })).toEqual(expected)
  })

  it('name contents that must be there, and are judged at their own places', () => {
    expect(contentsNamed(new Map(Object.entries(FILES)), PATHS)).toEqual(['release/steps/migrate.sql'])
    expect(lint(FILES, { contents: new Map() })).toEqual(['release/releases/spring.yml:5:54 missing-file error'])
    expect(lint(FILES, { contents: new Map([['release/steps/migrate.sql', 'a\nb\u202e']]) })).toEqual([
      'release/steps/migrate.sql:2:2 hidden-character error',
    ])
  })
})

describe('a change of the inventory', () => {
  it.each<[what: string, inventory: Readonly<Record<string, string>>, expected: readonly string[]]>([
    [
      'that removes a customer',
      { 'release/inventory.yml': INVENTORY.replace(/.*beta.*\n/, '') },
      ['release/inventory.yml:2:5 removed-customer error'],
    ],
    [
      'that renames a cluster',
      { 'release/inventory.yml': INVENTORY.replace('eu-1', 'eu-2') },
      ['release/inventory.yml:1:1 removed-cluster error'],
    ],
    ['that removes the file', {}, ['release/inventory.yml:1:1 missing-inventory error']],
  ])('%s is refused', (_, inventory, expected) => {
    expect(lint({ 'release/releases/spring.yml': RELEASE, ...inventory }, { before: INVENTORY })).toEqual(expected)
  })

  it('of which the former text is faulty is judged by itself', () => {
    expect(lint(FILES, { before: 'clusters: 7\n' })).toEqual([])
  })
})
