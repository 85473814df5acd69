import { isJsonObject, type JsonObject } from '@switchyard/core'
import { afterEach, expect, test } from 'vitest'
import { type BootstrapStage, CONTROL, createBootstrapStage, refusalOf, TEMPLATE, tracesOf } from '../src/index.ts'
import { CATALOGUE } from '../src/bootstrap-files.ts'

let stage: BootstrapStage
afterEach(() => stage.close())

const commit = (files: Readonly<Record<string, string>>, repository = CONTROL): Promise<unknown> =>
  stage.github.world.commit({ repository, files })

/** Makes a repository, and gives its receipt back as a request for another of the same. */
async function createFirst(change: (receipt: JsonObject) => JsonObject = (receipt) => receipt): Promise<string | undefined> {
  const first = await stage.play({ inputs: { mode: 'create', owner: 'acme', name: 'first', selections: 'auth: sessions' } })
  expect(first.outputs['reason-code']).toBe('created')
  const receipt: unknown = JSON.parse(await stage.git('acme/first', 'show', 'main:.github/bootstrap.json'))
  if (!isJsonObject(receipt)) throw new Error('No receipt')
  await commit({ 'requests/shop.json': JSON.stringify(change({ ...receipt, repo_slug: 'shop' })) })
  return first.outputs['recipe-hash']
}

const BY_RECEIPT = { 'request-path': 'requests/shop.json' }
const CHANGED = CATALOGUE.replace('name: iron-session, version: ^8.0.0', 'name: iron-session, version: ^9.0.0')

test('a receipt that is fed back makes the same recipe, also when the catalogue has changed since', async () => {
  stage = await createBootstrapStage()
  const hash = await createFirst()
  expect((await stage.play({ inputs: BY_RECEIPT })).outputs).toMatchObject({ 'reason-code': 'previewed', 'recipe-hash': hash })
  await commit({ 'bootstrap/catalog.yml': CHANGED })
  expect((await stage.play({ inputs: BY_RECEIPT })).outputs).toMatchObject({ 'reason-code': 'previewed', 'recipe-hash': hash })
  const created = await stage.play({ inputs: { ...BY_RECEIPT, mode: 'create' } })
  expect(created.outputs).toMatchObject({ 'reason-code': 'created', repository: 'acme/shop', 'recipe-hash': hash })
  expect(await stage.git('acme/shop', 'show', 'main:package.json')).toContain('^8.0.0')
  const today = await stage.play({ inputs: { owner: 'acme', name: 'third', selections: 'auth: sessions' } })
  expect(today.outputs['recipe-hash']).not.toBe(hash)
})

test('a receipt whose catalogue is in no version of the file is refused', async () => {
  stage = await createBootstrapStage()
  await createFirst((receipt) => ({ ...receipt, catalog_version: 'f'.repeat(64) }))
  const before = await tracesOf(stage)
  for (const mode of ['preview', 'create']) {
    expect(refusalOf(await stage.play({ inputs: { ...BY_RECEIPT, mode } }))).toMatchObject({ exitCode: 1, reason: 'catalog-changed' })
  }
  expect(await tracesOf(stage)).toEqual(before)
})

test('a receipt whose template is another commit now is refused', async () => {
  stage = await createBootstrapStage()
  await createFirst((receipt) => ({ ...receipt, template_source_sha: '1'.repeat(40) }))
  for (const mode of ['preview', 'create']) {
    expect(refusalOf(await stage.play({ inputs: { ...BY_RECEIPT, mode } }))).toMatchObject({ exitCode: 1, reason: 'template-moved' })
  }
})

test('a tag that moved since it was last used stands in the way, in the preview too, until it is taken on purpose', async () => {
  stage = await createBootstrapStage()
  await createFirst()
  await commit({ 'NEW.md': 'moved\n' }, TEMPLATE)
  await stage.git(TEMPLATE, 'update-ref', 'refs/tags/v1.0.0', 'refs/heads/main')
  const before = await tracesOf(stage)
  const asked = { owner: 'acme', name: 'shop' }
  const previewed = await stage.play({ inputs: asked })
  expect(previewed.outputs['reason-code']).toBe('preview-with-errors')
  expect(previewed.outputs['report']).toContain('TEMPLATE_MOVED')
  const created = await stage.play({ inputs: { ...asked, mode: 'create' } })
  expect(created.outputs).toMatchObject({ decision: 'refused', 'reason-code': 'template-moved' })
  expect(await tracesOf(stage)).toEqual(before)
  expect((await stage.play({ inputs: { ...asked, repin: 'true' } })).outputs['reason-code']).toBe('previewed')
  expect((await stage.play({ inputs: { ...asked, mode: 'create', repin: 'true' } })).outputs['reason-code']).toBe('created')
  expect(await stage.git('acme/shop', 'show', 'main:NEW.md')).toBe('moved')
})

test('a public control repository tells of no private one: neither preview nor run, but where it is allowed on purpose', async () => {
  stage = await createBootstrapStage({ isPublic: true })
  const payload = await stage.openIssue()
  const before = await tracesOf(stage)
  const asked = { owner: 'acme', name: 'shop' }
  for (const mode of ['preview', 'create']) {
    expect(refusalOf(await stage.play({ inputs: { ...asked, mode } }))).toMatchObject({ exitCode: 1, reason: 'ledger-public' })
  }
  await stage.play({ eventName: 'issues', payload })
  expect(stage.commentsOf(1)).toEqual([expect.stringContaining('LEDGER\\_PUBLIC')])
  expect(stage.commentsOf(1)[0]).not.toContain('part-0000')
  expect(await tracesOf(stage)).toEqual(before)
  expect((await stage.play({ inputs: { ...asked, mode: 'create', 'allow-public-ledger': 'true' } })).outputs['reason-code']).toBe('created')
})

test('a private ledger elsewhere does not open a public repository’s issues and logs to what is private', async () => {
  stage = await createBootstrapStage({ isPublic: true })
  await stage.github.world.addRepository({ owner: 'acme', name: 'ledger', visibility: 'private' })
  await stage.github.world.commit({ repository: 'acme/ledger', files: { 'README.md': 'Ledger\n' } })
  const elsewhere = { 'ledger-repository': 'acme/ledger', 'ledger-token': stage.tokens.maker }
  for (const mode of ['preview', 'create']) {
    expect(refusalOf(await stage.play({ inputs: { ...elsewhere, owner: 'acme', name: 'shop', mode } }))).toMatchObject({
      exitCode: 1,
      reason: 'ledger-public',
    })
  }
  const allowed = { ...elsewhere, 'allow-public-ledger': 'true' }
  expect((await stage.play({ inputs: { ...allowed, owner: 'acme', name: 'shop', mode: 'create' } })).outputs['reason-code']).toBe('created')
  for (const mode of ['drift', 'update']) {
    const refused = await stage.play({ inputs: { ...elsewhere, mode } })
    expect(refusalOf(refused)).toMatchObject({ exitCode: 1, reason: 'ledger-public' })
    expect(JSON.stringify(refused)).not.toContain('acme/shop')
  }
  expect((await stage.play({ inputs: { ...allowed, mode: 'drift' } })).outputs['reason-code']).toBe('no-drift')
})

test('what an App was not granted stands in the way before anything is written, and the preview names it', async () => {
  stage = await createBootstrapStage()
  const { installations } = stage.github.world.state
  for (const [id, installation] of installations) {
    const { workflows: _, ...permissions } = installation.permissions
    installations.set(id, { ...installation, permissions })
  }
  const before = await tracesOf(stage)
  const asked = { credential: 'app', inputs: { owner: 'acme', name: 'shop' } } as const
  const previewed = await stage.play(asked)
  expect(previewed.outputs['reason-code']).toBe('preview-with-errors')
  expect(previewed.outputs['report']).toContain('workflows: write')
  expect(refusalOf(await stage.play({ ...asked, inputs: { ...asked.inputs, mode: 'create' } }))).toMatchObject({
    exitCode: 1,
    reason: 'token-insufficient',
  })
  expect(await tracesOf(stage)).toEqual(before)
})
