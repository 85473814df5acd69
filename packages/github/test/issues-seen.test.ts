import { afterAll, beforeAll, expect, test } from 'vitest'
import { selectRecentIssues, selectSurfaces } from '../src/index.ts'
import { createIssueComment, parseRecentIssues, parseSurfaces, type Surfaces } from '../src/operations/index.ts'
import { openOperationsLab, type OperationsLab } from './operations-lab.ts'

const app = { owner: 'acme', name: 'app' }
const START = Date.parse('2026-03-01T00:00:00Z')
let lab: OperationsLab

beforeAll(async () => {
  lab = await openOperationsLab({ clock: { start: new Date(START), frozen: true } })
  await lab.local.world.addRepository({ ...app })
  await lab.local.world.commit({ repository: 'acme/app', files: { a: 'a' } })
  for (const title of ['One', 'Two']) {
    await lab.boss.request('POST /repos/{owner}/{repo}/issues', { owner: 'acme', repo: 'app', title, body: title })
  }
})
afterAll(() => lab[Symbol.asyncDispose]())

async function see(numbers: readonly number[], withBodies: boolean): Promise<Surfaces | undefined> {
  const [raw] = await lab.boss.select([selectSurfaces('seen', { ...app, numbers, withBodies })])
  return parseSurfaces(raw)
}

test('issues are told by number, those that are not there as lost', async () => {
  const seen = await see([2, 7, 1], true)
  expect([...(seen?.issues ?? [])].map(([number, { body, isOpen }]) => [number, body, isOpen])).toEqual([
    [2, 'Two', true],
    [1, 'One', true],
  ])
  expect([...(seen?.lost ?? [])]).toEqual([7])
  expect((await see([1], false))?.issues.get(1)).toMatchObject({ body: undefined, edited: undefined })
})

test('an issue that GitHub could not answer for is not told as lost', () => {
  const { parse } = selectSurfaces('seen', { ...app, numbers: [1, 2], withBodies: false })
  const data = { seen: { id: 'R_1', n0: null, n1: null } }
  const faults = [
    { type: 'NOT_FOUND', message: 'no', path: ['seen', 'n1'] },
    { type: 'SERVICE_UNAVAILABLE', message: 'late', path: ['seen', 'n0'] },
    { type: 'NOT_FOUND', message: 'another', path: ['other', 'n0'] },
  ]
  expect(parseSurfaces(parse(data, faults))).toEqual({ repositoryId: 'R_1', issues: new Map(), lost: new Set([2]) })
  expect(parseSurfaces(parse({ seen: null }, []))).toBeUndefined()
})

test('what was said of late is told by issue, the one that changed last first', async () => {
  lab.local.clock.advance(60_000)
  await createIssueComment(lab.boss, app, { number: 1, body: 'Later' })
  const recent = async (since: number) => {
    const [raw] = await lab.boss.select([selectRecentIssues('recent', { ...app, since: new Date(since).toISOString() })])
    return parseRecentIssues(raw)
  }
  expect((await recent(START)).map(({ number, comments }) => [number, comments.map(({ body }) => body)])).toEqual([
    [1, ['Later']],
    [2, []],
  ])
  expect((await recent(START + 60_000)).map(({ number }) => number)).toEqual([1])
  expect(parseRecentIssues({ repository: null })).toEqual([])
})
