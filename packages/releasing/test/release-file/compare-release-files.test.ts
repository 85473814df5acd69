import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareReleaseFiles, type TemplateChange } from '../../src/files.ts'
import { CATEGORIES, type Category, type ReleaseFile, type TemplateStep } from '../../src/index.ts'

const step = (id: string, category: Category = 'deploy', words: Partial<TemplateStep> = {}): TemplateStep => ({
  id,
  category,
  name: id,
  type: 'bash',
  content: 'x',
  description: '',
  ...words,
})
const release = (steps: readonly TemplateStep[], facts: Partial<ReleaseFile> = {}): ReleaseFile => ({
  slug: 'r',
  name: 'R',
  type: 'release',
  versionNumber: '1',
  releaseDate: undefined,
  description: '',
  metadata: {},
  ref: undefined,
  steps,
  ...facts,
})
const deploy = (ids: string): ReleaseFile => release([...ids].map((id) => step(id)))
const movedIn = (old: string, now: string): string =>
  compareReleaseFiles(deploy(old), deploy(now))
    .moved.map(({ id }) => id)
    .join('')

it('a file compared with itself shows no change', () => {
  const file = release([step('a'), step('b', 'verify')])
  const change = compareReleaseFiles(file, file)
  expect(change).toEqual({ added: [], removed: [], changed: [], moved: [], order: { deploy: ['a'], verify: ['b'] }, fields: [] })
})

it('tells what came, went and changed, field by field', () => {
  const old = release([step('a'), step('b'), step('c', 'verify'), step('d', 'verify')])
  const now = release([
    step('b', 'deploy', { content: 'y', name: 'B', type: 'sql', description: 'd' }),
    step('e'),
    step('d', 'verify', { content: 'z' }),
  ])
  const change = compareReleaseFiles(old, now)
  expect(change.added.map(({ id }) => id)).toEqual(['e'])
  expect(change.removed.map(({ id }) => id)).toEqual(['a', 'c'])
  expect(change.changed.map(({ step: { id, content }, fields }) => [id, content, fields])).toEqual([
    ['b', 'y', ['name', 'type', 'content', 'description']],
    ['d', 'z', ['content']],
  ])
  expect(change.moved).toEqual([])
})

it('tells what the file says otherwise of the release itself', () => {
  const change = compareReleaseFiles(release([]), release([], { name: 'S', releaseDate: '2026-11-21', ref: 'v1' }))
  expect(change.fields).toEqual(['name', 'releaseDate', 'ref'])
})

describe('moved steps', () => {
  it.each([
    ['abcd', 'bcda', 'a'],
    ['abcd', 'dabc', 'd'],
    ['abc', 'xabcy', ''],
    ['abcd', 'ad', ''],
    ['abcd', 'xdbc', 'd'],
  ])('from %s to %s are “%s”', (old, now, moved) => {
    expect(movedIn(old, now)).toBe(moved)
  })

  it.each([
    ['abcd', 'acbd', 1],
    ['abcd', 'badc', 2],
    ['abc', 'cba', 2],
  ])('from %s to %s are the fewest that give the new order: %i', (old, now, count) => {
    expect(movedIn(old, now)).toHaveLength(count)
  })

  it('a step that goes from deploy to verify moved, and nothing else did', () => {
    const old = release([step('a'), step('b'), step('c', 'verify')])
    const now = release([step('b'), step('a', 'verify'), step('c', 'verify')])
    expect(compareReleaseFiles(old, now).moved).toEqual([{ id: 'a', from: 'deploy', to: 'verify' }])
  })
})

/** The old file's steps with the change made to them. */
function applyChange(old: readonly TemplateStep[], { added, removed, changed, moved, order }: TemplateChange): readonly TemplateStep[] {
  const gone = new Set(removed.map(({ id }) => id))
  const words = new Map(changed.map(({ step: each, fields }) => [each.id, Object.fromEntries(fields.map((field) => [field, each[field]]))]))
  const place = new Map(moved.map(({ id, to }) => [id, to]))
  const kept = old
    .filter(({ id }) => !gone.has(id))
    .map((each) => ({ ...each, ...words.get(each.id), category: place.get(each.id) ?? each.category }))
  const all = new Map([...kept, ...added].map((each) => [each.id, each]))
  return CATEGORIES.flatMap((category) => order[category].flatMap((id) => all.get(id) ?? []))
}

const steps = fc
  .uniqueArray(fc.record({ id: fc.constantFrom(...'abcdefgh'), verify: fc.boolean(), content: fc.constantFrom('x', 'y') }), {
    selector: ({ id }) => id,
  })
  .map((list) => {
    const all = list.map(({ id, verify, content }) => step(id, verify ? 'verify' : 'deploy', { content }))
    return CATEGORIES.flatMap((category) => all.filter((each) => each.category === category))
  })

it('the change made to the old file gives the new one', () => {
  fc.assert(
    fc.property(steps, steps, (old, now) => {
      const change = compareReleaseFiles(release(old), release(now))
      expect(applyChange(old, change)).toEqual(now)
    }),
  )
})

it('what did not move stands in the same order as before', () => {
  fc.assert(
    fc.property(steps, steps, (old, now) => {
      const { moved, added, removed } = compareReleaseFiles(release(old), release(now))
      const out = new Set([...moved, ...added, ...removed].map(({ id }) => id))
      const still = (list: readonly TemplateStep[]) => list.filter(({ id }) => !out.has(id)).map(({ id, category }) => [id, category])
      expect(still(now)).toEqual(still(old))
    }),
  )
})
