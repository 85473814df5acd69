import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createBlob, createCommit, createFile, createRef, createTree, readRef, type TreeFile, updateRef } from '../src/operations/index.ts'
import { caught } from './lab.ts'
import { openOperationsLab, type OperationsLab } from './operations-lab.ts'

let lab: OperationsLab
let made = 0

beforeAll(async () => {
  lab = await openOperationsLab()
})
afterAll(() => lab[Symbol.asyncDispose]())

const text = (path: string, content: string): TreeFile => ({ path, mode: '100644', content })

async function open(files?: Readonly<Record<string, string>>) {
  const name = `repo-${++made}`
  await lab.local.world.addRepository({ owner: 'acme', name })
  const head = files === undefined ? '' : await lab.local.world.commit({ repository: `acme/${name}`, files })
  lab.local.log.reset()
  return { name: { owner: 'acme', name }, head, store: lab.local.world.git(`acme/${name}`) }
}

describe('createTree', () => {
  test('of many files is sent in slices, and is one tree', async () => {
    const { name, store } = await open({ seed: 's' })
    const files = Array.from({ length: 400 }, (_, at) => text(`src/${at}.txt`, `file ${at}`))
    const tree = await createTree(lab.boss, name, { files })
    expect(lab.local.log.count()).toBe(3)
    const folder = await store.readPath(tree, 'src')
    expect(await store.readTree(folder?.oid ?? '')).toHaveLength(400)
    expect(await store.readPath(tree, 'seed')).toBeUndefined()
  })

  test('of large files is sent in slices of a million characters', async () => {
    const { name } = await open({ seed: 's' })
    await createTree(lab.boss, name, { files: ['a', 'b', 'c'].map((path) => text(path, path.repeat(600_000))) })
    expect(lab.local.log.count()).toBe(3)
  })

  test('on a base adds, replaces and removes, and takes bytes and modes', async () => {
    const { name, head, store } = await open({ keep: 'k', change: 'old', drop: 'd' })
    const sha = await createBlob(lab.boss, name, Uint8Array.of(0, 255, 128))
    const files: readonly TreeFile[] = [
      text('change', 'new'),
      { path: 'drop', mode: '100644', content: null },
      { path: 'logo', mode: '100644', content: { sha } },
      { path: 'run', mode: '100755', content: '#!' },
    ]
    const tree = await createTree(lab.boss, name, { base: head, files })
    expect((await store.readTree(tree))?.map(({ name: path, mode }) => [path, mode])).toEqual([
      ['change', '100644'],
      ['keep', '100644'],
      ['logo', '100644'],
      ['run', '100755'],
    ])
    expect(await store.readBlob(sha)).toEqual(Buffer.from([0, 255, 128]))
  })
})

describe('a first commit by API', () => {
  test('of an App is signed, root and all, once the repository has any commit', async () => {
    const { name, store } = await open()
    const { world } = lab.local
    if (![...world.state.apps.values()].some(({ slug }) => slug === 'maker')) {
      world.addApp({ slug: 'maker', owner: 'acme', permissions: { contents: 'write' } })
    }
    const { id } = world.install({ app: 'maker', account: 'acme', repositories: 'all' })
    const app = lab.as(world.createToken({ kind: 'installation', installation: id }))
    expect(await caught(createTree(app, name, { files: [text('a', 'a')] }))).toMatchObject({ code: 'GITHUB_CONFLICT' })
    await createFile(app, name, { path: 'seed', bytes: Buffer.from('s'), message: 'Seed', branch: 'main' })
    const tree = await createTree(app, name, { files: [text('a', 'a')] })
    const commit = await createCommit(app, name, { message: 'Begin', tree, parents: [] })
    expect(commit.isVerified).toBe(true)
    await updateRef(app, name, { ref: 'refs/heads/main', sha: commit.sha, force: true })
    expect(await store.readCommit((await store.readRef('refs/heads/main')) ?? '')).toMatchObject({ parents: [], tree })
    const named = await createCommit(app, name, { message: 'Begin', tree, parents: [], author: { name: 'A', email: 'a@example.com' } })
    expect(named.isVerified).toBe(false)
  })
})

describe('refs', () => {
  test('are made once; who comes late is told where they are', async () => {
    const { name, head } = await open({ a: 'a' })
    const other = await lab.local.world.commit({ repository: `acme/${name.name}`, branch: 'other', files: { b: 'b' } })
    const wanted = { ref: 'refs/heads/feature/x', sha: head }
    expect(await createRef(lab.boss, name, wanted)).toEqual({ created: true, sha: head })
    expect(await createRef(lab.boss, name, { ...wanted, sha: other })).toEqual({ created: false, sha: head })
    expect(await readRef(lab.boss, name, 'refs/heads/feature/x')).toEqual({ state: 'at', sha: head })
    expect(await caught(createRef(lab.boss, name, { ref: 'refs/heads/y', sha: '0'.repeat(40) }))).toMatchObject({
      code: 'GITHUB_UNPROCESSABLE',
    })
  })

  test('are missing, or the repository is empty or not there yet', async () => {
    const { name } = await open()
    expect(await readRef(lab.boss, name, 'refs/heads/main')).toEqual({ state: 'empty' })
    lab.local.world.repository(`acme/${name.name}`).unready = { as: 'missing', answers: 1 }
    expect(await readRef(lab.boss, name, 'refs/heads/main')).toEqual({ state: 'missing' })
    const full = await open({ a: 'a' })
    expect(await readRef(lab.boss, full.name, 'refs/heads/none?x#y')).toEqual({ state: 'missing' })
  })

  test('do not move backwards unless forced', async () => {
    const { name, head } = await open({ a: 'a' })
    const next = await lab.local.world.commit({ repository: `acme/${name.name}`, files: { a: 'b' } })
    expect(await caught(updateRef(lab.boss, name, { ref: 'refs/heads/main', sha: head }))).toMatchObject({ code: 'GITHUB_UNPROCESSABLE' })
    expect(await readRef(lab.boss, name, 'refs/heads/main')).toEqual({ state: 'at', sha: next })
  })
})
