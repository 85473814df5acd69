import fc from 'fast-check'
import { applyPatch } from 'diff'
import { describe, expect, test } from 'vitest'
import { treeWith } from '../../test/scenes.ts'
import type { ActionStep } from '../catalogue/action-shapes.ts'
import type { Setting } from '../recipe/outcome.ts'
import { withFile, withoutFile } from '../tree/change-tree.ts'
import { textFile } from '../tree/text.ts'
import { diffTrees } from './diff-trees.ts'
import { fileTreeOf, isIgnored } from './file-tree-of.ts'
import { plannedEffects } from './planned-effects.ts'
import { requiredPermissions } from './required-permissions.ts'

describe('the list of files', () => {
  test.each([
    '.git/config',
    'node_modules/x/y',
    'a/node_modules/x',
    '.next/a',
    'a/dist/b',
    'build/a',
    'out/a',
    'coverage/a',
    'x.log',
    'a/b.log',
    '.log',
    '.DS_Store',
    'a/.DS_Store',
    '.env',
    '.env.local',
    'a/.envrc',
    'x.log/y',
    '.env.d/x',
  ])('%s is left out', (path) => expect(isIgnored(path)).toBe(true))

  test.each([
    'dist',
    'src/out',
    'src/build.ts',
    'distribution/a',
    'x.logs',
    'env',
    'a.env',
    'catalog',
    'coverage.md',
    '.github/workflows/ci.yml',
    '.gitignore',
  ])('%s is listed', (path) => expect(isIgnored(path)).toBe(false))

  test('500 files are listed, of more the rest is counted', () => {
    const files = (count: number) => treeWith(Object.fromEntries(Array.from({ length: count }, (_, index) => [`f${index}`, ''])))
    expect(fileTreeOf(treeWith({ '.env': '', 'a.log': '', b: '' }))).toEqual({ fileTree: ['b'], truncated: false, unlisted: 2 })
    expect(fileTreeOf(files(500))).toMatchObject({ truncated: false, fileTree: { length: 500 } })
    const cut = fileTreeOf(files(512))
    expect(cut.truncated).toBe(true)
    expect(cut.fileTree).toHaveLength(501)
    expect(cut.fileTree.at(-1)).toBe('[+12 more files omitted]')
  })
})

describe('what a recipe made of a template', () => {
  test('every kind of change, by path', () => {
    const binary = { mode: '100644' as const, content: new Uint8Array([0, 1]) }
    const template = withFile(treeWith({ a: 'one\ntwo\n', gone: 'x\n', old: 'moved\n', run: 'r\n', same: 's' }), 'pic', binary)
    const result = [
      ['a', textFile('one\n2\n')],
      ['fresh', textFile('f\n')],
      ['new', textFile('moved\n')],
      ['run', textFile('r\n', '100755')],
      ['pic', { ...binary, content: new Uint8Array([0, 2]) }],
    ] as const
    const made = result.reduce((tree, [path, file]) => withFile(tree, path, file), withoutFile(withoutFile(template, 'gone'), 'old'))
    const nothing = { isBinary: false, isTooLarge: false, added: 0, removed: 0 }
    expect(diffTrees(template, made)).toEqual({
      isCut: false,
      changes: [
        { ...nothing, path: 'a', change: 'changed', added: 1, removed: 1, patch: '--- a/a\n+++ b/a\n@@ -1,2 +1,2 @@\n one\n-two\n+2\n' },
        { ...nothing, path: 'fresh', change: 'added', added: 1, patch: '--- /dev/null\n+++ b/fresh\n@@ -0,0 +1,1 @@\n+f\n' },
        { ...nothing, path: 'gone', change: 'deleted', removed: 1, patch: '--- a/gone\n+++ /dev/null\n@@ -1,1 +0,0 @@\n-x\n' },
        { ...nothing, path: 'new', change: 'renamed', from: 'old' },
        { ...nothing, path: 'pic', change: 'changed', isBinary: true },
        { ...nothing, path: 'run', change: 'changed', modes: ['100644', '100755'] },
      ],
    })
  })

  test('files that differ too much are named without their text', () => {
    const numbers = (step: number) => Array.from({ length: 5_000 }, (_, index) => `${index * step}\n`).join('')
    expect(diffTrees(treeWith({ a: numbers(3) }), treeWith({ a: numbers(7) }))).toMatchObject({
      isCut: true,
      changes: [{ path: 'a', isTooLarge: true, added: 0 }],
    })
    const many = Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`f${index}`, `${index}${'x'.repeat(30_000)}\n`]))
    const { changes, isCut } = diffTrees(treeWith({}), treeWith(many))
    expect(isCut).toBe(true)
    expect(changes.filter(({ patch }) => patch !== undefined)).toHaveLength(8)
  })

  test('every patch turns the template’s text into the result’s', () => {
    const lines = fc.array(fc.constantFrom('a', 'b', '', '\r', '`')).map((list) => list.join('\n'))
    fc.assert(
      fc.property(lines, lines, (before, after) => {
        const [change] = diffTrees(treeWith({ f: before }), treeWith({ f: after })).changes
        expect(change?.patch === undefined ? before : applyPatch(before, change.patch, { autoConvertLineEndings: false })).toBe(after)
      }),
    )
  })
})

describe('what the token needs', () => {
  const environment = (reviewers: string[]): Setting => ({
    kind: 'CREATE_ENVIRONMENT',
    params: { name: 'prod', wait_timer: 0, reviewers, prevent_self_review: false, protected_branches: false },
  })
  const labels: Setting = {
    kind: 'CREATE_LABELS',
    params: {
      labels: [
        { name: 'bug', color: 'ededed', description: '' },
        { name: 'idea', color: 'ededed', description: '' },
      ],
    },
  }
  const needed = (paths: string[], settings: Setting[]) => {
    const { permissions, scopes } = requiredPermissions(treeWith(Object.fromEntries(paths.map((path) => [path, '']))), settings, 'private')
    return [permissions.map(({ permission }) => permission), scopes]
  }

  test.each([
    [['a'], [], ['administration', 'contents'], ['repo']],
    [['.github/workflows/ci.yml'], [], ['administration', 'contents', 'workflows'], ['repo', 'workflow']],
    [['.github/workflows-old/ci.yml'], [], ['administration', 'contents'], ['repo']],
    [['a'], [labels, environment(['someone'])], ['administration', 'contents', 'issues'], ['repo']],
    [['a'], [environment(['acme/ops'])], ['administration', 'contents', 'members'], ['repo', 'read:org']],
  ])('%j with %j', (paths, settings, permissions, scopes) => expect(needed(paths, settings)).toEqual([permissions, scopes]))

  test('effects stand in their order with their writes', () => {
    const topics: ActionStep & Setting = { kind: 'SET_TOPICS', params: { topics: ['a', 'b'] } }
    expect(plannedEffects({ owner: 'acme', name: 'shop', visibility: 'internal' }, [labels, topics])).toEqual([
      { what: 'creates the internal repository acme/shop', writes: 1 },
      { what: 'pushes one commit to main', writes: 1 },
      { what: 'creates the labels bug, idea', writes: 2 },
      { what: 'sets the topics a, b', writes: 1 },
      { what: 'sets the description', writes: 1 },
    ])
  })
})
