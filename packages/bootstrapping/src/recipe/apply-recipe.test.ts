import { describe, expect, test } from 'vitest'
import { action, scene, textAt, treeWith } from '../../test/scenes.ts'
import type { ActionStep } from '../catalogue/action-shapes.ts'
import type { RecipeAction } from '../resolve/resolve-recipe.ts'
import type { ActionTraits } from '../model.ts'
import { withFile } from '../tree/change-tree.ts'
import { byteLength, textFile } from '../tree/text.ts'
import { applyRecipe, type RunCommand } from './apply-recipe.ts'

const from = (step: ActionStep, traits: Partial<ActionTraits> = {}): RecipeAction => action(step, traits)
const write = (path: string, content = path): ActionStep => ({ kind: 'WRITE_FILE', params: { path, content } })
const run: ActionStep = { kind: 'RUN_BASH_TEMPLATE', params: { command: 'npm install' } }
const topics: ActionStep = { kind: 'SET_TOPICS', params: { topics: ['web'] } }
const ends =
  (exitCode: number, output = ''): RunCommand =>
  async (_, tree) => ({ tree: withFile(tree, 'made', textFile('x')), exitCode, output })

describe('a recipe', () => {
  test('applies its actions one after another and tells each', async () => {
    const append: ActionStep = { kind: 'APPEND_TO_FILE', params: { path: 'a', content: 'more', marker: 'more' } }
    const result = await applyRecipe(treeWith({}), [from(write('a')), from(append), from(append), from(topics)], { scene })
    expect(result).toMatchObject({
      ok: true,
      treeMayDiffer: false,
      settings: [topics],
      actionLog: [
        { kind: 'WRITE_FILE', category: 'auth', option: 'sessions', status: 'done', summary: 'Wrote a (1 byte).' },
        { kind: 'APPEND_TO_FILE', status: 'done', summary: 'Appended 1 line to a.' },
        { kind: 'APPEND_TO_FILE', status: 'skipped', summary: 'a holds the marker already.' },
        { kind: 'SET_TOPICS', status: 'done', summary: 'After the creation: sets the topics web.' },
      ],
    })
    expect(result.ok && textAt(result.tree, 'a')).toBe('a\nmore\n')
  })

  test('stops at the first fault, which names the action', async () => {
    const result = await applyRecipe(
      treeWith({}),
      [from(write('a')), from({ kind: 'DELETE_FILE', params: { path: 'b' } }), from(write('c'))],
      { scene },
    )
    expect(result).toMatchObject({
      ok: false,
      fault: { code: 'file-missing', message: 'Action 2 (auth/sessions, DELETE_FILE): There is no file `b`.' },
      actionLog: [{ status: 'done' }, { status: 'failed', summary: 'There is no file `b`.' }],
    })
  })

  test('has at most 200 actions', async () => {
    const many = Array.from({ length: 201 }, () => from(write('a')))
    expect(await applyRecipe(treeWith({}), many, { scene })).toMatchObject({
      ok: false,
      fault: { code: 'too-many-actions' },
      actionLog: [],
    })
    expect((await applyRecipe(treeWith({}), many.slice(1), { scene })).ok).toBe(true)
  })

  test('appends that would fill the disk end at 50 MB', async () => {
    const big = { mode: '100644' as const, content: new Uint8Array(50 * 1024 * 1024 - 200_000).fill(97) }
    const appends = Array.from({ length: 200 }, (_, index) =>
      from({ kind: 'APPEND_TO_FILE', params: { path: 'f', content: `${index}!${'x'.repeat(60_000)}`, marker: `${index}!` } }),
    )
    const result = await applyRecipe(withFile(treeWith({ f: '' }), 'big', big), appends, { scene })
    expect(result).toMatchObject({ ok: false, fault: { code: 'tree-too-large' } })
    expect(result.actionLog).toHaveLength(4)
  })
})

describe('a preview', () => {
  test('leaves out commands and what does not support it, and says that the tree may differ', async () => {
    const result = await applyRecipe(treeWith({}), [from(run), from(write('a'), { supports_dry_run: false })], { scene })
    expect(result).toMatchObject({
      ok: true,
      treeMayDiffer: true,
      actionLog: [{ status: 'skipped', summary: '“npm install” is not run in a preview; the tree may differ.' }, { status: 'skipped' }],
    })
    expect(result.ok && result.tree.size).toBe(0)
  })

  test('names settings even where the catalogue leaves them out', async () => {
    const result = await applyRecipe(treeWith({}), [from(topics, { supports_dry_run: false })], { scene })
    expect(result).toMatchObject({ ok: true, treeMayDiffer: false, settings: [topics] })
  })

  test('gives the same tree as a run', async () => {
    const actions = [from(write('a')), from({ kind: 'RENDER_FILE', params: { path: 'b' } }), from(topics)]
    const tree = treeWith({ b: '{{ repo.name }}' })
    const [preview, real] = [await applyRecipe(tree, actions, { scene }), await applyRecipe(tree, actions, { scene, runCommand: ends(0) })]
    expect(preview).toEqual(real)
  })
})

describe('a command', () => {
  test('goes on with the tree that it left, and its output is kept', async () => {
    const result = await applyRecipe(treeWith({}), [from(run), from({ kind: 'RENAME_FILE', params: { source: 'made', dest: 'b' } })], {
      scene,
      runCommand: ends(0, 'ok'),
    })
    expect(result).toMatchObject({ ok: true, output: '$ npm install\nok\n', treeMayDiffer: false })
    expect(result.ok && [...result.tree.keys()]).toEqual(['b'])
  })

  test('that fails ends the recipe, output kept', async () => {
    const result = await applyRecipe(treeWith({}), [from(run)], { scene, runCommand: ends(2, 'broken\n') })
    expect(result).toMatchObject({ ok: false, fault: { code: 'command-failed' }, output: '$ npm install\nbroken\n' })
  })

  test('that leaves a link out of the tree is refused', async () => {
    const runCommand: RunCommand = async (_, tree) => ({ tree: withFile(tree, 'l', textFile('/etc', '120000')), exitCode: 0, output: '' })
    expect(await applyRecipe(treeWith({}), [from(run)], { scene, runCommand })).toMatchObject({
      ok: false,
      fault: { code: 'link-absolute' },
    })
  })

  test('fills at most 256 KiB of log, never half a character', async () => {
    const result = await applyRecipe(treeWith({}), [from(run), from(run)], { scene, runCommand: ends(0, 'é'.repeat(100_000)) })
    expect(byteLength(result.output)).toBeGreaterThan(262_100)
    expect(byteLength(result.output)).toBeLessThanOrEqual(262_144)
    expect(result.output).not.toContain('\ufffd')
    expect(result.output.endsWith('é\n[the rest was cut off]\n')).toBe(true)
  })
})
