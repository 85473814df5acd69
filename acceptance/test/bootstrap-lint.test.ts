import type { JsonObject } from '@switchyard/core'
import { afterEach, expect, test } from 'vitest'
import { CATALOGUE } from '../src/bootstrap-files.ts'
import { type BootstrapStage, CONTROL, createBootstrapStage, TEMPLATE } from '../src/index.ts'

let stage: BootstrapStage
afterEach(() => stage.close())

const PATH = 'bootstrap/catalog.yml'
const LINE_OF = (text: string, needle: string): number => text.slice(0, text.indexOf(needle)).split('\n').length

/** A pull request that changes the catalogue, linted as its event asks: nothing but the event says what to do. */
async function lint(
  catalogue: string | null,
  { credential = 'token', before = CATALOGUE }: { readonly credential?: 'token' | 'none'; readonly before?: string | null } = {},
) {
  const { world } = stage.github
  if (before !== CATALOGUE) await world.commit({ repository: CONTROL, files: { [PATH]: before } })
  const base = await stage.git(CONTROL, 'rev-parse', 'main')
  const branch = `change-${base.slice(0, 7)}-${stage.github.log.count()}`
  await stage.request('POST', `/repos/${CONTROL}/git/refs`, { ref: `refs/heads/${branch}`, sha: base })
  const sha = await world.commit({ repository: CONTROL, branch, files: { [PATH]: catalogue, 'other.txt': 'so that there is something\n' } })
  const payload: JsonObject = { pull_request: { number: 7, base: { sha: base, ref: 'main' }, head: { sha } } }
  stage.github.log.reset()
  const { outputs, annotations, summary, conclusion } = await stage.play({ eventName: 'pull_request', payload, sha, credential })
  const result: JsonObject = JSON.parse(outputs['result'] ?? '{}')
  return { code: outputs['reason-code'], result, annotations, summary, conclusion }
}

test('a sound change tells the versions, and which recipes change', async () => {
  stage = await createBootstrapStage()
  const { code, result, summary } = await lint(CATALOGUE.replace('topics: [guarded]', 'topics: [guarded, main]'))
  expect(code).toBe('catalogue-sound')
  expect(result).toMatchObject({ options_tried: 5, changed_recipes: [{ option: 'add-ons/guarded' }], failed_options: [] })
  expect(summary).toMatch(/Version `[0-9a-f]{12}` → `[0-9a-f]{12}`\./)
  expect(summary).toMatch(/\| `add-ons\/guarded` \| `[0-9a-f]{12}` \| `[0-9a-f]{12}` \|/)
  expect((await lint(CATALOGUE.replace('label: Sessions', 'label: Sign-in'))).summary).toMatch(/Its version stays .*No recipe changes\./s)
})

test('it writes nothing', async () => {
  stage = await createBootstrapStage()
  await lint(CATALOGUE)
  const writes = stage.github.log.entries().filter(({ method, path }) => method !== 'GET' && !/\/(graphql|git-upload-pack)$/.test(path))
  expect(writes).toEqual([])
})

test('every fault is annotated on its line', async () => {
  stage = await createBootstrapStage()
  const text = CATALOGUE.replace('selection_type: SINGLE', 'selection_type: ONE').replace('slug: guarded', 'slug: labels')
  const { code, annotations, conclusion } = await lint(text)
  expect(conclusion).toBe('failure')
  expect(code).toBe('catalogue-faulty')
  expect(annotations.filter(({ file }) => file === PATH).map(({ line }) => line)).toEqual([
    LINE_OF(text, 'ONE'),
    LINE_OF(text, 'label: Guarded') - 1,
  ])
})

test('each option that does not apply to the template is named on its line, archived ones too', async () => {
  stage = await createBootstrapStage()
  const text = CATALOGUE.replace(
    'path: README.md }, execution_order: 1 }\n          - { kind: ADD',
    'path: NO.md }, execution_order: 1 }\n          - { kind: ADD',
  ).replace(
    '        actions:\n          - { kind: CREATE_LABELS',
    '        archived: true\n        actions:\n          - { kind: DELETE_FILE, params: { path: gone.txt }, execution_order: 1 }\n          - { kind: CREATE_LABELS',
  )
  const { code, result, annotations } = await lint(text)
  expect(code).toBe('catalogue-faulty')
  expect(result).toMatchObject({
    failed_options: [
      { option: 'auth/sessions', message: expect.stringContaining('NO.md') },
      { option: 'add-ons/labels', message: expect.stringContaining('gone.txt') },
    ],
  })
  expect(annotations.filter(({ file }) => file === PATH).map(({ line, title }) => [title, line])).toEqual([
    ['auth/sessions', LINE_OF(text, 'slug: sessions')],
    ['add-ons/labels', LINE_OF(text, 'slug: labels')],
  ])
})

test('a category whose option must be chosen, and has no default, keeps none of the others from being tried', async () => {
  stage = await createBootstrapStage()
  expect(await lint(CATALOGUE.replace('        is_default: true\n', ''))).toMatchObject({
    code: 'catalogue-sound',
    result: { options_tried: 5 },
  })
})

test('a tag that the template does not have is told where it stands, and versions are compared all the same', async () => {
  stage = await createBootstrapStage()
  const text = CATALOGUE.replace('v1.0.0', 'v9.9.9').replace('topics: [guarded]', 'topics: [guarded, main]')
  const { code, result, annotations } = await lint(text)
  expect(code).toBe('catalogue-faulty')
  expect(annotations.filter(({ file }) => file === PATH)).toMatchObject([
    { line: LINE_OF(text, 'v9.9.9'), message: expect.stringContaining('no tag v9.9.9') },
  ])
  expect(result).toMatchObject({ changed_recipes: [{ option: 'add-ons/guarded' }] })
})

test('a catalogue that the pull request deletes is told as that', async () => {
  stage = await createBootstrapStage()
  const { code, annotations, conclusion } = await lint(null)
  expect(conclusion).toBe('failure')
  expect(code).toBe('catalog-not-found')
  expect(annotations.map(({ message }) => message).join()).toContain('there before the change')
})

test('a first catalogue, and one that mends a faulty one, have nothing to compare with', async () => {
  stage = await createBootstrapStage()
  for (const before of ['categories: 7\n', null]) {
    const { code, result, summary } = await lint(CATALOGUE, { before })
    expect(code).toBe('catalogue-sound')
    expect(result).toMatchObject({ catalog_version: { old: null, new: expect.stringMatching(/^[0-9a-f]{64}$/) }, changed_recipes: [] })
    expect(summary).toContain('no sound catalogue to compare with')
  }
})

test('the job’s own token with `contents: read` lints by a public template; a private one needs a credential', async () => {
  stage = await createBootstrapStage()
  expect(await lint(CATALOGUE, { credential: 'none' })).toMatchObject({
    code: 'catalogue-faulty',
    result: { failed_options: [{ option: 'template', message: expect.stringContaining('was not found') }] },
  })
  await stage.request('PATCH', `/repos/${TEMPLATE}`, { private: false })
  const token = stage.github.world.createToken({ kind: 'job', repository: CONTROL, permissions: { contents: 'read' } })
  const { outputs } = await stage.play({ eventName: 'pull_request', payload: {}, credential: 'none', inputs: { token } })
  expect(outputs).toMatchObject({ 'reason-code': 'catalogue-sound' })
})
