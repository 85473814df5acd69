import { afterAll, beforeAll, expect, test } from 'vitest'
import { openLab, type Lab } from './graphql-lab.ts'

let lab: Lab

beforeAll(async () => {
  lab = await openLab()
  await lab.world.addRepository({ owner: 'acme', name: 'hidden' })
})
afterAll(() => lab.github.close())

test('a repository that the token may not see is not there', async () => {
  const { status, body } = await lab.ask('{ repository(owner: "acme", name: "hidden") { id } }')
  expect([status, body]).toEqual([
    200,
    {
      data: { repository: null },
      errors: [
        {
          type: 'NOT_FOUND',
          path: ['repository'],
          locations: [{ line: 1, column: 3 }],
          message: "Could not resolve to a Repository with the name 'acme/hidden'.",
        },
      ],
    },
  ])
})

test('a field that GitHub does not have is refused in its words', async () => {
  const { body } = await lab.ask('query { repository(owner: "acme", name: "app") { titel } }')
  expect(body).toEqual({
    errors: [
      {
        path: ['query', 'repository', 'titel'],
        extensions: { code: 'undefinedField', typeName: 'Repository', fieldName: 'titel' },
        locations: [{ line: 1, column: 50 }],
        message: "Field 'titel' doesn't exist on type 'Repository'",
      },
    ],
  })
})

test('a field that GitHub has and the embedded one has not names itself', async () => {
  const { data, errors } = await lab.ask('{ repository(owner: "acme", name: "app") { name homepageUrl } }')
  expect(data).toEqual({ repository: { name: 'app', homepageUrl: null } })
  expect(errors).toMatchObject([
    {
      type: 'NOT_IMPLEMENTED',
      message: 'Repository.homepageUrl is not implemented by the embedded GitHub',
      path: ['repository', 'homepageUrl'],
    },
  ])
  expect((await lab.ask('mutation { addStar(input: { starrableId: "x" }) { clientMutationId } }')).errors).toMatchObject([
    { type: 'NOT_IMPLEMENTED' },
  ])
})

test('a connection wants a page size of at most 100, unless only its size is asked', async () => {
  const issues = (selection: string) => lab.ask(`{ repository(owner: "acme", name: "app") { issues${selection} } }`)
  expect((await issues(' { nodes { id } }')).errors).toMatchObject([
    { type: 'MISSING_PAGINATION_BOUNDARIES', path: ['repository', 'issues'] },
  ])
  expect((await issues('(first: 101) { nodes { id } }')).errors).toMatchObject([
    {
      type: 'EXCESSIVE_PAGINATION',
      message: 'Requesting 101 records on the `issues` connection exceeds the `first` limit of 100 records.',
    },
  ])
  expect((await issues(' { totalCount }')).data).toEqual({ repository: { issues: { totalCount: 0 } } })
})

test('a query for more than 500,000 nodes is refused before anything is read', async () => {
  const { data, errors } = await lab.ask(`{ repository(owner: "acme", name: "app") { issues(first: 100) { nodes {
    comments(first: 100) { nodes { reactions(first: 100) { nodes { id } } } } } } } }`)
  expect(data).toBeUndefined()
  expect(errors).toMatchObject([{ type: 'MAX_NODE_LIMIT_EXCEEDED' }])
})

test('a text that is no query and a body that is no JSON', async () => {
  expect((await lab.ask('{ repository(')).errors[0]?.message).toMatch(/^Parse error: /)
  const headers = { authorization: `bearer ${lab.token}` }
  expect((await fetch(lab.github.graphqlUrl, { method: 'POST', body: '{', headers })).status).toBe(400)
})

test('bad credentials and none are 401', async () => {
  const bad = await lab.ask('{ viewer { login } }', {}, 'ghs_unknown')
  expect([bad.status, bad.body]).toMatchObject([401, { message: 'Bad credentials' }])
  expect((await fetch(lab.github.graphqlUrl, { method: 'POST', body: '{"query":"{viewer{login}}"}' })).status).toBe(401)
})

test('a spent budget is 200 and RATE_LIMITED, and REST keeps its own', async () => {
  const limited = await openLab({ rateLimits: { enforced: true, perHour: { job: 1 } } })
  expect((await limited.ask('{ viewer { login } }')).errors).toEqual([])
  const { status, errors, data, headers } = await limited.ask('{ viewer { login } }')
  expect([status, data, headers.get('x-ratelimit-remaining')]).toEqual([200, undefined, '0'])
  expect(errors).toMatchObject([{ type: 'RATE_LIMITED' }])
  const rest = await fetch(`${limited.github.apiUrl}/repos/acme/app`, { headers: { authorization: `bearer ${limited.token}` } })
  expect(rest.status).toBe(200)
  await limited.github.close()
})

test('reading what the token has no permission for is FORBIDDEN and null, and leaves the rest', async () => {
  const token = lab.world.createToken({ kind: 'job', repository: 'acme/app', permissions: { issues: 'read' } })
  const { data, errors } = await lab.ask(
    '{ repository(owner: "acme", name: "app") { name object(expression: "HEAD:README.md") { oid } } }',
    {},
    token,
  )
  expect(data).toEqual({ repository: { name: 'app', object: null } })
  expect(errors).toMatchObject([{ type: 'FORBIDDEN', message: 'Resource not accessible by integration', path: ['repository', 'object'] }])
})
