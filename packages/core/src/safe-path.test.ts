import fc from 'fast-check'
import { expect, it } from 'vitest'
import { findSafePathFault, SAFE_PATH } from './safe-path.ts'

const SOUND = [
  'a',
  'README.md',
  '.github/workflows/ci.yml',
  '.gitignore',
  '.gitattributes',
  'a/.gitkeep',
  'a-b/c_d/e.f',
  '-x',
  '...a',
  'x.git',
  'x.git/y',
  'git/config',
  'a'.repeat(256),
]

const HOSTILE = {
  '': 'it is empty',
  '/etc/passwd': 'it is absolute',
  '//a': 'it is absolute',
  '..': 'it climbs with `..`',
  '../a': 'it climbs with `..`',
  'a/../b': 'it climbs with `..`',
  'a/..': 'it climbs with `..`',
  '.': 'it has a part `.`',
  './a': 'it has a part `.`',
  'a/./b': 'it has a part `.`',
  'a//b': 'it has a slash at its end, or two together',
  'a/': 'it has a slash at its end, or two together',
  '.git': 'it reaches into `.git`',
  '.git/config': 'it reaches into `.git`',
  '.GIT/hooks/pre-commit': 'it reaches into `.git`',
  'a/.gIt': 'it reaches into `.git`',
  '.git./config': 'it reaches into `.git`',
  'a/b.': 'a part of it ends with a dot',
  '...': 'a part of it ends with a dot',
  'a.../b': 'a part of it ends with a dot',
  ['a'.repeat(257)]: 'it is longer than 256 characters',
}

const FOREIGN = [
  'a b',
  ' a',
  'a\\b',
  '..\\a',
  'C:/a',
  'a\n',
  'a\nb',
  'a\u0000',
  'a\tb',
  'a%2e%2e/b',
  '~/a',
  '$HOME/a',
  'git~1/config',
  'a*',
  'a?b',
  '{a,b}',
  'аuth',
  '．．/a',
  'a／b',
  '\u202ea',
  '\u200ba',
  '.g\u200cit',
  'é',
  '[id]',
]

it.each(SOUND)('%s is a safe path', (path) => {
  expect([findSafePathFault(path), SAFE_PATH.test(path)]).toEqual([undefined, true])
})

it.each(Object.entries(HOSTILE))('%j is refused: %s', (path, fault) => {
  expect(findSafePathFault(path)).toBe(fault)
})

it.each(FOREIGN)('%j holds what no path may', (path) => {
  expect(findSafePathFault(path)).toBe('it holds more than letters A to Z, digits, `.`, `_`, `-`, `/`')
})

it('the pattern for editors refuses exactly what the rule refuses, but for the length', () => {
  const part = fc.constantFrom('.', '..', '...', '.git', '.GIT', '.git.', 'git', 'a', 'b.c', '', '/', '//', '\n', ' ', '\\', '~', 'é')
  fc.assert(
    fc.property(fc.array(part, { maxLength: 7 }), fc.boolean(), (parts, slashed) => {
      const path = parts.join(slashed ? '/' : '')
      expect(SAFE_PATH.test(path)).toBe(findSafePathFault(path) === undefined)
    }),
    { numRuns: 3_000 },
  )
})

it('a sound path has one spelling and stays inside, however it is read', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('.', '..', '.git', 'a', 'b', '/'), { maxLength: 9 }), (pieces) => {
      const path = pieces.join('')
      if (findSafePathFault(path) !== undefined) return
      expect(new URL(path, 'file:///root/').pathname).toBe(`/root/${path}`)
    }),
  )
})
