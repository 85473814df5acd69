import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  createIssueBatch,
  drawInOrder,
  drawTogether,
  findOwnIssues,
  type IssueToMake,
  linkBlockedBy,
  openIssues,
  readIssuesByNumber,
  readIssuesSince,
  readSubIssueOrder,
  type TreeIssue,
  unlinkBlockedBy,
} from '../src/operations/index.ts'
import { caught, openLab } from './lab.ts'
import { openOperationsLab, type OperationsLab } from './operations-lab.ts'

const app = { owner: 'acme', name: 'app' }
const START = Date.parse('2026-03-01T00:00:00Z')
let lab: OperationsLab
let repositoryId: string
/** Node ids by title. */
const ids = new Map<string, string>()

const id = (title: string): string => ids.get(title) ?? 'none'
const titles = (issues: readonly TreeIssue[] | undefined): readonly string[] => (issues ?? []).map(({ title }) => title)

/** As GitHub orders them. */
async function childrenOf(title: string): Promise<readonly string[]> {
  const order = await readSubIssueOrder(lab.boss, [id(title)])
  const known = new Map((await readIssuesSince(lab.boss, app, START)).map((issue) => [issue.nodeId, issue.title]))
  return (order.get(id(title)) ?? []).map((child) => known.get(child) ?? child)
}

async function make(issues: readonly IssueToMake[]): Promise<void> {
  const made = await createIssueBatch(lab.boss, { repositoryId, issues })
  for (const [at, issue] of made.issues.entries()) if (issue.kind === 'created') ids.set(issues[at]?.title ?? '', issue.nodeId)
}

/** An epic with two stories, of which the first has two tasks, and of those the first a deeper one. */
beforeAll(async () => {
  lab = await openOperationsLab({ clock: { start: new Date(START), frozen: true } })
  for (const name of ['app', 'other']) {
    await lab.local.world.addRepository({ owner: 'acme', name })
    await lab.local.world.commit({ repository: `acme/${name}`, files: { a: 'a' } })
  }
  repositoryId = (await findOwnIssues(lab.boss, app)).repositoryId
  await make([{ title: 'Epic', body: 'e' }])
  await make(['Story 1', 'Story 2'].map((title) => ({ title, body: title, parentId: id('Epic') })))
  lab.local.clock.advance(60_000)
  await make(['Task 1', 'Task 2'].map((title) => ({ title, body: title, parentId: id('Story 1') })))
  await make([{ title: 'Deep', body: '', parentId: id('Task 1') }])
})
afterAll(() => lab[Symbol.asyncDispose]())
beforeEach(() => lab.local.log.reset())

test('issues are told with what they stand under, what they wait for and how they were closed', async () => {
  await linkBlockedBy(lab.boss, [{ issueId: id('Task 2'), blockerId: id('Task 1') }])
  await drawTogether(lab.boss, [{ kind: 'issue-state', issueId: id('Story 2'), state: 'NOT_PLANNED' }])
  lab.local.log.reset()
  const tree = [...(await readIssuesByNumber(lab.boss, app, [1, 2, 3, 4, 5, 6])).values()]
  expect(lab.local.log.count()).toBe(1)
  expect(tree.map(({ title, parent }) => [title, parent])).toEqual([
    ['Epic', undefined],
    ['Story 1', 1],
    ['Story 2', 1],
    ['Task 1', 2],
    ['Task 2', 2],
    ['Deep', 4],
  ])
  expect(tree[4]).toMatchObject({ number: 5, blockedBy: [4], isOpen: true, isOurs: true, stateReason: undefined })
  expect(tree[2]).toMatchObject({ body: 'Story 2', isOpen: false, stateReason: 'NOT_PLANNED', createdAt: '2026-03-01T00:00:00Z' })
})

test('a parent or a blocker in another repository is not told: its number means nothing here', async () => {
  const { data } = await lab.boss.request('POST /repos/{owner}/{repo}/issues', { owner: 'acme', repo: 'other', title: 'Elsewhere' })
  const { node_id: elsewhere, number } = data as { readonly node_id: string; readonly number: number }
  expect(await drawInOrder(lab.boss, [{ kind: 'sub-issue', parentId: id('Story 2'), childId: elsewhere }])).toEqual([undefined])
  expect(await linkBlockedBy(lab.boss, [{ issueId: elsewhere, blockerId: id('Task 1') }])).toEqual([undefined])
  const found = await readIssuesByNumber(lab.boss, { owner: 'acme', name: 'other' }, [number])
  expect(found.get(number)).toMatchObject({ title: 'Elsewhere', parent: undefined, blockedBy: [] })
})

test('issues made since a moment are told newest first, a hundred a request, and no older ones that changed', async () => {
  await drawTogether(lab.boss, [{ kind: 'issue-title', issueId: id('Epic'), title: 'Epic' }])
  expect(titles(await readIssuesSince(lab.boss, app, START + 60_000))).toEqual(['Deep', 'Task 2', 'Task 1'])
  expect(await readIssuesSince(lab.boss, app, START)).toHaveLength(6)
  lab.local.clock.advance(60_000)
  for (let count = 0; count < 11; count += 1) await make(Array.from({ length: 10 }, (_, at) => ({ title: `${count}-${at}`, body: '' })))
  lab.local.log.reset()
  const many = await readIssuesSince(lab.boss, app, START + 120_000 + 999)
  expect([many.length, many[0]?.title, many.at(-1)?.title, lab.local.log.count()]).toEqual([110, '10-9', '0-0', 2])
  lab.local.clock.advance(60_000)
  await drawTogether(
    lab.boss,
    many.map(({ nodeId: issueId, title }) => ({ kind: 'issue-title', issueId, title })),
  )
  await make([{ title: 'Newest', body: '' }])
  lab.local.log.reset()
  expect(titles(await readIssuesSince(lab.boss, app, START + 180_000))).toEqual(['Newest'])
  expect(lab.local.log.count()).toBe(1)
})

test.each([
  ['that goes on without saying where is refused', { hasNextPage: true, endCursor: null }, 'GITHUB_UNEXPECTED', 1],
  ['that never ends is given up', { hasNextPage: true, endCursor: 'again' }, 'TOO_MANY_ISSUES', 100],
])('a listing of issues %s', async (_, pageInfo, code, requests) => {
  const body = { data: { repository: { issues: { pageInfo, nodes: [] } } } }
  await using scripted = await openLab(() => ({ body }))
  expect(await caught(readIssuesSince(scripted.github, app, START))).toMatchObject({ code })
  expect(scripted.server.seen).toHaveLength(requests)
})

test('issues are told by number, without those that are not there', async () => {
  const found = await readIssuesByNumber(lab.boss, app, [4, 999, 1, 4])
  expect([...found].map(([number, { title, parent }]) => [number, title, parent])).toEqual([
    [4, 'Task 1', 2],
    [1, 'Epic', undefined],
  ])
  const missing = await caught(readIssuesByNumber(lab.boss, { owner: 'acme', name: 'none' }, [1]))
  expect(missing).toMatchObject({ code: 'GITHUB_NOT_FOUND' })
})

test('issues that are only switched off are not told as gone, for one request', async () => {
  const { features } = lab.local.world.repository('acme/app')
  features.issues = false
  expect(await caught(readIssuesByNumber(lab.boss, app, [1, 4]))).toMatchObject({ code: 'GITHUB_GONE', retryPolicy: 'after-change' })
  features.issues = true
  expect(lab.local.log.count()).toBe(1)
})

test('an issue of which GitHub cannot tell is not told as gone', async () => {
  const answer = { data: { repository: { n0: null } }, errors: [{ type: 'FORBIDDEN', message: 'no', path: ['repository', 'n0'] }] }
  await using scripted = await openLab(() => ({ body: answer }))
  expect(await caught(readIssuesByNumber(scripted.github, app, [1]))).toMatchObject({ code: 'GITHUB_FORBIDDEN' })
})

describe('blocked-by links', () => {
  const pairs = () => [
    { issueId: id('Story 1'), blockerId: id('Story 2') },
    { issueId: id('Deep'), blockerId: id('Story 2') },
  ]
  const blockers = async (number: number) => (await readIssuesByNumber(lab.boss, app, [number])).get(number)?.blockedBy

  test('are made once and taken away once, however often they are asked for', async () => {
    expect(await linkBlockedBy(lab.boss, pairs())).toEqual([undefined, undefined])
    expect(lab.local.log.count()).toBe(1)
    expect(await linkBlockedBy(lab.boss, [...pairs(), { issueId: id('Deep'), blockerId: id('Epic') }])).toEqual([
      undefined,
      undefined,
      undefined,
    ])
    expect([await blockers(2), await blockers(6)]).toEqual([[3], [3, 1]])
    expect(await unlinkBlockedBy(lab.boss, pairs())).toEqual([undefined, undefined])
    expect(await unlinkBlockedBy(lab.boss, pairs())).toEqual([undefined, undefined])
    expect([await blockers(2), await blockers(6)]).toEqual([[], [1]])
  })

  test('tell what GitHub refused of each', async () => {
    const gone = { issueId: id('Story 2'), blockerId: 'I_bm9uZQ' }
    const [self, missing, fine] = await linkBlockedBy(lab.boss, [
      { issueId: id('Epic'), blockerId: id('Epic') },
      gone,
      { issueId: id('Story 2'), blockerId: id('Deep') },
    ])
    expect([self, missing, fine]).toEqual([expect.any(String), expect.any(String), undefined])
    expect(await unlinkBlockedBy(lab.boss, [{ issueId: 'I_bm9uZQ', blockerId: id('Deep') }])).toEqual([expect.any(String)])
  })

  test('are not doubled by an answer that was lost', async () => {
    lab.local.faults.add({ match: { route: '/graphql' }, kind: 'lost-answer-after' })
    expect(await linkBlockedBy(lab.boss, [{ issueId: id('Task 1'), blockerId: id('Story 2') }])).toEqual([undefined])
    expect(await blockers(4)).toEqual([3])
  })
})

test('issues opened under one parent by several requests do not collide', async () => {
  const wanted = Array.from({ length: 20 }, (_, at) => ({ title: `Page ${at}`, body: '', parentId: id('Deep') }))
  expect(await openIssues(lab.boss, repositoryId, wanted)).toHaveLength(20)
  expect(await childrenOf('Deep')).toEqual(wanted.map(({ title }) => title))
})

describe('drawings of a plan', () => {
  test('move an issue, close it as a duplicate, and change and delete a comment', async () => {
    expect(await drawInOrder(lab.boss, [{ kind: 'sub-issue', parentId: id('Story 1'), childId: id('Deep') }])).toEqual([undefined])
    expect(await childrenOf('Story 1')).toEqual(['Task 1', 'Task 2', 'Deep'])
    await drawTogether(lab.boss, [
      { kind: 'issue-state', issueId: id('Deep'), state: 'DUPLICATE' },
      { kind: 'comment', issueId: id('Deep'), body: 'first' },
    ])
    expect((await readIssuesByNumber(lab.boss, app, [6])).get(6)).toMatchObject({ isOpen: false, stateReason: 'DUPLICATE' })
    const { data } = await lab.boss.request('GET /repos/{owner}/{repo}/issues/{issue_number}/comments', {
      owner: 'acme',
      repo: 'app',
      issue_number: 6,
    })
    const [{ node_id: commentId } = { node_id: '' }] = data as readonly { readonly node_id: string }[]
    expect(await drawTogether(lab.boss, [{ kind: 'comment-body', commentId, body: 'second' }])).toEqual([undefined])
    expect([...lab.local.world.state.comments.values()].at(-1)?.body).toBe('second')
    expect(await drawTogether(lab.boss, [{ kind: 'comment-deleted', commentId }])).toEqual([undefined])
    const [refused] = await drawTogether(lab.boss, [{ kind: 'comment-body', commentId, body: 'third' }])
    expect(refused).toContain('Could not resolve')
  })

  test('are not taken for done where GitHub refuses the request as a whole', async () => {
    await using scripted = await openLab(() => ({ body: { data: null, errors: [{ message: 'Something went wrong.' }] } }))
    const drawing = { kind: 'issue-state', issueId: 'I_1', state: 'OPEN' } as const
    expect(await caught(drawTogether(scripted.github, [drawing]))).toMatchObject({ code: 'GITHUB_UNEXPECTED' })
    expect(await caught(drawInOrder(scripted.github, [drawing]))).toMatchObject({ code: 'GITHUB_UNEXPECTED' })
  })

  test('tell that a comment’s text was not kept', async () => {
    await using scripted = await openLab(() => ({ body: { data: { m0: { issueComment: { body: 'old' } } } } }))
    const [refused] = await drawTogether(scripted.github, [{ kind: 'comment-body', commentId: 'IC_1', body: 'new' }])
    expect(refused).toBe('GitHub did not keep the text that was sent.')
  })

  test('in order make more links under one parent than one request holds, without a race', async () => {
    const tasks = [...ids].filter(([title]) => /^\d+-\d$/.test(title)).map(([, childId]) => childId)
    const links = tasks.slice(0, 45).map((childId) => ({ kind: 'sub-issue', parentId: id('Task 2'), childId }) as const)
    expect((await drawTogether(lab.boss, links)).filter((refused) => refused?.includes('Priority'))).not.toEqual([])
    const rest = tasks.slice(45, 90).map((childId) => ({ kind: 'sub-issue', parentId: id('Story 2'), childId }) as const)
    expect((await drawInOrder(lab.boss, rest)).filter((refused) => refused !== undefined)).toEqual([])
  })
})
