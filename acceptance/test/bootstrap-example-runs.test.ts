import { CONTROL, createBootstrapStage, createPerson, fillBootstrapForm, type LiveStage } from '@switchyard/cli/stage'
import type { Progress } from '@switchyard/workflow-runner'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
let stage: LiveStage
let progress: Progress[] = []

beforeAll(async () => {
  stage = await createBootstrapStage({ runner: { onProgress: (each) => progress.push(each) } })
  stage.github.world.addUser({ login: 'writer' })
  stage.github.world.addCollaborator(CONTROL, 'writer', 'write')
})
afterAll(() => stage.close())

/** What somebody does, and everything that it sets off. */
async function doing(act: () => Promise<unknown>): Promise<void> {
  progress = []
  await act()
  await stage.runner.idle()
}

const ends = (): readonly string[] =>
  progress.flatMap((each) => (each.kind === 'run-completed' ? [`${each.run.title}: ${each.conclusion}`] : [])).sort()
const summaries = (): string => progress.flatMap((each) => (each.kind === 'job-completed' ? [each.summary] : [])).join('\n')
const isThere = (name: string): boolean => stage.github.world.findRepository(name) !== undefined

/** An issue by the form, with its preview. Returns its number. */
async function ask(name: string, answers: Readonly<Record<string, string | readonly string[]>> = {}): Promise<number> {
  const issue = await fillBootstrapForm(stage, { 'Repository name': name, ...answers })
  let number = 0
  await doing(async () => void (number = await stage.maintainer.openIssue(CONTROL, issue)))
  return number
}

test('an issue of another kind is left alone', async () => {
  await doing(() => stage.maintainer.openIssue(CONTROL, { title: 'A question', body: 'May I ask?' }))
  expect(ends()).toEqual(['A question: skipped'])
})

test('the form of the Actions page shows a preview first, and makes the repository when given its hash', async () => {
  const wishes = {
    owner: 'acme',
    name: 'by-form',
    deploy: 'vercel',
    auth: 'oidc',
    database: 'postgres',
    'ui-components': 'tailwind',
    'state-management': 'zustand',
    testing: 'playwright',
    'add-ons': 'sentry, md3-theme',
  }
  await doing(() => stage.maintainer.dispatch(CONTROL, 'bootstrap-form.yml', wishes))
  expect(ends()).toEqual(['Preview acme/by-form: success'])
  expect(isThere('acme/by-form')).toBe(false)
  const [, approved = ''] = /Approval hash: `([0-9a-f]{64})`/.exec(summaries()) ?? []
  await doing(() => stage.maintainer.dispatch(CONTROL, 'bootstrap-form.yml', { ...wishes, approved }))
  expect(ends()).toEqual(['Bootstrap from acme/nextjs-template@v1.0.0: success', 'Create acme/by-form: success'])
  const files = (await stage.git('acme/by-form', 'ls-tree', '-r', '--name-only', 'main')).split('\n')
  expect(files).toEqual(
    expect.arrayContaining(['vercel.json', 'src/lib/oidc.ts', 'db/migrations/0001-items.sql', 'db/migrations/0002-sign-ins.sql']),
  )
  expect(files).not.toContain('.github/workflows/deploy.yml')
  expect(JSON.parse(await stage.git('acme/by-form', 'show', 'main:package.json'))).toMatchObject({
    dependencies: { jose: expect.any(String), postgres: expect.any(String) },
  })
})

test('with the hash of other wishes it makes nothing', async () => {
  await doing(() => stage.maintainer.dispatch(CONTROL, 'bootstrap-form.yml', { owner: 'acme', name: 'unseen', approved: 'a'.repeat(64) }))
  expect(ends()).toEqual(['Create acme/unseen: failure'])
  expect(isThere('acme/unseen')).toBe(false)
})

test('a writer may run, but not choose what only an admin may ask for', async () => {
  const number = await ask('guarded', { 'Add-ons': ['Protected main'] })
  await doing(() => createPerson(stage.github, 'writer').comment(CONTROL, number, '/bootstrap run'))
  expect(stage.commentsOf(CONTROL, number).at(-1)).toMatch(/@writer.*admin/s)
  expect(isThere('acme/guarded')).toBe(false)
})

test('`/help` on an issue shows who may do what here', async () => {
  const number = await ask('helped')
  await doing(() => stage.maintainer.comment(CONTROL, number, '/help'))
  expect(stage.commentsOf(CONTROL, number).at(-1)).toMatch(/\/bootstrap run.*\| write \|.*\/bootstrap cleanup.*\| admin \|/s)
})

test('a cancel does not wait behind the run it is about: what was made is named, and cleaned up on command', async () => {
  const number = await ask('half-way')
  const held = Promise.withResolvers<void>()
  stage.github.faults.add({ match: { method: 'POST', route: '/orgs/{org}/repos' }, kind: 'hold', until: held.promise })
  await doing(async () => {
    await stage.maintainer.comment(CONTROL, number, '/bootstrap run')
    await vi.waitFor(() => expect(stage.github.log.entries().at(-1)).toMatchObject({ method: 'POST', path: '/orgs/acme/repos' }), 120_000)
    await stage.maintainer.comment(CONTROL, number, '/bootstrap cancel')
    await vi.waitFor(() => expect(progress.filter(({ kind }) => kind === 'job-completed')).toHaveLength(1), 120_000)
    held.resolve()
  })
  const told = stage.commentsOf(CONTROL, number).find((body) => body.includes('switchyard:bootstrap run='))
  expect(told).toContain('was cancelled, and was left half done')
  expect(told).toContain('/bootstrap cleanup delete acme/half-way')
  await expect(stage.git('acme/half-way', 'rev-parse', '--verify', 'main')).rejects.toThrow('fatal')
  await doing(() => createPerson(stage.github, 'writer').comment(CONTROL, number, '/bootstrap cleanup delete acme/half-way'))
  expect(stage.commentsOf(CONTROL, number).at(-1)).toMatch(/@writer.*admin/s)
  expect(isThere('acme/half-way')).toBe(true)
  await doing(() => stage.maintainer.comment(CONTROL, number, '/bootstrap cleanup delete acme/half-way'))
  expect(isThere('acme/half-way')).toBe(false)
})

test('a run whose runner went away is brought to its end within the hour: its issue says how, and what is left can be cleaned up', async () => {
  const number = await ask('orphan')
  const lost = Promise.withResolvers<void>()
  stage.github.faults.add({ match: { method: 'POST', route: '/orgs/{org}/repos' }, kind: 'lost-answer-after', onLost: lost.resolve })
  await doing(async () => {
    await stage.maintainer.comment(CONTROL, number, '/bootstrap run')
    await lost.promise
    const run = stage.runsOf('control').at(-1)
    await stage.maintainer.request('POST', `/repos/${CONTROL}/actions/runs/${run?.id}/force-cancel`)
  })
  expect(ends()).toEqual(['New repository: orphan: cancelled'])
  expect(isThere('acme/orphan')).toBe(true)
  await doing(async () => {
    stage.github.clock.advance(31 * MINUTE)
    await stage.runner.tick()
  })
  expect(ends()).toEqual(['Bootstrap recover: success'])
  expect(summaries()).toMatch(/### Recovered.*acme\/orphan/s)
  const told = stage.commentsOf(CONTROL, number).filter((body) => body.includes('switchyard:bootstrap run='))
  expect(told).toHaveLength(1)
  expect(told[0]).toContain('could not be made, and was left half done')
  expect(told[0]).toContain('/bootstrap cleanup delete acme/orphan')
  expect([...stage.github.world.state.checkRuns.values()].filter(({ name }) => name === 'bootstrap/acme/orphan')).toMatchObject([
    { conclusion: 'failure' },
  ])
  await doing(() => stage.maintainer.comment(CONTROL, number, '/bootstrap cleanup delete acme/orphan'))
  expect(isThere('acme/orphan')).toBe(false)
})

test('each Monday the drift of every repository is told, and nothing is written to it', async () => {
  await doing(async () => {
    stage.github.clock.advance(7 * DAY)
    await stage.runner.tick('23 5 * * 1')
  })
  expect(ends()).toEqual(['Bootstrap drift: success'])
  expect(summaries()).toContain('acme/by-form')
  expect(await stage.git('acme/by-form', 'rev-list', '--count', '--all')).toBe('1')
})
