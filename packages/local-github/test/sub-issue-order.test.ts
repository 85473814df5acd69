import { afterEach, beforeEach, expect, test } from 'vitest'
import { type ContractWatch, watchContract } from '../contract/index.ts'
import { type Lab, openLab } from './graphql-lab.ts'
import { ask } from './rest-lab.ts'

let lab: Lab
let contract: ContractWatch
/** An issue with four sub-issues, then one of its own. */
let issues: readonly { readonly id: number; readonly nodeId: string; readonly number: number }[]

const rest = (what: string, body?: unknown) => ask(lab.github, what, { token: lab.token, ...(body !== undefined && { body }) })

beforeEach(async () => {
  lab = await openLab()
  contract = watchContract(lab.github)
  const opened = []
  for (const title of ['parent', 'a', 'b', 'c', 'd', 'stranger']) {
    const { body } = await rest('POST /repos/acme/app/issues', { title })
    opened.push({ id: Number(body['id']), nodeId: String(body['node_id']), number: Number(body['number']) })
  }
  issues = opened
  for (const { id } of opened.slice(1, 5)) await rest(`POST /repos/acme/app/issues/${at(0).number}/sub_issues`, { sub_issue_id: id })
})
afterEach(async () => {
  await lab.github.close()
  contract.check()
})

const at = (place: number) => {
  const issue = issues[place]
  if (issue === undefined) throw new RangeError(`There is no issue ${place}`)
  return issue
}
const order = async (): Promise<string> =>
  (await rest(`GET /repos/acme/app/issues/${at(0).number}/sub_issues`)).items.map(({ title }) => title).join('')
const place = (body: unknown) => rest(`PATCH /repos/acme/app/issues/${at(0).number}/sub_issues/priority`, body)
const placeByNode = (input: Readonly<Record<string, unknown>>) =>
  lab.ask(
    'mutation ($input: ReprioritizeSubIssueInput!) { reprioritizeSubIssue(input: $input) { issue { subIssues(first: 9) { nodes { title } } } } }',
    {
      input: { issueId: at(0).nodeId, ...input },
    },
  )

test('REST puts a sub-issue after or before another of the same parent', async () => {
  expect(await order()).toBe('abcd')
  expect(await place({ sub_issue_id: at(1).id, after_id: at(3).id })).toMatchObject({ status: 200, body: { title: 'parent' } })
  expect(await order()).toBe('bcad')
  expect((await place({ sub_issue_id: at(4).id, before_id: at(2).id })).status).toBe(200)
  expect(await order()).toBe('dbca')
})

test('REST refuses none or both of the places, and what stands under another issue; an id of 0 makes it fail', async () => {
  const [a, b, stranger] = [at(1).id, at(2).id, at(5).id]
  const asked = [
    { sub_issue_id: a },
    { sub_issue_id: a, after_id: b, before_id: b },
    { sub_issue_id: a, after_id: a },
    { sub_issue_id: a, after_id: stranger },
    { sub_issue_id: stranger, after_id: a },
    { sub_issue_id: a, after_id: 0 },
  ]
  const statuses = []
  for (const body of asked) statuses.push((await place(body)).status)
  expect(statuses).toEqual([422, 422, 422, 404, 404, 500])
  expect(await order()).toBe('abcd')
})

test('GraphQL does the same, and gives the parent back', async () => {
  const moved = await placeByNode({ subIssueId: at(4).nodeId, afterId: at(1).nodeId })
  const titles = ['a', 'd', 'b', 'c'].map((title) => ({ title }))
  expect(moved.data).toEqual({ reprioritizeSubIssue: { issue: { subIssues: { nodes: titles } } } })
  expect((await placeByNode({ subIssueId: at(3).nodeId, beforeId: at(1).nodeId })).errors).toEqual([])
  expect(await order()).toBe('cadb')
  for (const input of [{ subIssueId: at(1).nodeId }, { subIssueId: at(5).nodeId, afterId: at(1).nodeId }]) {
    expect((await placeByNode(input)).errors).toMatchObject([{ type: 'UNPROCESSABLE' }])
  }
})
