import { describe, expect, test } from 'vitest'
import { treeWith } from '../../test/scenes.ts'
import type { Receipt } from '../request/request.ts'
import { withFile } from '../tree/change-tree.ts'
import { textFile } from '../tree/text.ts'
import { compareReceipt, type CurrentSources, isUpdateDue, renderDrift } from './drift.ts'
import { mergeTrees } from './merge-trees.ts'
import { renderUpdatePullRequest } from './render-update.ts'

const receipt: Receipt = {
  repo_owner: 'acme',
  repo_slug: 'shop',
  visibility: 'private',
  selected_options: {},
  template_repo: 'acme/baseline',
  template_version: 'v1',
  template_source_sha: 'c'.repeat(40),
  catalog_version: 'old-catalogue',
  recipe_hash: 'old-recipe',
  action_schema_version: '1.0',
  generated_at: '2026-01-01T00:00:00Z',
}
const same: CurrentSources = {
  template_repo: 'acme/baseline',
  template_version: 'v1',
  catalog_version: 'old-catalogue',
  recipe_hash: 'old-recipe',
}
const drift = (current: Partial<CurrentSources>, ours = treeWith({ a: '1' })) =>
  compareReceipt({ receipt, current: { ...same, ...current }, rendering: treeWith({ a: '1' }), ours })

describe('drift', () => {
  test('names every file of the rendering that is another one today', () => {
    const rendering = treeWith({ a: '1', b: '1', c: '1', d: '1' })
    const ours = withFile(treeWith({ a: '2', b: '1', own: 'x' }), 'c', textFile('1', '100755'))
    expect(compareReceipt({ receipt, current: same, rendering, ours }).files).toEqual([
      { path: 'a', drift: 'changed' },
      { path: 'c', drift: 'mode' },
      { path: 'd', drift: 'deleted' },
    ])
  })

  test.each([
    [{}, false],
    [{ template_version: 'v2' }, true],
    [{ template_repo: 'acme/other' }, true],
    [{ catalog_version: 'new' }, false],
    [{ catalog_version: 'new', recipe_hash: 'new' }, true],
  ])('%j: an update is due: %s', (current, due) => expect(isUpdateDue(drift(current))).toBe(due))

  test('reads as a table', () => {
    const drifts = [
      drift({}),
      drift({ template_version: 'v2', catalog_version: 'n' }, treeWith({ a: 'x' })),
      drift({ catalog_version: 'n', recipe_hash: 'n' }),
    ]
    expect(renderDrift(drifts)).toBe(`### 2 of 3 repositories can be updated

| Repository | Template | Catalogue | Changed files |
| --- | --- | --- | --- |
| \`acme/shop\` | current | current | none |
| \`acme/shop\` | \`acme/baseline@v1\` → \`acme/baseline@v2\` | newer, the same for these options | 1: \`a\` changed |
| \`acme/shop\` | current | other actions for these options | none |
`)
  })
})

describe('the pull request of an update', () => {
  const news = { template: 'acme/baseline', from: 'acme/baseline@v1', to: 'v2', isRecipeNewer: false }

  test('lists conflicts with their lines and what to do, then the files', () => {
    const merged = mergeTrees({
      base: treeWith({ a: '1\n', b: '1', c: '1' }),
      theirs: treeWith({ a: 'T\n', b: '2' }),
      ours: treeWith({ a: 'O\n', c: '1' }),
      version: 'v2',
    })
    expect(renderUpdatePullRequest({ ...news, isRecipeNewer: true, merged })).toEqual({
      title: 'Update from the template to v2 (2 conflicts)',
      body: `This brings \`acme/baseline@v2\` to a repository made from \`acme/baseline@v1\`.

The options of this repository mean other actions today; their changes are here too.

### Conflicts to settle before merging

| File | Lines | What to do |
| --- | --- | --- |
| \`a\` | 1–5 | Both changed these lines. Keep what is right, and delete the marks. |
| \`b\` |  | You deleted it, the template changed it. It stays deleted. |

### Files

- \`a\`
- \`c\` is deleted
`,
    })
  })

  test('without conflicts says so', () => {
    const merged = mergeTrees({ base: treeWith({}), theirs: treeWith({ a: '' }), ours: treeWith({}), version: 'v2' })
    expect(renderUpdatePullRequest({ ...news, merged })).toEqual({
      title: 'Update from the template to v2',
      body: 'This brings `acme/baseline@v2` to a repository made from `acme/baseline@v1`.\n\nThere are no conflicts.\n\n### Files\n\n- `a`\n',
    })
  })

  test('a tag that is called like a package is still read as one', () => {
    const merged = mergeTrees({ base: treeWith({}), theirs: treeWith({}), ours: treeWith({}), version: '@acme/kit@2.0.0' })
    const { title, body } = renderUpdatePullRequest({ ...news, to: '@acme/kit@2.0.0', merged })
    expect(title.replaceAll('\u200b', '')).toBe('Update from the template to @acme/kit@2.0.0')
    expect(body).toContain('`acme/baseline@@acme/kit@2.0.0`')
  })

  test('fits GitHub’s limits and stays inert, whatever files are called', () => {
    const name = (index: number): string => `${index}/@all|<b>\`${'x'.repeat(240)}`
    const files = Object.fromEntries(Array.from({ length: 1_000 }, (_, index) => [name(index), 'x']))
    const merged = mergeTrees({
      base: treeWith({}),
      theirs: treeWith(files),
      ours: treeWith(Object.fromEntries(Object.keys(files).map((path) => [path, 'y']))),
      version: 'v2',
    })
    const { title, body } = renderUpdatePullRequest({ ...news, to: `v2\n@all ${'#'.repeat(400)}${'9'.repeat(400)}`, merged })
    expect(body.length).toBeLessThan(65_536)
    expect(body).toContain('… and 900 more')
    expect(title.length).toBeLessThanOrEqual(256)
    expect(title).not.toMatch(/\n|[@#](?![\u200b…])/)
  })

  test('fits them also where names double when they are escaped', () => {
    const files = Object.fromEntries(Array.from({ length: 150 }, (_, index) => [`${index}${'|'.repeat(240)}`, 'x']))
    const ours = Object.fromEntries(Object.keys(files).map((path) => [path, 'y']))
    const { body } = renderUpdatePullRequest({
      ...news,
      merged: mergeTrees({ base: treeWith({}), theirs: treeWith(files), ours: treeWith(ours), version: 'v2' }),
    })
    expect(body.length).toBeLessThan(65_536)
    const rows = body.split('\n').filter((line) => line.startsWith('| `')).length
    expect(rows).toBeGreaterThan(40)
    expect(body).toContain(`\n\n… and ${150 - rows} more.`)
  })
})
