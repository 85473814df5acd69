import { afterAll, beforeAll, expect, test } from 'vitest'
import { readPullRequest } from '../src/operations/index.ts'
import { caught, openLab } from './lab.ts'
import { openOperationsLab, type OperationsLab } from './operations-lab.ts'

const app = { owner: 'acme', name: 'app' }
const text = 'one\ntwo\nthree\nfour\nfive\n'
let lab: OperationsLab

beforeAll(async () => {
  lab = await openOperationsLab()
  const { world } = lab.local
  await world.addRepository(app)
  await world.commit({ repository: 'acme/app', files: { 'src/old.ts': text, 'gone.ts': 'other\n', 'kept.ts': '1\n' } })
  const many = Object.fromEntries(Array.from({ length: 230 }, (_, at) => [`many/${at}.ts`, `${at}\n`]))
  const branch = async (name: string, change: Parameters<typeof world.commit>[0]) => {
    const { data } = await lab.boss.request('GET /repos/{owner}/{repo}/git/ref/{ref}', { owner: 'acme', repo: 'app', ref: 'heads/main' })
    const { object } = data as { readonly object: { readonly sha: string } }
    await lab.boss.request('POST /repos/{owner}/{repo}/git/refs', {
      owner: 'acme',
      repo: 'app',
      ref: `refs/heads/${name}`,
      sha: object.sha,
    })
    await world.commit(change)
    const wanted = { title: name, body: `Task: #${name.length}`, head: name, base: 'main' }
    await lab.boss.request('POST /repos/{owner}/{repo}/pulls', { owner: 'acme', repo: 'app', ...wanted })
  }
  const changed = { 'src/new.ts': text, 'src/old.ts': null, 'gone.ts': null, 'kept.ts': '2\n', 'added.ts': 'a\n' }
  await branch('few', { repository: 'acme/app', branch: 'few', files: changed })
  await branch('many', { repository: 'acme/app', branch: 'many', files: many })
})
afterAll(() => lab[Symbol.asyncDispose]())

test('a pull request is told with its files, and where renamed ones were', async () => {
  lab.local.log.reset()
  const read = await readPullRequest(lab.boss, app, 1)
  expect(lab.local.log.count()).toBe(2)
  expect(read).toMatchObject({
    number: 1,
    title: 'few',
    body: 'Task: #3',
    headSha: await lab.local.world.git('acme/app').readRef('refs/heads/few'),
    isCut: false,
  })
  expect(read.files).toEqual([
    { path: 'added.ts', previousPath: undefined, status: 'added' },
    { path: 'gone.ts', previousPath: undefined, status: 'removed' },
    { path: 'kept.ts', previousPath: undefined, status: 'modified' },
    { path: 'src/new.ts', previousPath: 'src/old.ts', status: 'renamed' },
  ])
})

test('all pages are read, of one that is closed, too', async () => {
  await lab.boss.request('PATCH /repos/{owner}/{repo}/pulls/{pull_number}', { owner: 'acme', repo: 'app', pull_number: 2, state: 'closed' })
  lab.local.log.reset()
  const { files, isCut } = await readPullRequest(lab.boss, app, 2)
  expect([new Set(files.map(({ path }) => path)).size, isCut, lab.local.log.count()]).toEqual([230, false, 4])
  expect(await caught(readPullRequest(lab.boss, app, 9))).toMatchObject({ code: 'GITHUB_NOT_FOUND' })
})

test('a pull request that changes more files than GitHub lists says so', async () => {
  const pull = { number: 1, html_url: 'u', title: 't', head: { sha: 'a'.repeat(40) } }
  const page = Array.from({ length: 100 }, (_, at) => ({ filename: `${at}`, status: 'added' }))
  await using scripted = await openLab(({ url }) => ({ body: url.includes('/files') ? page : { ...pull, changed_files: 3_001 } }))
  const { files, isCut } = await readPullRequest(scripted.github, app, 1)
  expect([files.length, isCut]).toEqual([3_000, true])
})
