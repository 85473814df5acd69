import { describe, expect, test } from 'vitest'
import { FileCommandError, parseKeyValueFile, parsePathFile } from './file-commands.ts'

describe('parseKeyValueFile', () => {
  test.each([
    ['an empty file', '', {}],
    ['a pair', 'a=1\n', { a: '1' }],
    ['a pair without a line break at the end', 'a=1', { a: '1' }],
    ['a value with equals signs and angle brackets', 'a=b=c<<d\n', { a: 'b=c<<d' }],
    ['an empty value', 'a=\n', { a: '' }],
    ['a block', 'a<<END\none\ntwo\nEND\nb=2\n', { a: 'one\ntwo', b: '2' }],
    ['a block of nothing', 'a<<END\nEND\n', { a: '' }],
    ['a block with blank lines at its end', 'a<<END\none\n\n\nEND\n', { a: 'one\n\n' }],
    ['a block that holds what looks like a pair', 'a<<END\nb=2\nEND\n', { a: 'b=2' }],
    ['a block whose delimiter also comes inside a line', 'a<<END\nthe END\nEND\n', { a: 'the END' }],
    ['a name that comes twice', 'a=1\na=2\n', { a: '2' }],
    ['blank lines', '\n\na=1\n\n', { a: '1' }],
  ])('reads %s', (_, text, expected) => {
    expect(Object.fromEntries(parseKeyValueFile(text))).toEqual(expected)
  })

  test.each([
    ['a line that is neither', 'just words\n'],
    ['a block that does not end', 'a<<END\none\n'],
    ['a block without a delimiter', 'a<<\none\n'],
    ['a block without a name', '<<END\none\nEND\n'],
  ])('refuses %s', (_, text) => {
    expect(() => parseKeyValueFile(text)).toThrow(FileCommandError)
  })
})

test('parsePathFile moves a folder that comes again to the end', () => {
  expect(parsePathFile('/a\n\n/b\r\n/a\n')).toEqual(['/b', '/a'])
})
