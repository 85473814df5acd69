import { afterEach, beforeEach, expect, test } from 'vitest'
import { type ContractWatch, watchContract } from '../contract/index.ts'
import { openLab, type Lab } from './graphql-lab.ts'
import { ask } from './rest-lab.ts'

let lab: Lab
let contract: ContractWatch
const path = '/repos/acme/app/milestones'

beforeEach(async () => {
  lab = await openLab()
  contract = watchContract(lab.github)
})
afterEach(async () => {
  await lab.github.close()
  contract.check()
})

const send = (what: string, body?: unknown, token = lab.token) => ask(lab.github, what, { token, ...(body === undefined ? {} : { body }) })
const create = (body: unknown) => send(`POST ${path}`, body)

test('milestones are made, listed, changed and closed', async () => {
  const first = await create({ title: 'One', description: 'The first', due_on: '2026-12-01T00:00:00Z' })
  expect([first.status, first.body]).toMatchObject([201, { number: 1, title: 'One', state: 'open', due_on: '2026-12-01T00:00:00Z' }])
  await create({ title: 'Two' })
  const taken = await create({ title: 'Two' })
  expect([taken.status, taken.body]).toMatchObject([422, { errors: [{ resource: 'Milestone', code: 'already_exists', field: 'title' }] }])
  expect((await send(`PATCH ${path}/1`, { title: 'Two' })).status).toBe(422)
  const closed = await send(`PATCH ${path}/1`, { state: 'closed', title: 'Done' })
  expect(closed.body).toMatchObject({ title: 'Done', state: 'closed', description: 'The first', closed_at: expect.any(String) })
  expect((await send(`PATCH ${path}/2`, { state: 'open' })).body).toMatchObject({ closed_at: null })
  expect((await send(`GET ${path}`)).items).toMatchObject([{ title: 'Two' }])
  expect((await send(`GET ${path}?state=all`)).items).toMatchObject([{ title: 'Done' }, { title: 'Two' }])
  expect((await send(`GET ${path}/2`)).body).toMatchObject({ title: 'Two' })
  expect((await send(`GET ${path}/3`)).status).toBe(404)
})

test('GraphQL looks for milestones by title and state, and for who can be assigned', async () => {
  for (const title of ['Version 1', 'Version 2', 'Later']) await create({ title })
  await send(`PATCH ${path}/2`, { state: 'closed' })
  lab.world.addUser({ login: 'reader' })
  lab.world.addUser({ login: 'main' })
  lab.world.addCollaborator('acme/app', 'reader', 'read')
  lab.world.addCollaborator('acme/app', 'main', 'triage')
  const { data, errors } = await lab.ask(`{ repository(owner: "acme", name: "app") {
    open: milestones(first: 5, states: OPEN, query: "version") { nodes { title state closed url } }
    all: milestones(first: 5, orderBy: { field: NUMBER, direction: DESC }) { nodes { number closedAt } }
    milestone(number: 3) { title dueOn description }
    none: milestone(number: 9) { title }
    assignableUsers(first: 5, query: "MAIN") { nodes { login } }
    everybody: assignableUsers(first: 5) { totalCount }
  } }`)
  expect(errors).toEqual([])
  expect(data).toMatchObject({
    repository: {
      open: { nodes: [{ title: 'Version 1', state: 'OPEN', closed: false, url: expect.stringMatching(/\/acme\/app\/milestone\/1$/) }] },
      all: { nodes: [{ number: 3 }, { number: 2, closedAt: expect.any(String) }, { number: 1 }] },
      milestone: { title: 'Later', dueOn: null, description: null },
      none: null,
      assignableUsers: { nodes: [{ login: 'maintainer' }, { login: 'main' }] },
      everybody: { totalCount: 2 },
    },
  })
})

const create2 = `mutation($input: CreateIssueInput!) { createIssue(input: $input) {
  issue { id milestone { title } assignees(first: 5) { nodes { login } } labels(first: 5) { nodes { name } } } } }`

async function sorting() {
  await create({ title: 'One' })
  const { data } = await lab.ask(`{ repository(owner: "acme", name: "app") {
    id milestone(number: 1) { id } label(name: "bug") { id } assignableUsers(first: 1) { nodes { id } } } }`)
  const [id, milestone, label, user] = [...JSON.stringify(data).matchAll(/"id":"([^"]+)"/g)].map((match) => match[1] ?? '')
  return { repositoryId: id, title: 'x', milestoneId: milestone, labelIds: [label], assigneeIds: [user] }
}

test('an issue is opened with a milestone and assignees, and loses its milestone when null is sent', async () => {
  const { data, errors } = await lab.ask(create2, { input: await sorting() })
  expect(errors).toEqual([])
  expect(data).toMatchObject({
    createIssue: {
      issue: { milestone: { title: 'One' }, assignees: { nodes: [{ login: 'maintainer' }] }, labels: { nodes: [{ name: 'bug' }] } },
    },
  })
  const id = /"id":"([^"]+)"/.exec(JSON.stringify(data))?.[1]
  const update = `mutation($input: UpdateIssueInput!) { updateIssue(input: $input) { issue { milestone { title } assignees(first: 1) { totalCount } } } }`
  const kept = await lab.ask(update, { input: { id, title: 'y' } })
  expect(kept.data).toEqual({ updateIssue: { issue: { milestone: { title: 'One' }, assignees: { totalCount: 1 } } } })
  const cleared = await lab.ask(update, { input: { id, milestoneId: null, assigneeIds: [] } })
  expect(cleared.data).toEqual({ updateIssue: { issue: { milestone: null, assignees: { totalCount: 0 } } } })
})

test('who may not push opens the issue without them, and is not told', async () => {
  lab.world.addUser({ login: 'reader' })
  lab.world.addCollaborator('acme/app', 'reader', 'read')
  const token = lab.world.createToken({ kind: 'classic', user: 'reader', scopes: ['repo'] })
  const { data, errors } = await lab.ask(create2, { input: await sorting() }, token)
  expect(errors).toEqual([])
  expect(data).toMatchObject({ createIssue: { issue: { milestone: null, assignees: { nodes: [] }, labels: { nodes: [] } } } })
})

test('a milestone of another repository is not there', async () => {
  await lab.world.addRepository({ owner: 'acme', name: 'other' })
  const token = lab.world.createToken({ kind: 'classic', user: 'maintainer', scopes: ['repo'] })
  await ask(lab.github, 'POST /repos/acme/other/milestones', { token, body: { title: 'Foreign' } })
  const { data } = await lab.ask('{ repository(owner: "acme", name: "other") { milestone(number: 1) { id } } }', {}, token)
  const milestoneId = /"id":"([^"]+)"/.exec(JSON.stringify(data))?.[1]
  const { errors } = await lab.ask(create2, { input: { ...(await sorting()), milestoneId } }, token)
  expect(errors).toMatchObject([{ type: 'NOT_FOUND' }])
  expect(lab.world.state.issues.size).toBe(0)
})
