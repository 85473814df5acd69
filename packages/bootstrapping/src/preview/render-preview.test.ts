import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { action, scene, treeWith } from '../../test/scenes.ts'
import { applyRecipe } from '../recipe/apply-recipe.ts'
import type { Recipe, RecipeAction } from '../resolve/resolve-recipe.ts'
import type { FileTree } from '../tree/file-tree.ts'
import { renderPreview } from './render-preview.ts'
import { type Preflight, type PreviewReport, previewReport } from './report.ts'

const FREE: Preflight = { warnings: [], faults: [], isTaken: false }

async function preview(template: FileTree, actions: readonly RecipeAction[], preflight: Preflight = FREE): Promise<PreviewReport> {
  const recipe: Recipe = {
    selections: scene.selections,
    actions,
    recipe_hash: 'a'.repeat(64),
    catalog_version: 'b'.repeat(64),
    risk_level: 'MEDIUM',
    requires_role: 'ADMIN',
    side_effects: [],
  }
  return previewReport({
    requestedBy: 'octocat',
    scene,
    recipe,
    template,
    applied: await applyRecipe(template, actions, { scene }),
    preflight,
  })
}

const write = (path: string, content: string): RecipeAction => action({ kind: 'WRITE_FILE', params: { path, content } })

describe('the report', () => {
  test('holds everything that the contract names', async () => {
    const report = await preview(treeWith({ a: '' }), [
      write('b', 'x'),
      action({ kind: 'RUN_BASH_TEMPLATE', params: { command: 'npm install' } }),
    ])
    expect(report).toMatchObject({
      fileTree: ['a', 'b'],
      truncated: false,
      actionLog: [
        { kind: 'WRITE_FILE', status: 'done' },
        { kind: 'RUN_BASH_TEMPLATE', status: 'skipped' },
      ],
      treeMayDiffer: true,
      warnings: ['Some actions are not carried out in a preview: the tree may differ.'],
      collisions: null,
      canProceed: true,
    })
    expect(JSON.parse(JSON.stringify(report))).toEqual(report)
  })

  test('a taken name, a fault or a recipe that stops are in the way', async () => {
    const taken = await preview(treeWith({}), [], { ...FREE, isTaken: true })
    expect(taken).toMatchObject({ canProceed: false, collisions: { owner: 'acme', slug: 'shop' } })
    const broken = await preview(treeWith({ a: 'x' }), [write('b', 'x'), action({ kind: 'DELETE_FILE', params: { path: 'c' } })])
    expect(broken).toMatchObject({ canProceed: false, faults: [{ code: 'file-missing' }], fileTree: ['a'], diff: { changes: [] } })
    expect((await preview(treeWith({}), [], { ...FREE, faults: [{ code: 'x', message: 'm', severity: 'warning' }] })).canProceed).toBe(true)
  })

  test('the approval hash changes with what a run depends on', async () => {
    const { approval_hash } = await preview(treeWith({}), [])
    expect(approval_hash).toMatch(/^[0-9a-f]{64}$/)
    expect((await preview(treeWith({ a: '' }), [])).approval_hash).toBe(approval_hash)
  })
})

describe('the comment', () => {
  test('reads as a page', async () => {
    const report = await preview(treeWith({ 'README.md': '# {{ repo.name }}\n', '.github/workflows/ci.yml': 'on: push\n' }), [
      action({ kind: 'RENDER_FILE', params: { path: 'README.md' } }),
      action({ kind: 'SET_TOPICS', params: { topics: ['web'] } }),
    ])
    expect(renderPreview(report)).toMatchInlineSnapshot(`
      "### \`acme/shop\` can be created

      This is a preview: nothing was made.

      | What | Value |
      | --- | --- |
      | Requested by | \`octocat\` |
      | Repository | \`acme/shop\`, private |
      | Template | \`acme/baseline@v1.2.0\` (\`cccccccccccc\`) |
      | Options | auth: sessions · testing: unit, e2e · add\\-ons: none |
      | Risk | MEDIUM, needs an admin of this repository |
      | Catalogue | \`bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\` |
      | Recipe | \`aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\` |

      **A run writes 4 times to GitHub, in this order**

      1. creates the private repository acme/shop
      2. pushes one commit to main
      3. sets the topics web
      4. sets the description

      **The token needs** (a classic one: \`repo\`, \`workflow\`)

      | Permission | Why |
      | --- | --- |
      | \`administration: write\` | creates the private repository and its settings |
      | \`contents: write\` | pushes the first commit |
      | \`workflows: write\` | the commit holds files in .github/workflows |

      The token of a workflow run can never have \`workflows\`: use an App or a personal token.

      <details><summary>2 actions of the recipe</summary>

      \`\`\`
      1. RENDER_FILE (auth/sessions) done: Filled in 1 placeholder of README.md.
      2. SET_TOPICS (auth/sessions) done: After the creation: sets the topics web.
      \`\`\`

      </details>

      <details><summary>2 files</summary>

      \`\`\`
      .github/workflows/ci.yml
      README.md
      \`\`\`

      </details>

      <details><summary>Changes to the template (1 file)</summary>

      \`\`\`diff
      # changed README.md
      --- a/README.md
      +++ b/README.md
      @@ -1,1 +1,1 @@
      -# {{ repo.name }}
      +# shop
      \`\`\`

      </details>

      Approval hash: \`38ec727daba3b62dafddb445c89c15d81aa090383b379b1a157d80d81c4c089a\`. It changes with anything that the run depends on.

      To create the repository, comment \`/bootstrap run\`.
      "
    `)
  })

  test('says what stands in the way and offers no run', async () => {
    const text = renderPreview(await preview(treeWith({}), [], { warnings: ['The tag moved.'], faults: [], isTaken: true }))
    expect(text).toContain('### `acme/shop` cannot be created yet')
    expect(text).toContain('**What stands in the way**\n\n- The name acme/shop is taken.')
    expect(text).toContain('**Warnings**\n\n- The tag moved.')
    expect(text).not.toContain('/bootstrap run')
  })

  test('nothing of a template comes alive in it', async () => {
    const evil = '```\n</details>\n@everyone [x](http://evil) <img src=x> |\n````\n\u202egnp'
    const text = renderPreview(
      await preview(treeWith({ '`</details>@all': evil, 'a|b': '' }), [write('x.md', evil)], {
        ...FREE,
        warnings: ['<b>@all</b> [x](http://evil) `|'],
      }),
    )
    const outside = text.replace(/(`{5,})[\s\S]*?\n\1\n/g, '').replace(/(```)(diff)?\n[\s\S]*?\n\1\n/g, '')
    expect(outside).not.toMatch(/<b>|<img|@all|@everyone|\]\(http/)
    expect(outside.match(/<\/details>/g)).toHaveLength(3)
    expect(text).toContain('⟨U+202E⟩gnp')
    expect(text).not.toContain('\u202e')
  })

  test('stays under 60,000 characters whatever it is about', async () => {
    const hostile = fc.constantFrom(
      '&'.repeat(500),
      '`'.repeat(3_000),
      '\u202e'.repeat(999),
      '\n'.repeat(5_000),
      'x'.repeat(100_000),
      '<'.repeat(300),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(hostile, { maxLength: 200 }), async (texts) => {
        const actions = texts.slice(0, 50).map((content, index) => write(`f${index}`, content.slice(0, 65_536)))
        const faults = texts.map((message) => ({ code: 'x', message, hint: message, severity: 'warning' as const }))
        const report = await preview(treeWith({}), actions, { warnings: texts, faults, isTaken: false })
        const text = renderPreview(report)
        expect(text.length).toBeLessThan(60_000)
        expect(text).toContain('comment `/bootstrap run`')
      }),
      { numRuns: 20 },
    )
  })
})
