import { afterAll, beforeAll, expect, test } from 'vitest'
import { readChangedPaths } from '../src/operations/index.ts'
import { openOperationsLab, type OperationsLab } from './operations-lab.ts'

const app = { owner: 'acme', name: 'app' }
let lab: OperationsLab
let base: string

const commit = (files: Readonly<Record<string, string | null>>): Promise<string> =>
  lab.local.world.commit({ repository: 'acme/app', files })

beforeAll(async () => {
  lab = await openOperationsLab()
  await lab.local.world.addRepository({ owner: 'acme', name: 'app' })
  base = await commit({ 'plans/a.md': 'one', 'plans/b.md': 'two', 'plans/c.md': 'three' })
})
afterAll(() => lab[Symbol.asyncDispose]())

test('what several commits added or changed is told, and not what they deleted, in one request', async () => {
  await commit({ 'plans/a.md': 'changed', 'plans/b.md': null })
  const head = await commit({ 'plans/inner/d.md': 'new' })
  lab.local.log.reset()
  expect(await readChangedPaths(lab.boss, app, { base, head })).toEqual(['plans/a.md', 'plans/inner/d.md'])
  expect(lab.local.log.count()).toBe(1)
})

test('nothing is told of a base that is gone, or of more files than GitHub lists', async () => {
  const head = await commit(Object.fromEntries(Array.from({ length: 301 }, (_, at) => [`many/${at}.txt`, 'x'])))
  expect(await readChangedPaths(lab.boss, app, { base: '1'.repeat(40), head })).toBeUndefined()
  expect(await readChangedPaths(lab.boss, app, { base, head })).toBeUndefined()
})
