import type { GitHubPort } from '../src/index.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  createIssueComment,
  createPullRequest,
  findLastPullRequest,
  findOpenPullRequest,
  updateIssueComment,
} from '../src/operations/index.ts'
import { caught, openLab } from './lab.ts'
import { openOperationsLab, type OperationsLab } from './operations-lab.ts'

let lab: OperationsLab
const app = { owner: 'acme', name: 'app' }

beforeAll(async () => {
  lab = await openOperationsLab()
  await lab.local.world.addRepository({ owner: 'acme', name: 'app' })
  await lab.local.world.commit({ repository: 'acme/app', files: { a: 'a' } })
  const branches = ['one', 'two', 'three']
  for (const branch of branches) await lab.local.world.commit({ repository: 'acme/app', branch, files: { [branch]: branch } })
  await lab.boss.request('POST /repos/{owner}/{repo}/issues', { owner: 'acme', repo: 'app', title: 'New repository' })
})
afterAll(() => lab[Symbol.asyncDispose]())

const bodies = () => [...lab.local.world.state.comments.values()].map(({ body }) => body)

describe('a comment', () => {
  test('is edited in place by its id', async () => {
    const { id, url } = await createIssueComment(lab.boss, app, { number: 1, body: 'Step 1 of 3' })
    expect(await updateIssueComment(lab.boss, app, { id, body: 'Step 2 of 3' })).toEqual({ id, url })
    expect(bodies()).toEqual(['Step 2 of 3'])
  })

  test('that was deleted is not found', async () => {
    expect(await caught(updateIssueComment(lab.boss, app, { id: 1, body: 'x' }))).toMatchObject({ code: 'GITHUB_NOT_FOUND' })
  })

  test('is edited again after an answer that was lost, and made only once', async () => {
    lab.local.faults.add({ match: { method: 'POST' }, kind: 'lost-answer-after' })
    expect(await caught(createIssueComment(lab.boss, app, { number: 1, body: 'once' }))).toMatchObject({ isAmbiguous: true })
    const made = [...lab.local.world.state.comments.values()].find(({ body }) => body === 'once')
    lab.local.faults.add({ match: { method: 'PATCH' }, kind: 'lost-answer-after' })
    expect(await updateIssueComment(lab.boss, app, { id: made?.id ?? 0, body: 'twice' })).toMatchObject({ id: made?.id })
    expect(bodies().filter((body) => body === 'twice' || body === 'once')).toEqual(['twice'])
  })
})

describe('a pull request', () => {
  test('is opened, and found by its branch', async () => {
    expect(await findOpenPullRequest(lab.boss, app, { head: 'one' })).toBeUndefined()
    const opened = await createPullRequest(lab.boss, app, { title: 'Update', body: 'From v1 to v2', head: 'one', base: 'main' })
    expect(opened.headSha).toBe(await lab.local.world.git('acme/app').readRef('refs/heads/one'))
    expect(await findOpenPullRequest(lab.boss, app, { head: 'one', base: 'main' })).toEqual(opened)
    expect(await findOpenPullRequest(lab.boss, app, { head: 'two' })).toBeUndefined()
    expect(await findOpenPullRequest(lab.boss, app, { head: 'one', base: 'two' })).toBeUndefined()
    expect(await caught(createPullRequest(lab.boss, app, { title: 'Update', body: '', head: 'one', base: 'main' }))).toMatchObject({
      code: 'GITHUB_UNPROCESSABLE',
      fields: [{ resource: 'PullRequest', code: 'custom' }],
    })
  })

  test('is found by its branch however it ended', async () => {
    const wanted = { head: 'three', base: 'main' }
    expect(await findLastPullRequest(lab.boss, app, wanted)).toBeUndefined()
    const opened = await createPullRequest(lab.boss, app, { title: 'Update', body: '', ...wanted })
    expect(await findLastPullRequest(lab.boss, app, wanted)).toEqual({ ...opened, state: 'open' })
    const place = { owner: app.owner, repo: app.name, pull_number: opened.number }
    await lab.boss.request('PATCH /repos/{owner}/{repo}/pulls/{pull_number}', { ...place, state: 'closed' })
    expect(await findLastPullRequest(lab.boss, app, wanted)).toMatchObject({ number: opened.number, state: 'closed' })
    const again = await createPullRequest(lab.boss, app, { title: 'Update', body: '', ...wanted })
    await lab.boss.request('PUT /repos/{owner}/{repo}/pulls/{pull_number}/merge', { ...place, pull_number: again.number })
    expect(await findLastPullRequest(lab.boss, app, wanted)).toMatchObject({ number: again.number, state: 'merged' })
    expect(await findLastPullRequest(lab.boss, app, { head: 'three', base: 'two' })).toBeUndefined()
  })
})

test.each([
  ['a comment that is made', (github: GitHubPort) => createIssueComment(github, app, { number: 1, body: 'sent' })],
  ['a comment that is changed', (github: GitHubPort) => updateIssueComment(github, app, { id: 1, body: 'sent' })],
  ['a pull request', (github: GitHubPort) => createPullRequest(github, app, { title: 't', body: 'sent', head: 'one', base: 'main' })],
])('%s with another text than was sent is an error', async (_, write) => {
  await using scripted = await openLab(() => ({
    body: { id: 1, number: 1, html_url: 'https://x.example', head: { sha: 'a' }, body: 'kept' },
  }))
  expect(await caught(write(scripted.github))).toMatchObject({ name: 'GitHubError', code: 'GITHUB_UNEXPECTED' })
})
