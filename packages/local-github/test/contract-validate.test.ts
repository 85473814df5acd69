import { describe, expect, test } from 'vitest'
import { type Exchange, findContractFaults, findPayloadFaults } from '../contract/index.ts'

const exchange = (changes: Partial<Exchange>): Exchange => ({
  method: 'POST',
  path: '/repos/acme/app/labels',
  query: new URLSearchParams(),
  status: 201,
  requestBody: { name: 'bug' },
  responseBody: {
    id: 1,
    node_id: 'LA_1',
    url: 'https://api.github.com/repos/acme/app/labels/bug',
    name: 'bug',
    color: 'ffffff',
    default: false,
    description: null,
  },
  ...changes,
})

const render = (changes: Partial<Exchange>) =>
  findContractFaults(exchange(changes)).map(({ part, at, message }) => `${part} ${at} ${message}`)

test('an exchange as GitHub publishes it has no fault', () => {
  expect(render({})).toEqual([])
})

describe('a fault is found', () => {
  test.each<[string, Partial<Exchange>, string]>([
    [
      'a route that is not published',
      { path: '/repos/acme/app/lables' },
      'route  is not in the pruned description: add it to contract/operations.ts',
    ],
    ['a key that is not declared', { requestBody: { name: 'bug', colour: 'fff' } }, 'request /colour is not a key GitHub declares'],
    ['a key of a wrong type', { requestBody: { name: 7 } }, 'request /name must be string'],
    ['a missing body', { requestBody: undefined }, 'request  a body is required'],
    ['an unknown parameter', { query: new URLSearchParams('page=1') }, 'query page is not a parameter GitHub declares'],
    ['a status that is not declared', { status: 200 }, 'status  200 is not declared'],
    ['an answer of a wrong type', { responseBody: { ...Object(exchange({}).responseBody), id: 'one' } }, 'response /id must be integer'],
    [
      'an answer with an invented key',
      { responseBody: { ...Object(exchange({}).responseBody), size: 1 } },
      'response /size is not a key GitHub declares',
    ],
    [
      'null where null is not declared',
      { responseBody: { ...Object(exchange({}).responseBody), name: null } },
      'response /name must be string',
    ],
    [
      'an error without a message',
      { status: 422, responseBody: { errors: [{ code: 7 }] } },
      "response  must have required property 'message'",
    ],
  ])('%s', (_, changes, expected) => {
    expect(render(changes)).toContain(expected)
  })
})

test('a path value and a parameter are checked by their schemas when the request was accepted', () => {
  const listed = { method: 'GET', requestBody: undefined, status: 200, responseBody: [] }
  expect(render({ ...listed, path: '/repos/acme/app/issues/one/comments' })).toEqual(['path issue_number must be integer'])
  expect(render({ ...listed, path: '/repos/acme/app/issues', query: new URLSearchParams('state=shut') })).toHaveLength(1)
  expect(render({ ...listed, path: '/repos/acme/app/issues', query: new URLSearchParams('state=open&per_page=5') })).toEqual([])
})

test("keys inside inputs and payloads are the caller's own", () => {
  const path = '/repos/acme/app/actions/workflows/cd.yml/dispatches'
  const requestBody = { ref: 'main', inputs: { anything: 'x' }, return_run_details: true }
  expect(render({ path, requestBody, status: 204, responseBody: undefined })).toEqual([])
  expect(render({ path, requestBody: { ...requestBody, input: {} }, status: 204, responseBody: undefined })).toEqual([
    'request /input is not a key GitHub declares',
  ])
})

test('an error that GitHub gives and does not publish is known, with its body', () => {
  const path = '/repos/acme/app/actions/workflows/cd.yml/dispatches'
  const refused = { path, requestBody: { ref: 'none' }, status: 422 }
  expect(
    render({
      ...refused,
      responseBody: { message: 'No ref found for: none', documentation_url: 'https://docs.github.com', status: '422' },
    }),
  ).toEqual([])
  expect(render({ ...refused, responseBody: 'no' })).not.toEqual([])
})

test('an event is judged by its own schema', () => {
  expect(findPayloadFaults('workflow-run-completed', { action: 'completed' })).toContainEqual({
    part: 'payload',
    at: '',
    message: "must have required property 'workflow_run'",
  })
  expect(findPayloadFaults('workflow-run-exploded', {})).toHaveLength(1)
})
