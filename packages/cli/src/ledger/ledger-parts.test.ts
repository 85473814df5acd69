import { expect, test } from 'vitest'
import { parseBranch, parseLogin, parsePort, parseRepository } from '../parse-arguments.ts'
import { parseBlobs, parseTree } from './git-output.ts'
import { graphqlUrlOf } from './open-source.ts'

test.each([
  ['https://api.github.com', 'https://api.github.com/graphql'],
  ['https://api.acme.ghe.com/', 'https://api.acme.ghe.com/graphql'],
  ['https://github.acme.example/api/v3', 'https://github.acme.example/api/graphql'],
])('%s has its GraphQL at %s', (api, graphql) => expect(graphqlUrlOf(api)).toBe(graphql))

test('a tree lists its files, whatever their names, and no submodule', () => {
  const [a, b] = ['a'.repeat(40), 'b'.repeat(40)]
  expect(
    parseTree(
      [`100644 blob ${a}      12\tledger.json`, `160000 commit ${b}       -\tmodule`, `100755 blob ${b}       0\tx y/a\nb\tc`, ''].join(
        '\u0000',
      ),
    ),
  ).toEqual([
    { path: 'ledger.json', oid: a, size: 12 },
    { path: 'x y/a\nb\tc', oid: b, size: 0 },
  ])
})

test('blobs are cut by their size in bytes, whatever they hold', () => {
  const texts = ['é\n', '', `${'a'.repeat(40)} blob 3\n`]
  const output = texts.map((text) => `${'a'.repeat(40)} blob ${Buffer.byteLength(text)}\n${text}\n`).join('')
  expect(parseBlobs(Buffer.from(output))).toEqual(texts)
  expect(() => parseBlobs(Buffer.from(`${'a'.repeat(40)} missing\n`))).toThrow('what is no file')
})

const accepts = (parse: (text: string) => unknown, text: string): boolean => {
  try {
    parse(text)
    return true
  } catch {
    return false
  }
}

test.each([
  [parsePort, ['0', '8080', '65535'], ['', '-1', '65536', '1e3', ' 1', '1.5']],
  [parseLogin, ['acme', 'A-1', 'a'.repeat(39)], ['', '-a', 'a-', 'a--b', 'a_b', 'a'.repeat(40), 'a/b']],
  [parseRepository, ['acme/shop', 'a/b.c_d-e'], ['', 'acme', 'a/b/c', '/b', 'a/', 'a b/c']],
  [
    parseBranch,
    ['switchyard/dispatch', 'a', 'a-b.c'],
    ['', '-a', '/a', '.a', 'a/', 'a..b', 'a b', 'a:b', 'a@{1}', 'a.lock', 'a//b', 'a~1', 'a\nb'],
  ],
])('%o takes what is right and refuses the rest', (parse, right, wrong) => {
  expect(right.filter((text) => !accepts(parse, text))).toEqual([])
  expect(wrong.filter((text) => accepts(parse, text))).toEqual([])
})
