import { expect, test } from 'vitest'
import { decideRelease, type ReleaseFacts } from './decide-release.ts'
import { renderRelease } from './run-release.ts'

const facts = (given: Partial<ReleaseFacts>): ReleaseFacts => ({
  version: '1.2.3',
  branch: 'main',
  sha: 'a'.repeat(40),
  defaultBranch: 'main',
  tags: new Map(),
  ...given,
})
const other = 'b'.repeat(40)
const tags = (...names: readonly string[]): ReadonlyMap<string, string> => new Map(names.map((name) => [name, other]))

test.each([
  ['the first', {}, { tag: 'v1.2.3', majorTag: 'v1', isPrerelease: false, isTagged: false, movesMajorTag: true }],
  ['a later one', { tags: tags('v1.2.2', 'v1', 'v1.1.9', 'other', 'v1.2.3-rc.1') }, { tag: 'v1.2.3', isTagged: false }],
  ['a major one', { version: '2.0.0', tags: tags('v1.9.9', 'v1') }, { tag: 'v2.0.0', majorTag: 'v2' }],
  ['a prerelease', { version: '2.0.0-rc.1' }, { tag: 'v2.0.0-rc.1', isPrerelease: true, movesMajorTag: false }],
  [
    'one that an earlier try tagged at this commit',
    { tags: new Map([['v1.2.3', 'a'.repeat(40)]]) },
    { isTagged: true, movesMajorTag: true },
  ],
  [
    'an old one, run again after a later one: the major tag stays',
    {
      tags: new Map([
        ['v1.2.3', 'a'.repeat(40)],
        ['v1.2.4', other],
        ['v1', other],
      ]),
    },
    { isTagged: true, movesMajorTag: false },
  ],
])('%s is released', (_, given, expected) => {
  expect(decideRelease(facts(given))).toMatchObject(expected)
})

test.each([
  ['a v in front', { version: 'v1.2.3' }, 'RELEASE_VERSION'],
  ['no version', { version: '1.2' }, 'RELEASE_VERSION'],
  ['something to run', { version: '1.2.3; rm -rf /' }, 'RELEASE_VERSION'],
  ['build data', { version: '1.2.3+4' }, 'RELEASE_VERSION'],
  ['another branch', { branch: 'feature' }, 'RELEASE_BRANCH'],
  ['a tag at another commit', { tags: tags('v1.2.3') }, 'RELEASE_EXISTS'],
  ['a version before the newest', { tags: tags('v1.3.0') }, 'RELEASE_ORDER'],
  ['the prerelease of a released version', { version: '1.2.3-rc.1', tags: tags('v1.2.3') }, 'RELEASE_ORDER'],
])('%s is refused', (_, given, code) => {
  expect(() => decideRelease(facts(given))).toThrow(expect.objectContaining({ code }))
})

test('what would be done is told apart from what was done', () => {
  const plan = decideRelease(facts({}))
  const place = { owner: 'acme', repo: 'tools' }
  expect(renderRelease(place, plan, undefined)).toMatch(
    /can be released[^]*Nothing was written[^]*`v1\.2\.3` \| would be made[^]*`v1` \| would point here/,
  )
  expect(renderRelease(place, plan, 'https://x')).toMatch(/Released v1\.2\.3[^]*`v1\.2\.3` \| made[^]*`v1` \| points here/)
})
