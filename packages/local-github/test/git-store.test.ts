import { execFileSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { GitStores } from '../src/git/stores.ts'
import { GitProblem, NULL_OID, type GitStore, type Oid } from '../src/git/types.ts'

let folder: string
let stores: GitStores
let store: GitStore

const someone = { name: 'Someone', email: 'someone@example.com', time: 1_700_000_000_000, offset: -90 }

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'git-store-'))
  stores = new GitStores(folder)
  store = await stores.create(1, 'main')
})

afterEach(async () => {
  stores.close()
  await rm(folder, { recursive: true, force: true })
})

const git = (...args: readonly string[]): string => execFileSync('git', ['-C', store.directory, ...args], { encoding: 'utf8' }).trim()

async function commit(files: Readonly<Record<string, string | null>>, parent?: Oid): Promise<Oid> {
  const base = parent === undefined ? undefined : (await store.readCommit(parent))?.tree
  const changes = await Promise.all(
    Object.entries(files).map(async ([path, text]) =>
      text === null ? { path, remove: true as const } : { path, mode: '100644' as const, oid: await store.writeBlob(Buffer.from(text)) },
    ),
  )
  const tree = await store.writeTree(base, changes)
  return store.writeCommit({
    tree,
    parents: parent === undefined ? [] : [parent],
    author: someone,
    committer: someone,
    message: 'Größer\n\nbody',
  })
}

describe('what is written in this process', () => {
  test('is what git reads, and fsck finds nothing wrong', async () => {
    const oid = await commit({ 'a.txt': 'a', 'a/b/c.txt': 'c', 'a-b': 'dash', a0: 'zero' }, undefined)
    await store.createRef('refs/heads/main', oid)
    expect(git('fsck', '--strict', '--full')).toBe('')
    expect(git('ls-tree', '-r', '--name-only', 'main').split('\n')).toEqual(['a-b', 'a.txt', 'a/b/c.txt', 'a0'])
    expect(git('show', 'main:a/b/c.txt')).toBe('c')
    expect(git('log', '-1', '--format=%an %ae %ad %s', '--date=iso-strict')).toBe(
      'Someone someone@example.com 2023-11-14T20:43:20-01:30 Größer',
    )
  })

  test('is the same object git itself would write', async () => {
    const made = execFileSync('git', ['-C', store.directory, 'hash-object', '-t', 'blob', '--stdin'], {
      input: 'same',
      encoding: 'utf8',
    }).trim()
    expect(await store.writeBlob(Buffer.from('same'))).toBe(made)
  })

  test('reads back, also after git has packed it and from a fresh store', async () => {
    const oid = await commit({ 'dir/file': 'text' }, undefined)
    await store.createRef('refs/heads/main', oid)
    git('repack', '-a', '-d', '-q')
    git('pack-refs', '--all')
    stores.close()
    store = stores.get(1)
    expect(await store.readRef('refs/heads/main')).toBe(oid)
    expect((await store.readCommit(oid))?.author).toEqual(someone)
    const entry = await store.readPath(oid, 'dir/file')
    expect((await store.readBlob(entry?.oid ?? ''))?.toString()).toBe('text')
    expect(await store.readObject('0123456789012345678901234567890123456789')).toBeUndefined()
  })
})

describe('a tree', () => {
  test('loses folders that become empty, and keeps what was not named', async () => {
    const first = await commit({ 'a/b/c': '1', 'a/keep': '2' }, undefined)
    const second = await commit({ 'a/b/c': null, new: '3' }, first)
    expect(git('ls-tree', '-r', '--name-only', second).split('\n')).toEqual(['a/keep', 'new'])
  })

  test('turns a file into a folder and back', async () => {
    const first = await commit({ thing: 'file' }, undefined)
    const second = await commit({ 'thing/inside': 'x' }, first)
    expect(git('ls-tree', '-r', '--name-only', second)).toBe('thing/inside')
    const third = await commit({ thing: 'file' }, second)
    expect(git('ls-tree', '-r', '--name-only', third)).toBe('thing')
  })

  test.each(['nowhere', 'a/nowhere', 'a/b/c/deeper'])('has no %s to remove', async (path) => {
    const first = await commit({ 'a/b/c': '1' }, undefined)
    await expect(commit({ [path]: null }, first)).rejects.toMatchObject({ name: 'GitProblem', code: 'path-missing', detail: path })
  })

  test.each(['../up', '/root', 'a//b', '.git/config', 'a/.GIT/x', ''])('refuses the path %j', async (path) => {
    await expect(commit({ [path]: 'x' }, undefined)).rejects.toBeInstanceOf(GitProblem)
  })
})

describe('a ref', () => {
  test('moves only from where it is expected', async () => {
    const [one, two] = [await commit({ f: '1' }, undefined), await commit({ f: '2' }, undefined)]
    expect(await store.createRef('refs/heads/main', one)).toEqual({ ok: true })
    expect(await store.createRef('refs/heads/main', two)).toEqual({ ok: false, reason: 'exists', actual: one })
    expect(await store.updateRef('refs/heads/main', two, two)).toEqual({ ok: false, reason: 'moved', actual: one })
    expect(await store.updateRef('refs/heads/main', two, one)).toEqual({ ok: true })
    expect(await store.updateRef('refs/heads/other', two, undefined)).toEqual({ ok: false, reason: 'missing' })
    expect(git('rev-parse', 'main')).toBe(two)
  })

  test('cannot stand in the way of another, until that is deleted', async () => {
    const oid = await commit({ f: '1' }, undefined)
    await store.createRef('refs/heads/a/b', oid)
    expect(await store.createRef('refs/heads/a', oid)).toEqual({ ok: false, reason: 'blocked' })
    expect(await store.createRef('refs/heads/a/b/c', oid)).toEqual({ ok: false, reason: 'blocked' })
    expect(await store.deleteRef('refs/heads/a/b', oid)).toEqual({ ok: true })
    expect(await store.createRef('refs/heads/a', oid)).toEqual({ ok: true })
  })

  test.each([
    'refs/heads/',
    'refs/heads/a..b',
    'refs/heads/a b',
    'refs/heads/.hidden',
    'refs/heads/x.lock',
    'refs/heads/../../HEAD',
    'HEAD',
  ])('cannot be called %s', async (name) => {
    expect(await store.createRef(name, await commit({ f: '1' }, undefined))).toEqual({ ok: false, reason: 'invalid-name' })
    expect(await store.readRef(name)).toBeUndefined()
  })

  test('is taken by exactly one of 50 writers in each round', async () => {
    const root = await commit({ f: 'root' }, undefined)
    await store.createRef('refs/heads/main', root)
    const rivals = await Promise.all(Array.from({ length: 50 }, (_, index) => commit({ f: String(index) }, root)))
    const outcomes = await Promise.all(rivals.map((oid) => store.updateRef('refs/heads/main', oid, root)))
    expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1)
    expect(outcomes.filter((outcome) => !outcome.ok && outcome.reason === 'moved')).toHaveLength(49)
  })

  test('changes with others or not at all', async () => {
    const [one, two] = [await commit({ f: '1' }), await commit({ f: '2' })]
    await store.createRef('refs/heads/a', one)
    const refused = await store.updateRefs([
      { name: 'refs/heads/b', oid: two, expected: NULL_OID },
      { name: 'refs/heads/a', oid: two, expected: two },
    ])
    expect(refused).toEqual({ ok: false, reason: 'moved', actual: one })
    expect((await store.listRefs()).map((ref) => ref.name)).toEqual(['refs/heads/a'])
  })
})

test('the log walks newest first, by path, with a limit', async () => {
  const one = await commit({ a: '1' })
  const two = await commit({ b: '1' }, one)
  const three = await commit({ a: '2' }, two)
  expect(await store.log({ from: three })).toEqual([three, two, one])
  expect(await store.log({ from: three, path: 'a' })).toEqual([three, one])
  expect(await store.log({ from: three, limit: 1, skip: 1 })).toEqual([two])
  expect(await store.log({ from: three, not: one })).toEqual([three, two])
  expect(await store.isAncestor(one, three)).toBe(true)
  expect(await store.isAncestor(three, one)).toBe(false)
})
