import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { CATALOGUE } from '../src/bootstrap-files.ts'
import { type BootstrapStage, CONTROL, createBootstrapStage, resultOf, TEMPLATE } from '../src/index.ts'

let stage: BootstrapStage
beforeEach(async () => {
  stage = await createBootstrapStage()
})
afterEach(() => stage.close())

const SHOP = { owner: 'acme', name: 'shop' } as const
const play = (mode: string, inputs: Record<string, string> = {}) => resultOf(stage, { inputs: { mode, ...SHOP, ...inputs } })
const say = async (body: string) => {
  const { outputs } = await stage.play({ eventName: 'issue_comment', payload: await stage.comment(1, body) })
  return { code: outputs['reason-code'], said: stage.commentsOf(1).at(-1) }
}
const exists = () => [...stage.github.world.state.repositories.values()].some(({ name }) => name === 'shop')

/** A run that GitHub refuses to make a repository for. */
async function fail(inputs: Record<string, string> = {}): Promise<void> {
  stage.github.faults.add({ match: { method: 'POST', route: /\/orgs\/acme\/repos$/ }, kind: 'error-before', status: 403 })
  expect(await play('create', inputs)).toMatchObject({ code: 'owner-forbidden', status: 'FAILED' })
}

/** A run whose push is refused: the repository is there, and empty. */
async function orphan(inputs: Record<string, string> = {}): Promise<void> {
  stage.github.faults.add({ match: { method: 'POST', route: /git-receive-pack$/ }, kind: 'error-before', status: 403 })
  expect(await play('create', inputs)).toMatchObject({ code: 'failed-needs-cleanup', status: 'FAILED_NEEDS_CLEANUP' })
}

describe('retry', () => {
  test('runs the failed run’s selections again', async () => {
    await fail({ visibility: 'public', selections: 'auth: sessions' })
    expect(await play('retry')).toMatchObject({ code: 'created', repository: 'acme/shop' })
    expect(JSON.parse(await stage.git('acme/shop', 'show', 'main:.github/bootstrap.json'))).toMatchObject({
      visibility: 'public',
      selected_options: { auth: ['sessions'] },
    })
    expect(stage.github.world.repository('acme/shop').visibility).toBe('public')
  })

  test('asks for a new preview when they make something else today', async () => {
    await fail()
    await stage.github.world.commit({
      repository: CONTROL,
      files: { 'bootstrap/catalog.yml': CATALOGUE.replace('title: No sign-in', 'title: Nobody signs in') },
    })
    expect(await play('retry')).toMatchObject({ code: 'approval-outdated', hint: expect.stringContaining('preview') })
    expect(exists()).toBe(false)
  })

  test('takes options that were archived since; a new run does not', async () => {
    await fail({ selections: 'add-ons: labels' })
    await stage.github.world.commit({
      repository: CONTROL,
      files: { 'bootstrap/catalog.yml': CATALOGUE.replace('label: Labels\n', 'label: Labels\n        archived: true\n') },
    })
    expect(await play('create', { selections: 'add-ons: labels' })).toMatchObject({ code: 'request-invalid' })
    // Archiving is a change of the catalogue, so that it is looked at again first.
    expect(await play('retry')).toMatchObject({ code: 'approval-outdated' })
  })

  test('is refused while an orphan waits, and where nothing failed', async () => {
    await orphan()
    expect(await play('retry')).toMatchObject({
      code: 'cleanup-first',
      hint: expect.stringContaining('/bootstrap cleanup delete acme/shop'),
    })
    expect(await play('create')).toMatchObject({ code: 'cleanup-first' })
    expect(await play('retry', { name: 'blog' })).toMatchObject({ code: 'run-not-found' })
  })

  test('by a comment', async () => {
    await stage.play({ eventName: 'issues', payload: await stage.openIssue() })
    stage.github.faults.add({ match: { method: 'POST', route: /\/orgs\/acme\/repos$/ }, kind: 'error-before', status: 403 })
    expect(await say('/bootstrap run')).toMatchObject({ code: 'owner-forbidden' })
    expect(await say('/bootstrap retry')).toMatchObject({ code: 'created' })
    expect(await say('/bootstrap retry')).toMatchObject({ said: expect.stringContaining('nothing to retry') })
  })
})

describe('cleanup', () => {
  test('deletes the orphan whose name was written out, and another run may start', async () => {
    await orphan()
    expect(await play('cleanup', { cleanup: 'delete' })).toMatchObject({ code: 'not-confirmed' })
    expect(await play('cleanup', { cleanup: 'delete', confirm: 'acme/shops' })).toMatchObject({ code: 'not-confirmed' })
    expect(exists()).toBe(true)
    expect(await play('cleanup', { cleanup: 'delete', confirm: 'Acme/Shop' })).toMatchObject({
      code: 'cleaned-up',
      cleanup: { outcome: 'deleted' },
    })
    expect(exists()).toBe(false)
    expect(await play('cleanup', { cleanup: 'delete', confirm: 'acme/shop' })).toMatchObject({ code: 'nothing-to-clean-up' })
    expect(await play('retry')).toMatchObject({ code: 'created' })
  })

  test('keeps what is resolved: it is nobody’s to make again', async () => {
    await orphan()
    expect(await play('cleanup', { confirm: 'acme/shop' })).toMatchObject({ code: 'cleaned-up', cleanup: { outcome: 'resolved' } })
    expect(exists()).toBe(true)
    expect(await play('retry')).toMatchObject({ code: 'name-taken' })
  })

  test('never deletes what holds others’ work, nor another repository of that name', async () => {
    await orphan()
    await stage.github.world.commit({ repository: 'acme/shop', files: { 'own.txt': 'work\n' } })
    expect(await play('cleanup', { cleanup: 'delete', confirm: 'acme/shop' })).toMatchObject({ code: 'cleanup-failed' })
    await stage.github.world.removeRepository('acme/shop')
    await stage.github.world.addRepository({ owner: 'acme', name: 'shop' })
    expect(await play('cleanup', { cleanup: 'delete', confirm: 'acme/shop' })).toMatchObject({ code: 'cleanup-failed' })
    expect(exists()).toBe(true)
  })

  test('what was deleted is no repository that drift looks for', async () => {
    await orphan()
    await play('cleanup', { cleanup: 'delete', confirm: 'acme/shop' })
    expect(await resultOf(stage, { inputs: { mode: 'drift' } })).toMatchObject({ code: 'no-drift', repositories: [], not_compared: [] })
  })

  test('by a comment', async () => {
    await stage.play({ eventName: 'issues', payload: await stage.openIssue() })
    stage.github.faults.add({ match: { method: 'POST', route: /git-receive-pack$/ }, kind: 'error-before', status: 403 })
    expect(await say('/bootstrap run')).toMatchObject({ code: 'failed-needs-cleanup' })
    expect(await say('/bootstrap retry')).toMatchObject({
      code: 'cleanup-first',
      said: expect.stringContaining('cleanup resolve acme/shop'),
    })
    expect(await say('/bootstrap cleanup delete acme/other')).toMatchObject({
      code: 'not-confirmed',
      said: expect.stringContaining('acme/shop'),
    })
    expect(exists()).toBe(true)
    expect(await say('/bootstrap cleanup delete acme/shop')).toMatchObject({
      code: 'cleaned-up',
      said: expect.stringContaining('was deleted'),
    })
    expect(exists()).toBe(false)
  })
})

test('a template that lost its tag is told when it is asked for again', async () => {
  await fail()
  await stage.request('DELETE', `/repos/${TEMPLATE}/git/refs/tags/v1.0.0`)
  expect(await play('retry')).toMatchObject({ code: 'template-tag-missing' })
})
