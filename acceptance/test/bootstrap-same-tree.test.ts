import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FileTree } from '@switchyard/bootstrapping'
import { parseCatalogue, resolveRecipe } from '@switchyard/bootstrapping/catalogue'
import { applyRecipe, checkTree } from '@switchyard/bootstrapping/recipe'
import { isJsonObject, type JsonObject } from '@switchyard/core'
import { afterEach, expect, test } from 'vitest'
import { type BootstrapPlay, type BootstrapStage, createBootstrapStage, createPlanter, readFileTree, TEMPLATE } from '../src/index.ts'

let stage: BootstrapStage
afterEach(() => stage.close())

const CATALOGUE = `template: { repository: acme/template, version: v1.0.0 }
categories:
  - slug: base
    label: Base
    selection_type: SINGLE
    display_order: 1
    is_required: true
    options:
      - slug: all
        label: All of it
        is_default: true
        display_order: 1
        actions:
          - { kind: RENDER_FILE, params: { path: README.md }, execution_order: 1 }
          - { kind: COPY_FILE, params: { source: bin/run, dest: bin/copy }, execution_order: 2 }
          - { kind: WRITE_FILE, params: { path: docs/new.md, content: "Für dich\\n" }, execution_order: 3 }
          - { kind: APPEND_TO_FILE, params: { path: crlf.txt, content: "more", marker: more }, execution_order: 4 }
          - { kind: REPLACE_STRING, params: { file: no-newline.txt, find: end, replace: END }, execution_order: 5 }
          - { kind: CREATE_ADR_STUB, params: { number: 7, title: "Use it", template: madr }, execution_order: 6 }
          - { kind: ADD_DEPENDENCY, params: { name: left-pad, version: ^1.3.0, dev: true }, execution_order: 7 }
          - { kind: RENAME_FILE, params: { source: move/me.txt, dest: moved.txt }, execution_order: 8 }
          - { kind: DELETE_FILE, params: { path: delete-me.txt }, execution_order: 9 }
  - slug: extra
    label: Extra
    selection_type: MULTI
    display_order: 2
    options:
      - { slug: b, label: B, display_order: 2, actions: [{ kind: WRITE_FILE, params: { path: b.txt, content: b }, execution_order: 1 }] }
      - { slug: a, label: A, display_order: 1, actions: [{ kind: WRITE_FILE, params: { path: a.txt, content: a }, execution_order: 1 }] }
`

/** The same, told in another order: categories, options, keys and the way it is written. */
const REORDERED = `categories:
${CATALOGUE.slice(CATALOGUE.indexOf('  - slug: extra'))
  .split('\n')
  .filter((line) => line !== '')
  .toSorted((left, right) => Number(left.includes('slug: b')) - Number(right.includes('slug: b')))
  .join('\n')}
${CATALOGUE.slice(CATALOGUE.indexOf('  - slug: base'), CATALOGUE.indexOf('  - slug: extra')).trimEnd()}
template:
  version: 'v1.0.0'
  repository: "acme/template"
`

/** What real projects hold, and what a careless copy changes. */
async function plant(): Promise<void> {
  const planter = createPlanter(stage)
  const tree = await planter.tree([
    { name: '(app)', entries: [{ name: '[id]', entries: [{ name: '+page.svelte', content: '<p>{id}</p>\n' }] }] },
    { name: '.gitattributes', content: '* text=auto eol=crlf\n' },
    { name: 'README.md', content: '# {{ repo.name }}\n' },
    { name: 'all-bytes.bin', content: Buffer.from(Array.from({ length: 512 }, (_, at) => at % 256)) },
    { name: 'bin', entries: [{ name: 'run', mode: '100755', content: '#!/bin/sh\nexit 0\n' }] },
    { name: 'bom.txt', content: '\ufeffbegins with a mark\n' },
    { name: 'crlf.txt', content: 'one\r\ntwo\r\n' },
    { name: 'delete-me.txt', content: 'x\n' },
    { name: 'empty', content: '' },
    { name: 'group-writable', mode: '100664', content: 'old\n' },
    { name: 'link', mode: '120000', content: 'bin/run' },
    { name: 'mixed.txt', content: 'one\r\ntwo\nthree\rfour' },
    { name: 'move', entries: [{ name: 'me.txt', content: 'me\n' }] },
    { name: 'no-newline.txt', content: 'the end' },
    { name: 'package.json', content: '{\n\t"name": "template",\n\t"version": "0.0.0"\n}' },
    { name: 'ünïcode ☕', entries: [{ name: '日本語 file.txt', content: 'こんにちは\n' }] },
  ])
  await planter.tag(tree)
}

const REQUEST = { owner: 'acme', name: 'shop', selections: 'extra: a, b' }

async function setUp(catalogue = CATALOGUE): Promise<void> {
  stage = await createBootstrapStage({ catalogue, clock: { start: new Date('2026-03-04T05:06:07.500Z'), frozen: true } })
  await plant()
}

async function reportOf(): Promise<{ readonly report: JsonObject; readonly approved: string | undefined }> {
  const { outputs } = await stage.play({ inputs: REQUEST })
  const report: unknown = JSON.parse(outputs['report'] ?? '')
  if (!isJsonObject(report)) throw new Error(`No preview: ${outputs['result']}`)
  return { report, approved: outputs['approval-hash'] }
}

/** What the recipe makes of the template, by the rules alone. */
async function render(catalogueText: string): Promise<FileTree> {
  const parsed = parseCatalogue(catalogueText, { file: 'catalog.yml' })
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults))
  const repo = { owner: 'acme', name: 'shop', visibility: 'private' } as const
  const resolved = resolveRecipe(parsed.catalogue, { selected: { extra: ['a', 'b'] }, repo, purpose: 'create' })
  if (!resolved.ok) throw new Error(JSON.stringify(resolved.refusals))
  const { recipe } = resolved
  const commit = await stage.git(TEMPLATE, 'rev-parse', 'v1.0.0^{commit}')
  const committedAt = Number(await stage.git(TEMPLATE, 'log', '-1', '--format=%ct', commit)) * 1_000
  const scene = { repo, selections: recipe.selections, template: { ...parsed.catalogue.template, commit, committedAt } }
  const template = await readFileTree(stage, TEMPLATE, commit)
  const applied = await applyRecipe(template, recipe.actions, { scene })
  if (!applied.ok) throw new Error(applied.fault.message)
  expect(checkTree(applied.tree)).toEqual([])
  return applied.tree
}

const RECEIPT = '.github/bootstrap.json'
const shown = (tree: FileTree): Readonly<Record<string, string>> =>
  Object.fromEntries(
    [...tree]
      .filter(([path]) => path !== RECEIPT)
      .map(([path, { mode, content }]) => [path, `${mode} ${Buffer.from(content).toString('base64')}`]),
  )

test('the repository holds what the rules render, byte for byte, and the preview told it', async () => {
  await setUp()
  const { report, approved } = await reportOf()
  const created = await stage.play({ inputs: { ...REQUEST, mode: 'create', approved: approved ?? '' } })
  expect(created.outputs).toMatchObject({
    'reason-code': 'created',
    'recipe-hash': report['recipe_hash'],
    'catalog-version': report['catalog_version'],
  })
  const made = await readFileTree(stage, 'acme/shop', 'main')
  expect(shown(made)).toEqual(shown(await render(CATALOGUE)))
  expect([...made.keys()]).toEqual(report['fileTree'])
  expect(made.get('crlf.txt')?.content).toEqual(Buffer.from('one\r\ntwo\r\nmore\r\n'))
  const { changes } = isJsonObject(report['diff']) ? report['diff'] : {}
  const paths = (Array.isArray(changes) ? changes : []).map((change) => (isJsonObject(change) ? change['path'] : undefined))
  expect(paths).toEqual([
    RECEIPT,
    'README.md',
    'a.txt',
    'b.txt',
    'bin/copy',
    'crlf.txt',
    'delete-me.txt',
    'docs/adr/0007-use-it.md',
    'docs/new.md',
    'moved.txt',
    'no-newline.txt',
    'package.json',
  ])
})

test('the receipt tells what the preview told, and the time of the commit', async () => {
  await setUp()
  const { report } = await reportOf()
  await stage.play({ inputs: { ...REQUEST, mode: 'create' } })
  const receipt: unknown = JSON.parse(await stage.git('acme/shop', 'show', `main:${RECEIPT}`))
  const seconds = Number(await stage.git('acme/shop', 'log', '-1', '--format=%ct', 'main'))
  const { recipe_hash, catalog_version, template_source_sha, selected_options } = report
  expect(receipt).toMatchObject({
    recipe_hash,
    catalog_version,
    template_source_sha,
    selected_options,
    generated_at: new Date(seconds * 1_000).toISOString(),
  })
})

interface Facts {
  readonly [name: string]: string | undefined
}

async function factsOf(play: BootstrapPlay = {}): Promise<Facts> {
  const { outputs } = await stage.play({ ...play, inputs: { ...REQUEST, mode: 'create' } })
  const { 'recipe-hash': recipe, 'catalog-version': catalogue, 'approval-hash': approval } = outputs
  expect(outputs['reason-code']).toBe('created')
  const tree = await stage.git('acme/shop', 'ls-tree', '-r', 'main')
  return { recipe, catalogue, approval, tree, commit: await stage.git('acme/shop', 'rev-parse', 'main') }
}

test('hashes, tree and commit are the same in another zone and language, from another folder, and from the catalogue in another order', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'another machine ü-'))
  const elsewhere: readonly (readonly [BootstrapPlay, string])[] = [
    [{ env: { TZ: 'Asia/Kathmandu', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' } }, CATALOGUE],
    [{ env: { TZ: 'America/St_Johns', LANG: 'C', LC_ALL: 'C' }, actionFolder: folder }, REORDERED],
  ]
  try {
    await cp(join(import.meta.dirname, '../../actions/bootstrap-repo'), folder, {
      recursive: true,
      filter: (source) => !source.includes('node_modules'),
    })
    await setUp()
    const here = await factsOf({ env: { TZ: 'UTC' } })
    for (const [play, catalogue] of elsewhere) {
      await stage.close()
      await setUp(catalogue)
      expect(await factsOf(play)).toEqual(here)
    }
  } finally {
    await rm(folder, { recursive: true })
  }
})
