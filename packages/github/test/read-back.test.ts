import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { drawInOrder, type IssueConversation, reaches, readBack, readComments } from '../src/operations/index.ts'
import { caught, openLab } from './lab.ts'
import { openOperationsLab, type OperationsLab } from './operations-lab.ts'

const app = { owner: 'acme', name: 'app' }
const SAID = 250
let lab: OperationsLab
let newest: IssueConversation

beforeAll(async () => {
  lab = await openOperationsLab()
  await lab.local.world.addRepository({ ...app })
  await lab.boss.request('POST /repos/{owner}/{repo}/issues', { owner: 'acme', repo: 'app', title: 'Long', body: '' })
  const opened = await readComments(lab.boss, app, { issue: 1 })
  const issueId = opened?.nodeId ?? ''
  await drawInOrder(
    lab.boss,
    Array.from({ length: SAID }, (_, at) => ({ kind: 'comment', issueId, body: `${at + 1}` })),
  )
  const read = await readComments(lab.boss, app, { issue: 1 })
  if (read === undefined) throw new Error('The issue was just opened.')
  newest = read
})
beforeEach(() => lab.local.log.reset())
afterAll(() => lab[Symbol.asyncDispose]())

const bodies = ({ comments }: IssueConversation): readonly string[] => comments.map(({ body }) => body)
const upTo = (first: number): readonly string[] => Array.from({ length: SAID - first + 1 }, (_, at) => `${first + at}`)
const idOf = (body: number): number => Number(newest.comments.at(-1)?.id) - (SAID - body)

test('reads the newest hundred comments of an issue, and the page before them', async () => {
  expect(bodies(newest)).toEqual(upTo(151))
  const before = await readComments(lab.boss, app, { issue: 1, ...(newest.earlier !== undefined && { before: newest.earlier }) })
  expect(before && bodies(before)).toEqual(upTo(51).slice(0, 100))
  expect(await readComments(lab.boss, app, { issue: 99 })).toBeUndefined()
})

test.each([
  ['a comment that was read', 200, 151, 0],
  ['the oldest one that was read', 151, 151, 0],
  ['one of the page before', 150, 51, 1],
  ['the first of all', 1, 1, 2],
  ['one that was never there', -10, 1, 2],
])('reads back to %s, a request for each page', async (_, comment, first, requests) => {
  const read = await readBack(lab.boss, app, { conversation: newest, isEnough: reaches(idOf(comment)) })
  expect(bodies(read)).toEqual(upTo(first))
  expect(lab.local.log.count()).toBe(requests)
})

test('asks of each page alone whether it is enough', async () => {
  const pages: (string | undefined)[] = []
  const isEnough = (page: IssueConversation['comments']): boolean => pages.push(page[0]?.body) === 2
  const read = await readBack(lab.boss, app, { conversation: newest, isEnough })
  expect([pages, bodies(read)[0], read.earlier === undefined]).toEqual([['151', '51'], '51', false])
})

test('keeps what it has where the issue is gone meanwhile', async () => {
  const read = await readBack(lab.boss, app, { conversation: { ...newest, number: 99 }, isEnough: () => false })
  expect(bodies(read)).toEqual(upTo(151))
})

test('a conversation that never ends is given up', async () => {
  const page = { pageInfo: { hasPreviousPage: true, startCursor: 'again' }, nodes: [] }
  const issue = { id: 'I_1', number: 1, title: 'Long', body: '', state: 'OPEN', author: null, comments: page }
  await using scripted = await openLab(() => ({ body: { data: { issue: { issue } } } }))
  expect(await caught(readBack(scripted.github, app, { conversation: newest, isEnough: () => false }))).toMatchObject({
    code: 'TOO_MANY_COMMENTS',
  })
  expect(scripted.server.seen).toHaveLength(100)
})
