import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { watchContract, type ContractWatch } from '../contract/index.ts'
import { openLab, type Lab } from './graphql-lab.ts'

let lab: Lab
let watch: ContractWatch
let events: string[]
beforeEach(async () => {
  lab = await openLab()
  watch = watchContract(lab.github)
  events = []
  lab.world.onEvent((event) => void events.push([event.name, event.action].filter((part) => part !== undefined).join('.')))
  await commit('main', { 'a.txt': 'a\n' })
  await branch('feature')
  await commit('feature', { 'b.txt': 'b\n' })
})
afterEach(async () => {
  await lab.world.events.settled()
  watch.check()
  await lab.github.close()
})

async function send(path: string, method = 'GET', body?: unknown, token = lab.token) {
  const response = await fetch(`${lab.github.apiUrl}/repos/acme/app${path}`, {
    method,
    headers: { authorization: `bearer ${token}` },
    body: body === undefined ? null : JSON.stringify(body),
  })
  const text = await response.text()
  return { status: response.status, body: text === '' ? undefined : JSON.parse(text) }
}

async function commit(name: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    const known = await send(`/contents/${path}?ref=${name}`)
    const body = {
      message: `Change ${path}`,
      content: Buffer.from(text).toString('base64'),
      branch: name,
      ...(known.status === 200 ? { sha: known.body.sha } : {}),
    }
    expect((await send(`/contents/${path}`, 'PUT', body)).status).toBeLessThan(300)
  }
}

async function branch(name: string): Promise<void> {
  const { body } = await send('/git/ref/heads/main')
  await send('/git/refs', 'POST', { ref: `refs/heads/${name}`, sha: body.object.sha })
}

const open = (more: Readonly<Record<string, unknown>> = {}) =>
  send('/pulls', 'POST', { title: 'Add b', head: 'feature', base: 'main', ...more })
const ref = async (name: string): Promise<string | undefined> => lab.world.git('acme/app').readRef(name)
const pullEvents = (): readonly string[] => events.filter((name) => name.startsWith('pull_request') || name.startsWith('issue'))

describe('a pull request', () => {
  test('shares its number with issues, shows what it changes, and has a merge commit of both branches', async () => {
    await send('/issues', 'POST', { title: 'An issue' })
    const { status, body } = await open({ body: 'Why', draft: false })
    expect([status, body.number, body.mergeable, body.commits, body.changed_files, body.additions, body.merged]).toEqual([
      201,
      2,
      true,
      1,
      1,
      1,
      false,
    ])
    expect(await ref('refs/pull/2/head')).toBe(body.head.sha)
    const merge = await lab.world.git('acme/app').readCommit((await ref('refs/pull/2/merge')) ?? '')
    expect(merge?.parents).toEqual([await ref('refs/heads/main'), await ref('refs/heads/feature')])
    expect((await send('/pulls/2/files')).body).toMatchObject([{ filename: 'b.txt', status: 'added', additions: 1 }])
    expect((await send('/pulls/2/commits')).body).toMatchObject([{ commit: { message: 'Change b.txt' } }])
    expect((await send('/issues')).body).toMatchObject([{ number: 2, pull_request: { merged_at: null } }, { number: 1 }])
    expect((await send('/pulls?head=acme:feature')).body).toHaveLength(1)
    expect((await send('/pulls?base=other')).body).toEqual([])
    await lab.world.events.settled()
    expect(pullEvents()).toEqual(['issues.opened', 'pull_request.opened'])
  })

  test('shows where a renamed file was', async () => {
    await lab.world.commit({
      repository: 'acme/app',
      branch: 'feature',
      files: { 'a.txt': null, 'moved/é a.txt': 'a\n', 'b.bin': Buffer.from([0, 1]) },
    })
    await open()
    const { body } = await send('/pulls/1/files')
    expect(body).toMatchObject([
      { filename: 'b.bin', status: 'added', changes: 0 },
      { filename: 'b.txt', status: 'added' },
      { filename: 'moved/é a.txt', status: 'renamed', previous_filename: 'a.txt', changes: 0 },
    ])
    expect(body[1]).not.toHaveProperty('previous_filename')
    expect((await send('/compare/main...feature')).body.files).toMatchObject(body)
  })

  test('takes labels and comments as an issue does, and says so as a pull request', async () => {
    await open()
    await send('/issues/1/labels', 'POST', { labels: ['bug'] })
    await send('/issues/1/comments', 'POST', { body: 'Well' })
    await send('/issues/1/labels/bug', 'DELETE')
    await send('/pulls/1', 'PATCH', { title: 'Add b, really' })
    await send('/pulls/1', 'PATCH', { state: 'closed' })
    await send('/pulls/1', 'PATCH', { state: 'open' })
    await lab.world.events.settled()
    expect(pullEvents()).toEqual([
      'pull_request.opened',
      'pull_request.labeled',
      'issue_comment.created',
      'pull_request.unlabeled',
      'pull_request.edited',
      'pull_request.closed',
      'pull_request.reopened',
    ])
  })

  test('tells with its events what it says, and what it was to be merged into before', async () => {
    await branch('next')
    const payloads: unknown[] = []
    lab.world.onEvent(({ name, payload }) => void (name === 'pull_request' && payloads.push(payload)))
    await open({ body: 'Task: #7' })
    await send('/pulls/1', 'PATCH', { body: 'Task: #8' })
    await send('/pulls/1', 'PATCH', { base: 'next' })
    await commit('feature', { 'c.txt': 'c\n' })
    await lab.world.events.settled()
    expect(payloads).toMatchObject([
      { action: 'opened', number: 1, pull_request: { body: 'Task: #7' } },
      { action: 'edited', changes: { body: { from: 'Task: #7' } }, pull_request: { body: 'Task: #8' } },
      { action: 'edited', changes: { base: { ref: { from: 'main' } } }, pull_request: { base: { ref: 'next' } } },
      { action: 'synchronize', after: await ref('refs/heads/feature'), pull_request: { body: 'Task: #8' } },
    ])
  })

  test('follows its branches: new commits, a conflict, and the end of its head', async () => {
    await open()
    await commit('feature', { 'c.txt': 'c\n' })
    expect((await send('/pulls/1')).body).toMatchObject({ commits: 2, head: { sha: await ref('refs/heads/feature') } })
    await commit('main', { 'b.txt': 'another\n' })
    expect((await send('/pulls/1')).body).toMatchObject({ mergeable: false, mergeable_state: 'dirty' })
    expect(await ref('refs/pull/1/merge')).toBeUndefined()
    expect(await send('/pulls/1/merge', 'PUT', {})).toMatchObject({ status: 405 })
    await send('/git/refs/heads/feature', 'DELETE')
    expect((await send('/pulls/1')).body.state).toBe('closed')
    await lab.world.events.settled()
    expect(pullEvents()).toEqual(['pull_request.opened', 'pull_request.synchronize', 'pull_request.closed'])
  })

  test.each([
    ['merge', 2, /^Merge pull request #1 from acme\/feature\n\nAdd b$/],
    ['squash', 1, /^Add b \(#1\)$/],
    ['rebase', 1, /^Change b.txt$/],
  ])('is merged by %s', async (method, parents, message) => {
    await open()
    expect((await send('/pulls/1/merge')).status).toBe(404)
    expect((await send('/pulls/1/merge', 'PUT', { merge_method: method, sha: 'a'.repeat(40) })).status).toBe(409)
    const { body } = await send('/pulls/1/merge', 'PUT', { merge_method: method })
    expect(body.merged).toBe(true)
    const made = await lab.world.git('acme/app').readCommit((await ref('refs/heads/main')) ?? '')
    expect([made?.oid, made?.parents.length, made?.message.trim()]).toEqual([body.sha, parents, expect.stringMatching(message)])
    expect((await send('/pulls/1')).body).toMatchObject({
      state: 'closed',
      merged: true,
      merge_commit_sha: body.sha,
      merged_by: { login: expect.any(String) },
    })
    expect((await send('/pulls/1/merge')).status).toBe(204)
    expect((await send('/pulls/1', 'PATCH', { state: 'open' })).status).toBe(422)
    await lab.world.events.settled()
    expect(events.filter((name) => name === 'pull_request.closed')).toHaveLength(1)
    expect(events.at(-1)).toBe('pull_request.closed')
  })

  test.each([
    ['a head that is not there', { head: 'none' }, { field: 'head', code: 'invalid' }],
    ['a base that is not there', { base: 'none' }, { field: 'base', code: 'invalid' }],
    ['nothing between', { head: 'main' }, { message: 'No commits between main and main' }],
    ['somebody else’s branch', { head: 'other:feature' }, { field: 'head', code: 'invalid' }],
  ])('with %s is refused', async (_, more, error) => {
    expect(await open(more)).toMatchObject({ status: 422, body: { errors: [error] } })
  })

  test('is opened once for two branches, and by who may', async () => {
    await open()
    expect((await open()).body.errors).toMatchObject([{ message: 'A pull request already exists for acme:feature.' }])
    const reader = lab.world.createToken({ kind: 'job', repository: 'acme/app', permissions: { pull_requests: 'read', contents: 'write' } })
    expect((await send('/pulls', 'POST', { title: 'x', head: 'feature', base: 'main' }, reader)).status).toBe(403)
    expect((await send('/pulls/1', 'GET', undefined, reader)).status).toBe(200)
  })
})
