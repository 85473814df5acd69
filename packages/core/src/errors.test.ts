import { describe, expect, it } from 'vitest'
import { toEnvelope } from './envelope.ts'
import { GITHUB_CODES, GitHubError, InternalError, toSwitchyardError, UserError } from './errors.ts'
import { byPlace, type Fault, renderPlace } from './fault.ts'
import { isForPeople } from './is-for-people.ts'

const place = { file: '.github/dispatching.yml', line: 3, column: 7 }

describe('an error outside', () => {
  it('is one envelope with its place, hint and causes, and no stack', () => {
    const cause = new GitHubError('GITHUB_NOT_FOUND', 'no such file', { status: 404, route: 'GET /x', cause: new Error('deepest') })
    const error = new UserError('CONFIG_INVALID', 'one fault', { place, hint: 'mend it', context: { fault: 1 }, cause })
    expect(toEnvelope(error, 0)).toEqual({
      code: 'CONFIG_INVALID',
      message: 'one fault',
      severity: 'error',
      retryPolicy: 'after-change',
      requestId: null,
      timestamp: '1970-01-01T00:00:00.000Z',
      context: { fault: 1 },
      hint: 'mend it',
      place,
      faults: [],
      causeChain: ['GITHUB_NOT_FOUND: no such file', 'deepest'],
    })
  })

  it('carries the request id of GitHub', () => {
    const error = new GitHubError('GITHUB_UNAVAILABLE', 'm', { status: 502, route: 'GET /x', requestId: 'AB:12' })
    expect(toEnvelope(error, 0).requestId).toBe('AB:12')
  })

  it('ends its chain of causes when they go round', () => {
    const first = new Error('first')
    first.cause = new Error('second', { cause: first })
    expect(toEnvelope(new InternalError('loop', { cause: first }), 0).causeChain).toHaveLength(8)
  })
})

describe('toSwitchyardError', () => {
  it('keeps ours and makes anything else a bug of ours with its cause', () => {
    const ours = new UserError('X', 'm')
    expect(toSwitchyardError(ours)).toBe(ours)
    const thrown = new RangeError('out')
    expect(toSwitchyardError(thrown)).toMatchObject({ code: 'INTERNAL', message: 'out', cause: thrown })
    expect(toSwitchyardError('text')).toMatchObject({ code: 'INTERNAL', message: 'text' })
  })
})

it.each([
  [new UserError('X', 'm'), true],
  [new GitHubError('GITHUB_FORBIDDEN', 'm', { status: 403, route: 'GET /x' }), true],
  [new GitHubError('GITHUB_UNAVAILABLE', 'm', { status: 502, route: 'GET /x' }), false],
  [new InternalError('m'), false],
  [new Error('m'), false],
])('%s: whether a person has to change something first', (error, isTold) => {
  expect(isForPeople(error)).toBe(isTold)
})

describe('GitHubError', () => {
  it('is ambiguous just where GitHub may have acted without our knowing', () => {
    const ambiguous = GITHUB_CODES.filter((code) => new GitHubError(code, '', { status: 0, route: '' }).isAmbiguous)
    expect(ambiguous).toEqual(['GITHUB_UNAVAILABLE', 'GITHUB_ANSWER_LOST', 'GITHUB_UNEXPECTED'])
  })

  it('says for every code when trying again can help', () => {
    const policies = GITHUB_CODES.map((code) => new GitHubError(code, '', { status: 0, route: '' }).retryPolicy)
    expect(policies.every((policy) => ['never', 'after-change', 'after-wait', 'rerun'].includes(policy))).toBe(true)
  })
})

describe('faults', () => {
  it('are read from the top of the file to its end, those without a place first', () => {
    const at = (line: number, column: number): Fault => ({
      code: 'C',
      message: `${line}:${column}`,
      severity: 'error',
      place: { file: 'f', line, column },
    })
    const faults = [at(2, 1), at(1, 9), { code: 'C', message: 'whole', severity: 'error' } satisfies Fault, at(1, 2)]
    expect(faults.toSorted(byPlace).map((fault) => fault.message)).toEqual(['whole', '1:2', '1:9', '2:1'])
  })

  it('name their place as editors do', () => {
    expect(renderPlace(place)).toBe('.github/dispatching.yml:3:7')
  })
})
