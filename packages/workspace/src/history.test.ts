import { mkdir, readFile, writeFile } from 'node:fs/promises'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { caught, git, openFolder, text, treeOf } from '../test/lab.ts'
import { makeHistory } from './history.ts'
import { renderPack } from './pack.ts'
import { writeTreeTo } from './write-tree.ts'

const author = { name: 'Ada', email: '1+ada@users.noreply.github.com' }
const at = Date.UTC(2026, 0, 2, 3, 4, 5, 678)

const odd = treeOf({
  'a.b': 'file before folder',
  'a/x': 'folder sorts as a/',
  a0: 'file after folder',
  'src/routes/[id]/+page.svelte': 'ä\n',
  'emoji-😀': '',
  'emoji-\uFF5E': 'x',
  'bin/run': text('#!/bin/sh\n', '100755'),
  link: text('bin/run', '120000'),
  'deep/er/est': 'same',
  'deep/same': 'same',
  '.github/workflows/ci.yml': 'on: push\n',
})

test('the commit id is the one that git gives', async () => {
  await using folder = await openFolder()
  await writeTreeTo(folder.path, odd)
  await git(folder.path, ['init', '--quiet', '--initial-branch=main'])
  await git(folder.path, ['add', '--all', '--force'])
  const when = `${Math.floor(at / 1_000)} +0000`
  await git(folder.path, ['commit', '--quiet', '--message', 'Begin\n\nfrom acme/template@v1'], {
    GIT_AUTHOR_NAME: author.name,
    GIT_AUTHOR_EMAIL: author.email,
    GIT_AUTHOR_DATE: when,
    GIT_COMMITTER_NAME: author.name,
    GIT_COMMITTER_EMAIL: author.email,
    GIT_COMMITTER_DATE: when,
  })
  const history = makeHistory({ tree: odd, message: 'Begin\n\nfrom acme/template@v1', author, at })
  expect(history.commit).toBe(await git(folder.path, ['rev-parse', 'HEAD']))
})

test('the commit id follows from the arguments alone, whatever the order of the files', () => {
  const backwards = new Map([...odd].reverse())
  const made = [odd, backwards].map((tree) => makeHistory({ tree, message: 'm', author, at }).commit)
  expect(new Set(made).size).toBe(1)
  expect(makeHistory({ tree: odd, message: 'm', author, at: at + 1_000 }).commit).not.toBe(made[0])
})

test('an empty tree has a history', () => {
  const { objects, hasWorkflows } = makeHistory({ tree: new Map(), message: 'm', author, at })
  expect(objects.map(({ type, oid }) => [type, oid.slice(0, 8)])).toEqual([
    ['tree', '4b825dc6'],
    ['commit', objects[1]?.oid.slice(0, 8)],
  ])
  expect(hasWorkflows).toBe(false)
})

test('git unpacks what is packed, and finds no fault in it', async () => {
  await using folder = await openFolder()
  await git(folder.path, ['init', '--quiet', '--bare'])
  const large = treeOf({ large: 'x'.repeat(5_000_000), empty: '', ...Object.fromEntries(odd) })
  const history = makeHistory({ tree: large, message: 'm', author, at })
  await mkdir(`${folder.path}/objects/pack`, { recursive: true })
  await writeFile(`${folder.path}/objects/pack/pack-1.pack`, renderPack(history.objects))
  await git(folder.path, ['index-pack', '--strict', 'objects/pack/pack-1.pack'])
  expect(await git(folder.path, ['fsck', '--strict', '--full', history.commit])).toBe('')
  expect((await git(folder.path, ['cat-file', 'blob', `${history.commit}:large`])).length).toBe(5_000_000)
  expect((await readFile(`${folder.path}/objects/pack/pack-1.pack`)).length).toBeLessThan(100_000)
})

test.each([
  ['a name', { name: 'Eve>\ncommitter Mallory <m@example.com> 0 +0000\n', email: 'e@example.com' }],
  ['an address', { name: 'Eve', email: 'e@example.com> 0 +0000\nparent 0123456789012345678901234567890123456789' }],
])('%s forges no line of a commit', (_, forged) => {
  const { objects } = makeHistory({ tree: new Map(), message: 'm', author: forged, at })
  const head =
    Buffer.from(objects.at(-1)?.body ?? [])
      .toString('utf8')
      .split('\n\n')[0] ?? ''
  expect(head.split('\n').map((line) => line.split(' ')[0])).toEqual(['tree', 'author', 'committer'])
})

test('a path that is a file and a folder is refused', async () => {
  const twice = treeOf({ a: '1', 'a/b': '2' })
  expect(await caught(Promise.resolve().then(() => makeHistory({ tree: twice, message: 'm', author, at })))).toMatchObject({
    code: 'INTERNAL',
  })
})

test('any contents give objects that hash to their names', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.stringMatching(/^[a-z]{1,3}$/), fc.string()), (files) => {
      const { objects } = makeHistory({ tree: treeOf(files), message: 'm', author, at })
      const trees = objects.filter(({ type }) => type === 'tree')
      expect(trees).toHaveLength(1)
      expect(new Set(objects.map(({ oid }) => oid)).size).toBe(objects.length)
    }),
  )
})
