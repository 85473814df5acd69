import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { action, scene, textAt, treeWith } from '../../test/scenes.ts'
import type { ActionKind, ActionStep } from '../catalogue/action-shapes.ts'
import { checkTree } from '../tree/check-tree.ts'
import { compareCodePoints } from '../tree/code-points.ts'
import type { FileTree } from '../tree/file-tree.ts'
import { textFile } from '../tree/text.ts'
import { withFile } from '../tree/change-tree.ts'
import { applyAction } from './apply-action.ts'
import { applyRecipe } from './apply-recipe.ts'

const TEMPLATE = treeWith({
  '.github/dispatching.yml': '# who may start what\ninbound: []\n',
  '.gitignore': 'node_modules/\n',
  'README.md': '# {{ repo.name }}\n\nBuilt on ${{ github.sha }} with {{ selections.auth }}.\n',
  'docs/old-name.md': 'moved\n',
  'package.json': '{\n  "name": "baseline",\n  "dependencies": {\n    "zod": "4.0.0"\n  }\n}\n',
  'src/app.ts': 'const provider = "none"\n',
  'src/unused.ts': 'nobody\n',
  'variants/login.ts': 'login\n',
})

/** One of every kind: a new kind fails the type check here. */
const STEPS: { readonly [Kind in ActionKind]: Extract<ActionStep, { readonly kind: Kind }>['params'] } = {
  COPY_FILE: { source: 'variants/login.ts', dest: 'src/login.ts' },
  WRITE_FILE: { path: 'src/session.ts', content: 'session\n' },
  APPEND_TO_FILE: { path: '.gitignore', content: 'sessions/\n', marker: 'sessions/' },
  REPLACE_STRING: { file: 'src/app.ts', find: '"none"', replace: '"sessions"', expect_count: 1 },
  CREATE_ADR_STUB: { number: 1, title: 'Use sessions', template: 'nygard' },
  ADD_DEPENDENCY: { name: 'cookie', version: '^1.0.0', dev: false },
  RUN_BASH_TEMPLATE: { command: 'npm install' },
  DELETE_FILE: { path: 'src/unused.ts' },
  RENAME_FILE: { source: 'docs/old-name.md', dest: 'docs/new-name.md' },
  RENDER_FILE: { path: 'README.md' },
  SET_TOPICS: { topics: ['web'] },
  CREATE_LABELS: { labels: [{ name: 'bug', color: 'd73a4a', description: '' }] },
  CREATE_ENVIRONMENT: { name: 'production', wait_timer: 0, reviewers: [], prevent_self_review: false, protected_branches: true },
  PROTECT_BRANCH: {
    branch: 'main',
    required_reviews: 1,
    required_checks: [],
    require_up_to_date: false,
    dismiss_stale_reviews: false,
    require_code_owner_reviews: false,
    require_linear_history: false,
    enforce_admins: false,
  },
  ALLOW_DISPATCH: { source: 'acme/platform', workflow: 'release.yml', targets: [{ workflow: 'deploy.yml' }] },
}
const steps = Object.entries(STEPS).map(([kind, params]) => ({ kind, params }) as ActionStep)

describe('one recipe with every kind of action', () => {
  test('makes this tree of this template', async () => {
    const result = await applyRecipe(
      TEMPLATE,
      steps.map((step) => action(step)),
      { scene },
    )
    if (!result.ok) throw new Error(result.fault.message)
    expect(
      Object.fromEntries(
        [...result.tree.keys()].filter((path) => !path.startsWith('docs/adr/')).map((path) => [path, textAt(result.tree, path)]),
      ),
    ).toEqual({
      '.github/dispatching.yml':
        '# who may start what\ninbound:\n  - source:\n      repository: acme/platform\n      workflow: release.yml\n    targets:\n      - workflow: deploy.yml\n',
      '.gitignore': 'node_modules/\nsessions/\n',
      'README.md': '# shop\n\nBuilt on ${{ github.sha }} with sessions.\n',
      'docs/new-name.md': 'moved\n',
      'package.json': '{\n  "name": "baseline",\n  "dependencies": {\n    "cookie": "^1.0.0",\n    "zod": "4.0.0"\n  }\n}\n',
      'src/app.ts': 'const provider = "sessions"\n',
      'src/login.ts': 'login\n',
      'src/session.ts': 'session\n',
      'variants/login.ts': 'login\n',
    })
    expect(result.tree.has('docs/adr/0001-use-sessions.md')).toBe(true)
    expect(result.settings.map(({ kind }) => kind)).toEqual(['SET_TOPICS', 'CREATE_LABELS', 'CREATE_ENVIRONMENT', 'PROTECT_BRANCH'])
    expect(result.actionLog.filter(({ status }) => status === 'skipped').map(({ kind }) => kind)).toEqual(['RUN_BASH_TEMPLATE'])
  })
})

test('any action on any sound tree leaves a sound, sorted tree and the old one alone, or a fault with a hint', () => {
  const path = fc.constantFrom('a', 'A', 'a/b', 'd/c', 'd', 'package.json', 'Package.json', '.github/dispatching.yml', 'l')
  const text = fc.constantFrom('', 'x', 'x\r\ny\r\n', '{}', '{{ repo.name }}', '\u0000')
  const file = fc.oneof(
    { weight: 4, arbitrary: text.map((content) => textFile(content)) },
    fc.constantFrom('a', 'd/c', '.').map((target) => textFile(target, '120000')),
  )
  const tree = fc
    .array(fc.tuple(path, file), { maxLength: 5 })
    .map((files) => files.reduce<FileTree>((made, [name, one]) => withFile(made, name, one), treeWith({})))
    .filter((made) => checkTree(made).length === 0)
  const step = fc.oneof(
    fc
      .record({ source: path, dest: path })
      .chain((params) => fc.constantFrom({ kind: 'COPY_FILE' as const, params }, { kind: 'RENAME_FILE' as const, params })),
    fc.record({ path, content: text }).map((params) => ({ kind: 'WRITE_FILE' as const, params })),
    fc
      .record({ path, content: fc.constant('xM'), marker: fc.constant('M') })
      .map((params) => ({ kind: 'APPEND_TO_FILE' as const, params })),
    path.chain((one) =>
      fc.constantFrom({ kind: 'DELETE_FILE' as const, params: { path: one } }, { kind: 'RENDER_FILE' as const, params: { path: one } }),
    ),
    path.map((one) => ({ kind: 'REPLACE_STRING' as const, params: { file: one, find: 'x', replace: 'yy', expect_count: 1 } })),
    fc.constantFrom(
      { kind: 'ADD_DEPENDENCY' as const, params: STEPS.ADD_DEPENDENCY },
      { kind: 'ALLOW_DISPATCH' as const, params: STEPS.ALLOW_DISPATCH },
    ),
  )
  fc.assert(
    fc.property(tree, step, (before, one) => {
      const copy = new Map(before)
      const outcome = applyAction(before, one, scene)
      expect(before).toEqual(copy)
      if (!outcome.ok) {
        expect(outcome.fault.hint).toMatch(/\.$|\?$/)
        return
      }
      expect(checkTree(outcome.tree)).toEqual([])
      expect([...outcome.tree.keys()]).toEqual([...outcome.tree.keys()].sort(compareCodePoints))
      if (outcome.status === 'skipped') expect(outcome.tree).toEqual(before)
    }),
    { numRuns: 1_000 },
  )
})
