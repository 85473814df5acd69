import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  type BootstrapStage,
  CONTROL,
  createBootstrapStage,
  createPlanter,
  refusalOf,
  refusedBy,
  tracesOf,
  type Tried,
  tryBoth,
} from '../src/index.ts'

let stage: BootstrapStage
beforeAll(async () => {
  stage = await createBootstrapStage({ templateFiles: 0 })
  const planter = createPlanter(stage)
  await planter.tag(
    await planter.tree([
      { name: 'README.md', content: '# {{ repo.name }}\n' },
      { name: 'as.txt', content: 'a'.repeat(1_000_000) },
      { name: 'few.txt', content: 'a'.repeat(10_000) },
      { name: 'inside', entries: [{ name: 'file', content: 'x\n' }] },
      { name: 'link', mode: '120000', content: 'inside' },
      { name: 'package.json', content: '{ "name": "template" }\n' },
    ]),
  )
})
afterAll(() => stage.close())

const HEAD = 'template: { repository: acme/template, version: v1.0.0 }\n'
const option = (actions: string): string =>
  `${HEAD}categories:\n  - slug: base\n    label: Base\n    selection_type: SINGLE\n    display_order: 1\n    is_required: true\n    options:\n      - { slug: all, label: All, is_default: true, display_order: 1, actions: [${actions}] }\n`
const action = (kind: string, params: string): string => option(`{ kind: ${kind}, params: ${params}, execution_order: 1 }`)
const many = (count: number, render: (at: number) => string): string => Array.from({ length: count }, (_, at) => render(at)).join(', ')

async function writeAndTry(catalogue: string, code: string): Promise<Tried> {
  await stage.github.world.commit({ repository: CONTROL, files: { 'bootstrap/catalog.yml': catalogue } })
  return tryBoth(stage, code)
}

const paths = [
  '../out',
  'a/../../out',
  '/etc/passwd',
  '.git/hooks/pre-commit',
  'a/.GIT/config',
  '..\\\\out',
  'C:/x',
  'a//b',
  'a/',
  '.',
  'a\\nb',
  'a\\u0000b',
  'ünï',
  '~/x',
  '.git./x',
]

test.each(paths)('the path "%s" is refused wherever a recipe names one', async (path) => {
  const actions = [
    `{ kind: WRITE_FILE, params: { path: "${path}", content: x }, execution_order: 1 }`,
    `{ kind: COPY_FILE, params: { source: "${path}", dest: ok.txt }, execution_order: 2 }`,
    `{ kind: COPY_FILE, params: { source: README.md, dest: "${path}" }, execution_order: 3 }`,
    `{ kind: DELETE_FILE, params: { path: "${path}" }, execution_order: 4 }`,
    `{ kind: RENAME_FILE, params: { source: README.md, dest: "${path}" }, execution_order: 5 }`,
    `{ kind: APPEND_TO_FILE, params: { path: "${path}", content: x, marker: x }, execution_order: 6 }`,
    `{ kind: REPLACE_STRING, params: { file: "${path}", find: a, replace: b }, execution_order: 7 }`,
    `{ kind: RENDER_FILE, params: { path: "${path}" }, execution_order: 8 }`,
  ]
  await stage.github.world.commit({ repository: CONTROL, files: { 'bootstrap/catalog.yml': option(actions.join(', ')) } })
  const { reason, codes } = refusalOf(await stage.play({ inputs: { owner: 'acme', name: 'shop' } }))
  expect(reason).toBe('catalog-invalid')
  // Each of the eight by itself, beside the error's own code.
  expect(codes.filter((code) => code !== 'CATALOG_INVALID').length).toBeGreaterThanOrEqual(actions.length)
})

const commands = [
  'curl https://example.com',
  'npm pkg set a=1; rm -rf /',
  'npm pkg set a=$(id)',
  'npm pkg set a=`id`',
  'npm pkg set a=1 && id',
  'npm pkg set a=1 | sh',
  'npm pkg set a=1 > /etc/x',
  'npm install evil',
  'npm install --package-lock-only',
  'npm install --package-lock-only --ignore-scripts evil',
  'npm pkg set scripts.x=y --prefix=/',
  'npm pkg set dependencies.evil=1.0.0',
  'npm pkg set __proto__.x=1',
  'npm  pkg set a=1',
  '/bin/sh -c id',
  'node --version --eval=1',
  'NPM pkg set a=1',
  'npm\\tpkg set a=1',
  'npm pkg set a=1\\nid',
]

test.each(commands)('the command "%s" is refused before anything is run', async (command) => {
  await stage.github.world.commit({
    repository: CONTROL,
    files: { 'bootstrap/catalog.yml': action('RUN_BASH_TEMPLATE', `{ command: "${command}" }`) },
  })
  const { reason, codes } = refusalOf(await stage.play({ inputs: { mode: 'create', owner: 'acme', name: 'shop' } }))
  expect(reason).toBe('catalog-invalid')
  expect(codes.some((code) => code === 'COMMAND_NOT_ALLOWED' || code === 'COMMAND_NOT_PLAIN')).toBe(true)
})

const bomb = `${HEAD}a: &a [x, x, x, x, x, x, x, x, x]\n${'bcdefghij'
  .split('')
  .map((name, at) => `${name}: &${name} [${Array.from({ length: 9 }, () => `*${'abcdefghij'[at]}`).join(', ')}]`)
  .join('\n')}\ncategories: []\n`

test.each([
  ['10,000 options', option('').replace(/options:\n.*/, `options: [${many(10_000, (at) => `{ slug: o${at} }`)}]`), 'TOO_MANY_OPTIONS'],
  ['a bomb of anchors', bomb, 'bad-alias'],
  ['a key that is every object’s', `${HEAD}__proto__: { polluted: true }\ncategories: []\n`, 'unknown-key'],
  ['a category of every object’s name', option('').replace('slug: base', 'slug: __proto__'), 'bad-slug'],
  ['parameters of every object’s name', action('WRITE_FILE', '{ path: a, content: b, __proto__: { x: 1 } }'), 'unknown-key'],
  ['a kind of every object’s name', action('constructor', '{}'), 'unknown-value'],
  ['a content of more than 64 KiB', action('WRITE_FILE', `{ path: a, content: ${'x'.repeat(66_000)} }`), 'CONTENT_TOO_LARGE'],
  ['a template that is a path', option('').replace('acme/template', '../../etc'), 'bad-repository'],
  ['a tag that is an option of git’s', option('').replace('v1.0.0', '--upload-pack=id'), 'bad-tag'],
  [
    'a condition that does not end',
    action('WRITE_FILE', '{ path: a, content: b }').replace('execution_order: 1 }', `execution_order: 1, if: "${'('.repeat(900)}" }`),
    'bad-expression',
  ],
  ['text that is no YAML', '{{{{', 'yaml'],
])('%s: the catalogue is refused', async (_, catalogue, code) => {
  expect(await writeAndTry(catalogue, code)).toEqual(refusedBy('catalog-invalid'))
})

test('a catalogue that is larger than GitHub shows is refused as what it is', async () => {
  expect(await writeAndTry(`${option('')}# ${'x'.repeat(600_000)}\n`, 'CATALOG_UNREADABLE')).toEqual(refusedBy('catalog-unreadable'))
})

test.each([
  [
    '201 actions',
    option(many(201, (at) => `{ kind: WRITE_FILE, params: { path: f${at}, content: x }, execution_order: ${at} }`)),
    'request-invalid',
    'TOO_MANY_ACTIONS',
  ],
  [
    'a replacement that would fill the memory',
    action('REPLACE_STRING', `{ file: few.txt, find: a, replace: ${'b'.repeat(8_000)}, expect_count: 10000 }`),
    'recipe-failed',
    'tree-too-large',
  ],
  [
    'a file that doubles until it fills the disk',
    option(
      [
        `{ kind: APPEND_TO_FILE, params: { path: README.md, content: m, marker: m }, execution_order: 0 }`,
        many(120, (at) => `{ kind: COPY_FILE, params: { source: as.txt, dest: copy-${at} }, execution_order: ${at} }`),
      ].join(', '),
    ),
    'recipe-failed',
    'tree-too-large',
  ],
  ['something written through a link', action('WRITE_FILE', '{ path: link/evil, content: x }'), 'recipe-failed', 'file-is-link'],
  ['something that differs in case', action('WRITE_FILE', '{ path: readme.MD, content: x }'), 'recipe-failed', 'names-differ-in-case'],
  [
    'a text that is not there as often',
    action('REPLACE_STRING', '{ file: README.md, find: zzz, replace: y }'),
    'recipe-failed',
    'wrong-count',
  ],
])('%s: the recipe is refused', async (_, catalogue, reason, code) => {
  await stage.github.world.commit({ repository: CONTROL, files: { 'bootstrap/catalog.yml': catalogue } })
  const before = await tracesOf(stage)
  const refusal = refusalOf(await stage.play({ inputs: { mode: 'create', owner: 'acme', name: 'shop' } }))
  expect(refusal).toEqual({ exitCode: 1, reason, codes: expect.arrayContaining([code]) })
  const previewed = await stage.play({ inputs: { owner: 'acme', name: 'shop' } })
  expect(previewed.outputs['reason-code']).toBe(reason === 'recipe-failed' ? 'preview-with-errors' : reason)
  if (reason === 'recipe-failed') expect(previewed.outputs['report']).toContain(code)
  expect(await tracesOf(stage)).toEqual(before)
})
