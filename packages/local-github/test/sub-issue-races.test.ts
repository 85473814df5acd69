import { afterEach, beforeEach, expect, test } from 'vitest'
import { type ContractWatch, watchContract } from '../contract/index.ts'
import { openLab, type Lab } from './graphql-lab.ts'
import { ask } from './rest-lab.ts'

let lab: Lab
let contract: ContractWatch
let repositoryId: string
let parents: readonly string[]

const idsIn = ({ data }: { readonly data: unknown }): readonly string[] =>
  [...JSON.stringify(data).matchAll(/"id":"([^"]+)"/g)].map((match) => match[1] ?? '')

beforeEach(async () => {
  lab = await openLab()
  contract = watchContract(lab.github)
  repositoryId = idsIn(await lab.ask('{ repository(owner: "acme", name: "app") { id } }'))[0] ?? ''
  parents = idsIn(await create(2, undefined))
})
afterEach(async () => {
  await lab.github.close()
  contract.check()
})

const create = (count: number, parentIssueId: string | undefined) => {
  const parent = parentIssueId === undefined ? '' : `, parentIssueId: "${parentIssueId}"`
  const one = (at: number) => `n${at}: createIssue(input: { repositoryId: "${repositoryId}", title: "${at}"${parent} }) { issue { id } }`
  return lab.ask(`mutation { ${Array.from({ length: count }, (_, at) => one(at)).join(' ')} }`)
}

/** Requests that are all in the house before any of them is handled. */
async function overlap<Reply>(requests: readonly (() => Promise<Reply>)[]): Promise<readonly Reply[]> {
  let release = (): void => undefined
  const until = new Promise<void>((resolve) => void (release = resolve))
  lab.github.faults.add({ match: { method: 'POST' }, kind: 'hold', until, times: requests.length })
  const replies = requests.map((send) => send())
  while (lab.github.faults.pending() > 0) await new Promise((resolve) => setTimeout(resolve, 2))
  release()
  return Promise.all(replies)
}

test('two requests at once that put children under one parent collide, and the second is refused', async () => {
  const [first, second] = await overlap([() => create(1, parents[0]), () => create(1, parents[0])])
  expect([...(first?.errors ?? []), ...(second?.errors ?? [])]).toMatchObject([
    {
      type: 'UNPROCESSABLE',
      path: ['n0'],
      message: 'An error occurred while adding the sub-issue to the parent issue. Priority has already been taken',
    },
  ])
})

test('links of one request, requests one after another, and different parents never collide', async () => {
  expect((await create(5, parents[0])).errors).toEqual([])
  expect((await create(5, parents[0])).errors).toEqual([])
  const replies = await overlap([() => create(3, parents[0]), () => create(3, parents[1])])
  expect(replies.flatMap(({ errors }) => errors)).toEqual([])
})

test('REST says so with 422', async () => {
  const { items } = await ask(lab.github, 'GET /repos/acme/app/issues', { token: lab.token })
  const [child, other] = (
    await Promise.all([1, 2].map((at) => ask(lab.github, 'POST /repos/acme/app/issues', { token: lab.token, body: { title: `${at}` } })))
  ).map(({ body }) => body['id'])
  const link = (id: unknown) => () =>
    ask(lab.github, `POST /repos/acme/app/issues/${items[0]?.['number']}/sub_issues`, { token: lab.token, body: { sub_issue_id: id } })
  const replies = await overlap([link(child), link(other)])
  expect(replies.map(({ status }) => status).toSorted((left, right) => left - right)).toEqual([201, 422])
  const refused = replies.find(({ status }) => status === 422)
  expect(refused?.body).toMatchObject({ message: expect.stringContaining('Priority has already been taken') })
})
