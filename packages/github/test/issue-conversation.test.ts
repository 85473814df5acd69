import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type GitHub, selectConversation, selectRepository } from '../src/index.ts'
import { createIssueComment, type IssueConversation, parseConversation, updateIssueComment } from '../src/operations/index.ts'
import { caught, openLab } from './lab.ts'
import { openOperationsLab, type OperationsLab } from './operations-lab.ts'

const app = { owner: 'acme', name: 'app' }
let lab: OperationsLab
let member: GitHub

beforeAll(async () => {
  lab = await openOperationsLab({ clock: { start: new Date('2026-03-01T00:00:00Z'), frozen: true } })
  const { world } = lab.local
  await world.addRepository({ ...app })
  await world.commit({ repository: 'acme/app', files: { a: 'a' } })
  member = lab.as(world.createToken({ kind: 'classic', user: 'member', scopes: ['repo'] }))
  await member.request('POST /repos/{owner}/{repo}/issues', {
    owner: 'acme',
    repo: 'app',
    title: 'New repository',
    body: '### Owner\n\nacme',
  })
})
afterAll(() => lab[Symbol.asyncDispose]())

async function read(github: GitHub, number = 1, repository = app): Promise<IssueConversation | undefined> {
  const [raw] = await github.select([selectConversation('issue', { ...repository, number })])
  return parseConversation(raw)
}

describe('selectConversation', () => {
  test('tells an issue and what was said on it, and which of it the asker wrote', async () => {
    const { id } = await createIssueComment(lab.boss, app, { number: 1, body: 'A preview' })
    await createIssueComment(member, app, { number: 1, body: '/bootstrap run' })
    await updateIssueComment(lab.boss, app, { id, body: 'A newer preview' })
    const said = { createdAt: '2026-03-01T00:00:00Z' }
    expect(await read(lab.boss)).toMatchObject({
      number: 1,
      body: '### Owner\n\nacme',
      author: 'member',
      isOpen: true,
      comments: [
        {
          id,
          body: 'A newer preview',
          author: { login: 'boss', type: 'User' },
          isOurs: true,
          lastEditedAt: '2026-03-01T00:00:00Z',
          ...said,
        },
        { body: '/bootstrap run', author: { login: 'member', type: 'User' }, isOurs: false, lastEditedAt: undefined, ...said },
      ],
    })
  })

  test('tells that an App wrote, and that the issue is closed', async () => {
    const { world } = lab.local
    world.addApp({ slug: 'maker', owner: 'acme', permissions: { issues: 'write' } })
    const { id } = world.install({ app: 'maker', account: 'acme', repositories: 'all' })
    const bot = lab.as(world.createToken({ kind: 'installation', installation: id }))
    await bot.request('POST /repos/{owner}/{repo}/issues', { owner: 'acme', repo: 'app', title: 'Second', body: '' })
    await createIssueComment(bot, app, { number: 2, body: 'from a robot' })
    await lab.boss.request('PATCH /repos/{owner}/{repo}/issues/{issue_number}', {
      owner: 'acme',
      repo: 'app',
      issue_number: 2,
      state: 'closed',
    })
    expect(await read(bot, 2)).toMatchObject({
      body: '',
      isOpen: false,
      comments: [{ author: { login: 'maker', type: 'Bot' }, isOurs: true }],
    })
  })

  test('tells the newest hundred comments, oldest first', async () => {
    await lab.boss.request('POST /repos/{owner}/{repo}/issues', { owner: 'acme', repo: 'app', title: 'Long' })
    for (let number = 1; number <= 103; number += 1) await createIssueComment(lab.boss, app, { number: 3, body: `comment ${number}` })
    const bodies = (await read(lab.boss, 3))?.comments.map(({ body }) => body) ?? []
    expect([bodies.length, bodies[0], bodies.at(-1)]).toEqual([100, 'comment 4', 'comment 103'])
  })

  test('shares its request with others', async () => {
    lab.local.log.reset()
    const [issue, repository] = await lab.boss.select([
      selectConversation('issue', { ...app, number: 1 }),
      selectRepository('here', { ...app, files: [] }),
    ])
    expect(parseConversation(issue)?.number).toBe(1)
    expect(repository).toMatchObject({ repository: { nameWithOwner: 'acme/app' } })
    expect(lab.local.log.count()).toBe(1)
  })

  test.each([
    ['an issue', 99, app],
    ['a repository', 1, { owner: 'acme', name: 'none' }],
  ] as const)('has nothing of %s that is not there', async (_, number, repository) => {
    expect(await read(lab.boss, number, repository)).toBeUndefined()
  })

  test('hands out a hundred comments at once, and the ones before them by their page', async () => {
    await member.request('POST /repos/{owner}/{repo}/issues', { owner: 'acme', repo: 'app', title: 'Long', body: '' })
    const number = Math.max(...[...lab.local.world.state.issues.values()].map((issue) => issue.number))
    for (let count = 1; count <= 103; count += 1) await createIssueComment(member, app, { number, body: `${count}` })
    const newest = await read(lab.boss, number)
    expect([newest?.comments[0]?.body, newest?.comments.at(-1)?.body]).toEqual(['4', '103'])
    const [raw] = await lab.boss.select([selectConversation('issue', { ...app, number, before: newest?.earlier })])
    const before = parseConversation(raw)
    expect(before?.comments.map(({ body }) => body)).toEqual(['1', '2', '3'])
    expect(before?.earlier).toBeUndefined()
  })
})

test.each([
  ['FORBIDDEN', 'GITHUB_FORBIDDEN'],
  ['SOMETHING_NEW', 'GITHUB_UNEXPECTED'],
])('a conversation that is refused as %s is an error', async (type, code) => {
  const body = { data: { issue: null }, errors: [{ type, path: ['issue'], message: 'Resource not accessible by integration' }] }
  await using scripted = await openLab(() => ({ body }))
  expect(await caught(read(scripted.github))).toMatchObject({ name: 'GitHubError', code })
})
