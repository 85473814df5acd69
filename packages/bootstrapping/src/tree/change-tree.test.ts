import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { treeBytes, treeOf, withFile, withoutFile } from './change-tree.ts'
import { compareCodePoints } from './code-points.ts'
import { findText, textFile, usesCrlf } from './text.ts'

const path = fc.oneof(fc.constantFrom('a', 'b', 'c'), fc.string({ unit: 'binary' }))
const byUtf8 = (left: string, right: string): number => Buffer.compare(Buffer.from(left), Buffer.from(right))

test('paths stand in the order of their UTF-8 bytes, which is git’s', () => {
  fc.assert(
    fc.property(path, path, (left, right) => {
      expect(Math.sign(compareCodePoints(left, right))).toBe(byUtf8(left, right))
    }),
  )
})

test('every change keeps the order and leaves the tree that it was made from alone', () => {
  const change = fc.record({ kind: fc.constantFrom('with', 'without'), path, to: path })
  fc.assert(
    fc.property(fc.array(change), (changes) => {
      let tree = treeOf([
        ['b', textFile('b')],
        ['a', textFile('a')],
      ])
      for (const { kind, path, to } of changes) {
        const before = [...tree]
        const next = kind === 'with' ? withFile(tree, path, textFile(to)) : withoutFile(tree, path)
        expect([...tree]).toEqual(before)
        expect([...next.keys()]).toEqual([...next.keys()].sort(compareCodePoints))
        tree = next
      }
    }),
  )
})

test('the size of a tree counts bytes, not characters', () => {
  expect(
    treeBytes(
      treeOf([
        ['a', textFile('é')],
        ['b', textFile('x')],
      ]),
    ),
  ).toBe(3)
})

describe('what is text', () => {
  test.each([
    ['plain', textFile('a\n').content, 'a\n'],
    ['with a byte order mark, kept', new Uint8Array([0xef, 0xbb, 0xbf, 0x61]), '\ufeffa'],
    ['a NUL', new Uint8Array([0x61, 0]), undefined],
    ['no UTF-8', new Uint8Array([0xff, 0xfe, 0x61]), undefined],
    ['nothing', new Uint8Array(), ''],
  ])('%s', (_, content, text) => expect(findText(content)).toBe(text))

  test.each([
    ['a\r\nb\r\n', true],
    ['a\nb\r\n', false],
    ['a\n', false],
    ['', false],
  ])('Windows line ends of %j: %s', (text, crlf) => expect(usesCrlf(text)).toBe(crlf))
})
