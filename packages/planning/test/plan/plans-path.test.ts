import { expect, test } from 'vitest'
import { isPlanPath, parsePlansFolder } from '../../src/plan/plans-path.ts'

test.each([
  ['plans', 'plans'],
  ['./plans', 'plans'],
  ['/plans/', 'plans'],
  ['././plans//', 'plans'],
  ['docs/plans', 'docs/plans'],
  ['.github/plans', '.github/plans'],
  ['Pläne 2027', 'Pläne 2027'],
])('the folder %s is %s', (plansPath, folder) => {
  expect(parsePlansFolder({ plansPath })).toBe(folder)
})

test.each(['.', './', '/', '..', '../plans', 'a/../b', 'a//b'])('%s is no folder', (plansPath) => {
  expect(() => parsePlansFolder({ plansPath })).toThrow('no folder of this repository')
})

test.each([
  ['plans/a.md', true],
  ['plans/2027/q1/a.MARKDOWN', true],
  ['plans/README.md', false],
  ['plans/sub/readme.md', false],
  ['plans/a.txt', false],
  ['plans.md', false],
  ['other/plans/a.md', false],
])('%s: %s', (path, expected) => {
  expect(isPlanPath(path, 'plans')).toBe(expected)
})
