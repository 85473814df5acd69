import { afterAll, beforeAll, expect, test } from 'vitest'
import { readBlobText, readCommitFiles } from '../src/operations/index.ts'
import { caught } from './lab.ts'
import { openOperationsLab, type OperationsLab } from './operations-lab.ts'

const app = { owner: 'acme', name: 'app' }
const large = 'ä'.repeat(300_000)
let lab: OperationsLab
let first: string

const commit = (files: Readonly<Record<string, string | Buffer | null>>): Promise<string> =>
  lab.local.world.commit({ repository: 'acme/app', files })

beforeAll(async () => {
  lab = await openOperationsLab()
  await lab.local.world.addRepository({ owner: 'acme', name: 'app' })
  const many = Object.fromEntries(Array.from({ length: 60 }, (_, at) => [`many/${at}.txt`, `text ${at}`]))
  first = await commit({
    'release/a.yml': 'one',
    'release/b.yml': 'two',
    'release/inner/c.yml': 'three',
    binary: Buffer.from([0, 1, 2, 255]),
    'large.csv': large,
    ...many,
  })
})
afterAll(() => lab[Symbol.asyncDispose]())

const read = async (wanted: Omit<Parameters<typeof readCommitFiles>[2], 'commit'>, at = first) =>
  new Map([...(await readCommitFiles(lab.boss, app, { commit: at, ...wanted }))].map(([path, { text }]) => [path, text]))

test('files and a folder’s files are read as they were, in one request; what is not there is left out', async () => {
  await commit({ 'release/a.yml': 'changed', 'release/b.yml': null })
  lab.local.log.reset()
  expect(await read({ files: ['release/b.yml', 'none', 'release'], folder: 'release' })).toEqual(
    new Map([
      ['release/b.yml', 'two'],
      ['release/a.yml', 'one'],
    ]),
  )
  expect(lab.local.log.count()).toBe(1)
})

test('of a folder’s folders as many levels are read as are asked for', async () => {
  const names = async (levels: number): Promise<readonly string[]> => [...(await read({ folder: 'release', levels })).keys()]
  expect(await names(0)).toEqual(['release/a.yml', 'release/b.yml'])
  expect(await names(2)).toEqual(['release/a.yml', 'release/b.yml', 'release/inner/c.yml'])
})

test('a folder that is not there, or is a file, has none', async () => {
  expect(await read({ folder: 'none' })).toEqual(new Map())
  expect(await read({ folder: 'release/a.yml' })).toEqual(new Map())
})

test('a hundred files are two requests', async () => {
  lab.local.log.reset()
  const found = await read({ files: Array.from({ length: 100 }, (_, at) => `many/${at}.txt`) })
  expect([found.size, found.get('many/59.txt'), lab.local.log.count()]).toEqual([60, 'text 59', 2])
})

test('what GraphQL does not hand out as text is told, and read whole as a blob', async () => {
  const found = await readCommitFiles(lab.boss, app, { commit: first, files: ['large.csv', 'binary'] })
  expect([...found.values()].map(({ text }) => text)).toEqual([undefined, undefined])
  expect(await readBlobText(lab.boss, app, found.get('large.csv')?.sha ?? '')).toBe(large)
  expect(await readBlobText(lab.boss, app, found.get('binary')?.sha ?? '')).toBeUndefined()
})

test('a commit or repository that is not there is an error', async () => {
  expect(await caught(read({ files: ['a'] }, 'e'.repeat(40)))).toMatchObject({ name: 'GitHubError', code: 'GITHUB_NOT_FOUND' })
  expect(await caught(readCommitFiles(lab.boss, { owner: 'acme', name: 'none' }, { commit: first }))).toMatchObject({
    name: 'GitHubError',
    code: 'GITHUB_NOT_FOUND',
  })
})
