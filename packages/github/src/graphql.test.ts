import type { Selection } from '@switchyard/core'
import { expect, test } from 'vitest'
import { caught, openLab, TOKEN } from '../test/lab.ts'

const QUERY = 'query($name: String!) { a: repository(name: $name) { id } }'
const MUTATION = 'mutation($input: X!) { x(input: $input) { id } }'

test('errors of an answer are returned with what there is of data', async () => {
  const errors = [{ type: 'NOT_FOUND', message: 'Could not resolve', path: ['a', 0], extensions: {} }]
  await using lab = await openLab(() => ({ body: { data: { a: null }, errors } }))
  expect(await lab.github.graphql(QUERY, { name: 'x' })).toEqual({
    data: { a: null },
    errors: [{ type: 'NOT_FOUND', message: 'Could not resolve', path: ['a', 0] }],
  })
  expect(JSON.parse(lab.server.seen[0]?.body ?? '')).toEqual({ query: QUERY, variables: { name: 'x' } })
  expect(lab.server.seen[0]).toMatchObject({ method: 'POST', url: '/graphql', headers: { authorization: `bearer ${TOKEN}` } })
})

test('a conflict is returned at once, never sent again', async () => {
  await using lab = await openLab(() => ({ body: { data: { x: null }, errors: [{ type: 'STALE_DATA', message: 'moved', path: ['x'] }] } }))
  expect((await lab.github.graphql(MUTATION, {})).errors[0]?.type).toBe('STALE_DATA')
  expect(lab.server.seen).toHaveLength(1)
})

test('a mutation that GitHub failed in the middle of is not sent again, whatever its message says', async () => {
  await using lab = await openLab(() => ({
    body: { data: null, errors: [{ message: 'Something went wrong while executing your query.' }] },
  }))
  await caught(lab.github.graphql(MUTATION, {}))
  expect(lab.server.seen).toHaveLength(1)
})

test.each([
  ['a query', QUERY, {}, 6],
  ['a query without a keyword', '{ viewer { login } }', {}, 6],
  ['a mutation', MUTATION, {}, 1],
  ['a mutation that is idempotent by construction', MUTATION, { idempotent: true }, 6],
] as const)('%s answered 502', async (_, document, wishes, requests) => {
  await using lab = await openLab(() => ({ status: 502 }))
  expect(await caught(lab.github.graphql(document, {}, wishes))).toMatchObject({ code: 'GITHUB_UNAVAILABLE', route: 'POST /graphql' })
  expect(lab.server.seen).toHaveLength(requests)
})

test.each([QUERY, MUTATION])('a spent budget is a 200 that is waited for: %s', async (document) => {
  await using lab = await openLab((_, index) =>
    index === 0
      ? { headers: { 'retry-after': '3' }, body: { errors: [{ type: 'RATE_LIMITED', message: 'API rate limit exceeded' }] } }
      : { body: { data: { a: 1 } } },
  )
  expect(await lab.github.graphql(document, {})).toEqual({ data: { a: 1 }, errors: [] })
  expect(lab.ports.slept).toEqual([3_000])
})

test('a budget that stays spent is an error', async () => {
  const reset = Math.ceil(Date.now() / 1_000) + 3_600
  await using lab = await openLab(() => ({
    headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': `${reset}` },
    body: { errors: [{ type: 'RATE_LIMITED', message: 'API rate limit exceeded' }] },
  }))
  expect(await caught(lab.github.graphql(QUERY, {}))).toMatchObject({ code: 'GITHUB_RATE_LIMITED', type: 'RATE_LIMITED', status: 200 })
  expect(lab.server.seen).toHaveLength(1)
})

test('an answer that is no GraphQL is an error, not an empty answer', async () => {
  await using lab = await openLab(() => ({ headers: { 'content-type': 'text/html' }, body: Buffer.from('<html>') }))
  expect(await caught(lab.github.graphql(QUERY, {}))).toMatchObject({ code: 'GITHUB_UNEXPECTED' })
})

test('several selections share one request, and each reads its part', async () => {
  const selection = (alias: string): Selection<string> => ({
    fields: `${alias}: node(id: $${alias}_id) { id }`,
    variables: { [`${alias}_id`]: { type: 'ID!', value: alias } },
    parse: (data) => `${alias} is ${String(data[alias])}`,
  })
  await using lab = await openLab(() => ({ body: { data: { a: 1, b: 2 } } }))
  const [first, second] = await lab.github.select([selection('a'), selection('b')])
  expect([first, second]).toEqual(['a is 1', 'b is 2'])
  expect(lab.server.seen).toHaveLength(1)
})
