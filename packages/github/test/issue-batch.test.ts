import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type GitHub, selectPlanFacts } from '../src/index.ts'
import {
  createIssueBatch,
  drawInOrder,
  type MadeIssue,
  parsePlanFacts,
  type PlanFacts,
  readSortedIssues,
  type SortDrawing,
  sortIssues,
} from '../src/operations/index.ts'
import { caught, openLab } from './lab.ts'
import { openOperationsLab, type OperationsLab } from './operations-lab.ts'

const app = { owner: 'acme', name: 'app' }
let lab: OperationsLab
let repositoryId: string

beforeAll(async () => {
  lab = await openOperationsLab()
  lab.local.world.addUser({ login: 'outsider' })
  await lab.local.world.addRepository({ ...app, visibility: 'public' })
  await lab.local.world.commit({ repository: 'acme/app', files: { a: 'a' } })
  for (const [title, state] of [
    ['Version 1', 'open'],
    ['Version 1.1', 'open'],
    ['Version 0', 'closed'],
  ]) {
    await lab.boss.request('POST /repos/{owner}/{repo}/milestones', { owner: 'acme', repo: 'app', title, state })
  }
  repositoryId = (await place({})).repositoryId
})
afterAll(() => lab[Symbol.asyncDispose]())
beforeEach(() => {
  lab.local.faults.clear()
  lab.local.log.reset()
})

interface Asked {
  readonly labels?: readonly string[]
  readonly milestone?: string
  readonly assignees?: readonly string[]
}

async function place({ labels = [], milestone, assignees = [] }: Asked): Promise<PlanFacts> {
  const wanted = { ...app, labels, milestone, assignees }
  const [raw] = await lab.boss.select([selectPlanFacts('here', wanted)])
  const facts = parsePlanFacts(raw, wanted)
  if (facts === undefined) throw new Error('no repository')
  return facts
}

const create = (issues: Parameters<typeof createIssueBatch>[1]['issues'], github: GitHub = lab.boss) =>
  createIssueBatch(github, { repositoryId, issues })
const idOf = (made: MadeIssue | undefined): string => (made?.kind === 'created' ? made.nodeId : 'none')
const kept = { labels: [], milestone: false, assignees: [], parent: false, body: false }

describe('selectPlanFacts', () => {
  test('tells the ids of labels, of an open milestone and of assignees, and whether there are issues', async () => {
    const facts = await place({ labels: ['BUG', 'wontfix'], milestone: 'Version 1', assignees: ['Boss'] })
    expect(facts).toMatchObject({ isArchived: false, hasIssues: true, missing: { labels: [], assignees: [] } })
    expect(facts.missing.milestone).toBeUndefined()
    const { issues } = await create([{ title: 'With all', body: '', ...facts }])
    expect(issues).toMatchObject([{ kind: 'created', dropped: kept }])
    const { data } = await lab.boss.request('GET /repos/{owner}/{repo}/issues', { owner: 'acme', repo: 'app' })
    expect(data).toMatchObject([
      { labels: [{ name: 'bug' }, { name: 'wontfix' }], milestone: { title: 'Version 1' }, assignees: [{ login: 'boss' }] },
    ])
  })

  test('names what is missing as it was written, and takes no closed milestone', async () => {
    const facts = await place({ labels: ['bug', 'No such'], milestone: 'Version 0', assignees: ['outsider', 'boss'] })
    expect(facts.missing).toEqual({ labels: ['No such'], milestone: 'Version 0', assignees: ['outsider'] })
    expect([facts.labelIds.length, facts.assigneeIds.length, facts.milestoneId]).toEqual([1, 1, undefined])
  })

  test('has nothing of a repository that is not there', async () => {
    const wanted = { owner: 'acme', name: 'none', labels: [], milestone: undefined, assignees: [] }
    const [raw] = await lab.boss.select([selectPlanFacts('here', wanted)])
    expect(parsePlanFacts(raw, wanted)).toBeUndefined()
  })
})

describe('createIssueBatch', () => {
  test('makes issues in their order under a parent, with a comment’s new text, in one request', async () => {
    const [epic] = (await create([{ title: 'Epic', body: 'e' }])).issues
    await drawInOrder(lab.boss, [{ kind: 'comment', issueId: idOf(epic), body: '0 of 3' }])
    const commentId = [...lab.local.world.state.comments.values()].at(-1)?.id ?? 0
    const { data } = await lab.boss.request('GET /repos/{owner}/{repo}/issues/comments/{comment_id}', {
      owner: 'acme',
      repo: 'app',
      comment_id: commentId,
    })
    const { node_id: nodeId } = data as { readonly node_id: string }
    lab.local.log.reset()
    const wanted = ['One', 'Two', 'Three'].map((title) => ({ title, body: title, parentId: idOf(epic) }))
    const made = await createIssueBatch(lab.boss, {
      repositoryId,
      issues: wanted,
      beside: [{ kind: 'comment-body', commentId: nodeId, body: '3 of 3' }],
    })
    expect([lab.local.log.count(), made.beside]).toEqual([1, [undefined]])
    const numbers = made.issues.map((issue) => (issue.kind === 'created' ? issue.number : 0))
    expect(numbers).toEqual([numbers[0], (numbers[0] ?? 0) + 1, (numbers[0] ?? 0) + 2])
    expect(made.issues.map((issue) => issue.kind === 'created' && issue.dropped)).toEqual([kept, kept, kept])
    expect(lab.local.world.state.comments.get(commentId)?.body).toBe('3 of 3')
    expect(
      lab.local.world.state.issues.get([...lab.local.world.state.issues.values()].find(({ title }) => title === 'Epic')?.id ?? 0),
    ).toMatchObject({ subIssueIds: expect.objectContaining({ length: 3 }) })
  })

  test('tells what one is refused; the others stand', async () => {
    const { issues } = await create([
      { title: 'First', body: '' },
      { title: ' ', body: '' },
      { title: 'No parent', body: '', parentId: 'I_bm9uZQ' },
      { title: 'Last', body: '' },
    ])
    expect(issues).toMatchObject([
      { kind: 'created' },
      { kind: 'refused', type: 'UNPROCESSABLE' },
      { kind: 'refused', type: 'NOT_FOUND' },
      { kind: 'created' },
    ])
  })

  test('tells what GitHub dropped without a word for a token that may not push', async () => {
    const { labelIds, milestoneId, assigneeIds } = await place({ labels: ['bug'], milestone: 'Version 1', assignees: ['boss'] })
    const outsider = lab.as(lab.local.world.createToken({ kind: 'classic', user: 'outsider', scopes: ['repo'] }))
    const { issues } = await create([{ title: 'From outside', body: 'b', labelIds, milestoneId, assigneeIds }], outsider)
    expect(issues).toMatchObject([
      { kind: 'created', dropped: { labels: labelIds, milestone: true, assignees: assigneeIds, parent: false, body: false } },
    ])
  })

  test('a lost answer is ambiguous, and is not asked for again', async () => {
    lab.local.faults.add({ match: { route: '/graphql' }, kind: 'lost-answer-after' })
    const before = lab.local.world.state.issues.size
    expect(await caught(create([{ title: 'Lost', body: '' }]))).toMatchObject({ code: 'GITHUB_ANSWER_LOST', isAmbiguous: true })
    expect(lab.local.world.state.issues.size).toBe(before + 1)
  })

  test.each([
    [{ data: null, errors: [{ message: 'Something went wrong while executing your query.' }] }],
    [{ data: { n0: null } }],
    [{ data: {}, errors: [{ type: 'NOT_FOUND', message: 'of another', path: ['d0'] }] }],
  ])('an answer that says nothing of an issue is ambiguous', async (body) => {
    await using scripted = await openLab(() => ({ body }))
    const asked = createIssueBatch(scripted.github, { repositoryId: 'R_1', issues: [{ title: 'One', body: '' }] })
    expect(await caught(asked)).toMatchObject({ isAmbiguous: true })
  })
})

describe('sortIssues', () => {
  const sortingOf = async (title: string, github: GitHub, drawings: (issueId: string) => readonly SortDrawing[]) => {
    const { issues } = await create([{ title, body: '' }])
    const [made] = issues
    const told = await sortIssues(github, drawings(idOf(made)))
    const number = made?.kind === 'created' ? made.number : 0
    const seen = (await readSortedIssues(lab.boss, app, [number])).get(number)?.sorting
    const names = (those: readonly { readonly name: string }[] = []) => those.map(({ name }) => name)
    return { told, seen: [names(seen?.labels), seen?.milestone, names(seen?.assignees)] }
  }

  test('puts labels, milestone and assignees on and takes them off, twice without harm', async () => {
    const { labelIds, milestoneId, assigneeIds } = await place({ labels: ['bug', 'wontfix'], milestone: 'Version 1', assignees: ['boss'] })
    const on = (issueId: string) =>
      [
        { kind: 'labels', issueId, labelIds },
        { kind: 'milestone', issueId, milestoneId },
        { kind: 'assignees', issueId, assigneeIds },
      ] as const
    const nothing = [undefined, undefined, undefined]
    expect(await sortingOf('on', lab.boss, (id) => [...on(id), ...on(id)])).toEqual({
      told: [...nothing, ...nothing],
      seen: [['bug', 'wontfix'], 'Version 1', ['boss']],
    })
    const off = (issueId: string) =>
      [
        { kind: 'no-labels', issueId, labelIds: labelIds.slice(1) },
        { kind: 'milestone', issueId, milestoneId: undefined },
        { kind: 'no-assignees', issueId, assigneeIds },
      ] as const
    expect(await sortingOf('off', lab.boss, (id) => [...on(id), ...off(id), ...off(id)])).toEqual({
      told: [...nothing, ...nothing, ...nothing],
      seen: [['bug'], undefined, []],
    })
  })

  test('tells what GitHub dropped without a word, and what it refused', async () => {
    const { labelIds, milestoneId, assigneeIds } = await place({ labels: ['bug'], milestone: 'Version 1', assignees: ['boss'] })
    lab.local.world.addUser({ login: 'triager' })
    lab.local.world.addCollaborator('acme/app', 'triager', 'triage')
    const triager = lab.as(lab.local.world.createToken({ kind: 'classic', user: 'triager', scopes: ['repo'] }))
    const { told, seen } = await sortingOf('dropped', triager, (issueId) => [
      { kind: 'labels', issueId, labelIds },
      { kind: 'milestone', issueId, milestoneId },
      { kind: 'assignees', issueId, assigneeIds },
      { kind: 'labels', issueId, labelIds: ['nothing'] },
    ])
    expect(told).toEqual([
      undefined,
      expect.stringContaining('did not take the milestone'),
      expect.stringContaining('did not take the assignees'),
      expect.stringContaining('Could not resolve to a node'),
    ])
    expect(seen).toEqual([['bug'], undefined, []])
  })
})
