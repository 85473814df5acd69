import { GitHubError } from '@switchyard/core'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { toTreeObject } from './git-objects.ts'
import { parseTree } from './parse-tree.ts'

const OID = 'ab'.repeat(20)
const entry = (mode: string, name: string): Buffer => Buffer.concat([Buffer.from(`${mode} ${name}\0`, 'latin1'), Buffer.from(OID, 'hex')])

test('what is written as a tree is read as it was', () => {
  const names = fc.uniqueArray(fc.string({ minLength: 1, unit: 'grapheme' }).filter((name) => !/[\0/]/.test(name) && name.isWellFormed()))
  fc.assert(
    fc.property(names, (all) => {
      const { body } = toTreeObject(all.map((name) => ({ mode: '100644', name, oid: OID })))
      const read = parseTree(body)
      expect(new Set(read.map(({ name }) => name))).toEqual(new Set(all))
      expect(read.every(({ kind, oid }) => kind === 'file' && oid === OID)).toBe(true)
    }),
  )
})

test.each([
  ['100644', 'file'],
  ['100664', 'file'],
  ['100755', 'executable'],
  ['120000', 'symlink'],
  ['40000', 'folder'],
  ['040000', 'folder'],
  ['160000', 'submodule'],
])('mode %s is a %s', (mode, kind) => {
  expect(parseTree(entry(mode, 'a'))).toEqual([{ kind, name: 'a', shownName: 'a', oid: OID }])
})

test('a name that is no UTF-8 is shown and not given', () => {
  expect(parseTree(entry('100644', 'f\xff'))).toMatchObject([{ name: undefined, shownName: 'f\uFFFD' }])
})

test.each([
  ['an unknown mode', entry('60000', 'a')],
  ['no name', Buffer.from('100644')],
  ['no end of the name', Buffer.from('100644 a')],
  ['a short id', entry('100644', 'a').subarray(0, -1)],
  ['something behind the last entry', Buffer.concat([entry('100644', 'a'), Buffer.from('x')])],
])('%s is no tree', (_, body) => {
  expect(() => parseTree(body)).toThrow(GitHubError)
})
