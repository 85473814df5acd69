import { expect, it } from 'vitest'
import { findPackageNameFault, isRegistryRange } from '../../src/catalogue/dependency.ts'

it.each(['react', '@acme/ui', 'JSONStream', 'lodash.merge', 'constructor', 'a_b', '1'])('%s names a package', (name) => {
  expect(findPackageNameFault(name)).toBeUndefined()
})

it.each([
  '',
  ' ',
  'a b',
  '../a',
  './a',
  '/a',
  '.a',
  '_a',
  '__proto__',
  'node_modules',
  'favicon.ico',
  '@acme',
  '@/a',
  '@a/b/c',
  'a\n',
  'a@1',
  'http://x',
  'réact',
  'a%20b',
])('%j names none', (name) => {
  expect(typeof findPackageNameFault(name)).toBe('string')
})

it.each(['1.2.3', '^4.2.0', '~1', '>=1 <3', '1.x', '*', '1 - 2', '^1 || ^2', '1.0.0-beta.1', '^1.0.0-rc.1+build'])(
  '%s is a range',
  (version) => {
    expect(isRegistryRange(version)).toBe(true)
  },
)

it.each([
  '',
  ' ',
  ' 1',
  '1\n',
  '1\t||2',
  '1\u00a0',
  'latest',
  'next',
  '^1.2.3.4',
  'git+https://example.com/x.git',
  'github:a/b',
  'a/b',
  'a/b#semver:1',
  'git@github.com:a/b',
  'file:../x',
  '../x',
  'link:x',
  'workspace:*',
  'catalog:',
  'npm:y@1',
  'https://example.com/x.tgz',
  'x.tgz',
  '１.0.0',
  '1 || file:x',
])('%j is none', (version) => {
  expect(isRegistryRange(version)).toBe(false)
})
