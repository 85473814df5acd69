import { lstat, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { caught, openFolder, show, text, treeOf } from '../test/lab.ts'
import { readTreeFrom } from './read-tree.ts'
import { foldPath, splitPath } from './tree-paths.ts'
import { writeTreeTo } from './write-tree.ts'

const tree = treeOf({
  '(app)/[id]/+page.svelte': 'page',
  'bin/run': text('#!/bin/sh\n', '100755'),
  'docs/link': text('../bin/run', '120000'),
  'emoji-\uFF5E': 'before',
  'emoji-😀': 'after',
  nothing: '',
  'up/dangling': text('../absent', '120000'),
})

test('what is written is read back: contents, modes, symlinks, order', async () => {
  await using folder = await openFolder()
  await writeTreeTo(folder.path, new Map([...tree].reverse()))
  expect(show(await readTreeFrom(folder.path))).toEqual(show(tree))
  expect(await readFile(join(folder.path, 'docs/link'), 'utf8')).toBe('#!/bin/sh\n')
})

test('new files are read, and nothing called .git', async () => {
  await using folder = await openFolder()
  await writeTreeTo(folder.path, treeOf({ a: '1' }))
  for (const name of ['.git', 'sub/.GIT']) {
    await mkdir(join(folder.path, name), { recursive: true })
    await writeFile(join(folder.path, name, 'config'), 'x')
  }
  await writeFile(join(folder.path, 'sub/new'), '2')
  expect(show(await readTreeFrom(folder.path))).toEqual([
    ['a', '100644', '1'],
    ['sub/new', '100644', '2'],
  ])
})

test.each([
  ['climbs', '../out'],
  ['climbs later', 'a/../../out'],
  ['is absolute', '/tmp/out'],
  ['stands still', './a'],
  ['is empty', ''],
  ['ends in a slash', 'a/'],
  ['has a backslash', 'a\\..\\b'],
  ['has a drive', 'C:/a'],
  ['has a zero', 'a\0b'],
  ...['.git/config', '.GIT/config', 'a/.git/hooks/x', '.git./x', '.git /x', 'git~1/x', '.g\u200Cit/x', '.git::$INDEX_ALLOCATION/x'].map(
    (path) => ["is git's own", path],
  ),
])('a path that %s is refused, and nothing is written: %j', async (_, path = '') => {
  await using folder = await openFolder()
  expect(await caught(writeTreeTo(folder.path, treeOf({ first: 'x', [path]: 'x' })))).toMatchObject({ code: 'TREE_PATH_UNSAFE' })
  expect(await readdir(folder.path)).toEqual([])
})

test('no path that is let through leaves its folder', () => {
  const names = fc.constantFrom('..', '.', 'a', '', '.git', '/', '\\', 'C:', '...', '~')
  fc.assert(
    fc.property(fc.array(names, { maxLength: 6 }), (parts) => {
      const path = parts.join('/')
      let split: readonly string[] = []
      try {
        split = splitPath(path)
      } catch {
        return
      }
      expect(join('/root', path).startsWith('/root/')).toBe(true)
      expect(split.some((name) => name.toLowerCase() === '.git' || name === '..')).toBe(false)
    }),
  )
})

test.each([
  ['equal but for case', 'README', 'readme'],
  ['whose folders are equal but for case', 'Docs/a', 'docs/b'],
  ["equal but for accents' spelling", 'caf\u00E9', 'cafe\u0301'],
  ['that is a file and a folder', 'a', 'a/b'],
])('two paths %s are refused, and nothing is written', async (_, first, second) => {
  await using folder = await openFolder()
  expect(await caught(writeTreeTo(folder.path, treeOf({ [first]: '1', [second]: '2' })))).toMatchObject({ code: 'TREE_PATHS_COLLIDE' })
  expect(await caught(writeTreeTo(folder.path, treeOf({ [second]: '2', [first]: '1' })))).toMatchObject({ code: 'TREE_PATHS_COLLIDE' })
  expect(await readdir(folder.path)).toEqual([])
  expect(foldPath('STRASSE')).toBe('strasse')
})

test.each([
  ['link', '/etc/passwd'],
  ['link', '..'],
  ['link', '../out'],
  ['a/link', '../../out'],
  ['link', ''],
  ['link', 'a/../../out'],
  ['link', 'C:\\out'],
  ['link', '.git/config'],
  ['a/link', '../.GIT'],
  // `d/e/up` is `d`, so this is `d/..`/..: it looks inside and is not.
  ['link', 'd/e/up/../..'],
])('the symlink %s to %j is refused, and nothing is written', async (path, target) => {
  await using folder = await openFolder()
  const hostile = treeOf({ 'd/e/up': text('..', '120000'), file: 'x', [path]: text(target, '120000') })
  expect(await caught(writeTreeTo(folder.path, hostile))).toMatchObject({ code: 'TREE_LINK_LEAVES' })
  expect(await readdir(folder.path)).toEqual([])
})

test('nothing is written through a symlink or into a folder that is in use', async () => {
  await using folder = await openFolder()
  await using elsewhere = await openFolder()
  await symlink(elsewhere.path, join(folder.path, 'link'))
  expect(await caught(writeTreeTo(join(folder.path, 'link'), tree))).toMatchObject({ code: 'INTERNAL' })
  expect(await caught(writeTreeTo(folder.path, tree))).toMatchObject({ code: 'INTERNAL' })
  expect(await readdir(elsewhere.path)).toEqual([])
})

test('a symlink out of the folder is read as a symlink', async () => {
  await using folder = await openFolder()
  await symlink('/etc', join(folder.path, 'out'))
  expect(show(await readTreeFrom(folder.path))).toEqual([['out', '120000', '/etc']])
})

test('a folder with more than is allowed is refused', async () => {
  await using folder = await openFolder()
  await writeTreeTo(folder.path, treeOf({ a: '12345', b: '12345' }))
  expect(await caught(readTreeFrom(folder.path, { limits: { files: 1, bytes: 100 } }))).toMatchObject({ code: 'TREE_TOO_MANY_FILES' })
  expect(await caught(readTreeFrom(folder.path, { limits: { files: 9, bytes: 9 } }))).toMatchObject({ code: 'TREE_TOO_LARGE' })
  expect((await readTreeFrom(folder.path, { limits: { files: 2, bytes: 10 } })).size).toBe(2)
  expect((await lstat(join(folder.path, 'a'))).size).toBe(5)
})

test('a folder of nothing but folders ends, too', async () => {
  await using folder = await openFolder()
  await mkdir(join(folder.path, 'a/b/c'), { recursive: true })
  expect((await readTreeFrom(folder.path, { limits: { files: 2, bytes: 1 } })).size).toBe(0)
  expect(await caught(readTreeFrom(folder.path, { limits: { files: 1, bytes: 1 } }))).toMatchObject({ code: 'TREE_TOO_MANY_FILES' })
})

test('what is no file is refused, and not read', async () => {
  await using folder = await openFolder()
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(join(folder.path, 'socket'), resolve))
  expect(await caught(readTreeFrom(folder.path))).toMatchObject({ code: 'TREE_SPECIAL_FILE', context: { path: 'socket' } })
  await new Promise((resolve) => server.close(resolve))
})

test('a name that is no UTF-8 is refused', async () => {
  await using folder = await openFolder()
  await writeFile(Buffer.concat([Buffer.from(`${folder.path}/`), Buffer.from([0x66, 0xff])]), 'x')
  expect(await caught(readTreeFrom(folder.path))).toMatchObject({ code: 'TREE_PATH_NOT_UTF8' })
})
