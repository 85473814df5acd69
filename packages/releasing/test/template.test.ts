import { expect, it } from 'vitest'
import { findStep, releaseSubject } from '../src/index.ts'
import { activate, customerState } from './board/board-stage.ts'
import { SLUG, stepOf } from './release-stage.ts'

const steps = (ids: string) => [...ids].map((id) => stepOf(id))

it.each([
  ['abcd', 'dabc', 'd'],
  ['abcd', 'bcda', 'a'],
  ['abcd', 'xabd', ''],
])('from %s to %s, the steps that moved are “%s”, as the comparison of files has it', (old, now, moved) => {
  const stage = activate({ steps: steps(old) })
  stage.ask(undefined, { kind: 'sync-template', steps: steps(now) })
  expect(stage.events.at(-1)).toMatchObject({ type: 'release.template-changed', data: { moved: [...moved] } })
})

it('a step that comes back after it was gone was added, and did not move', () => {
  const stage = activate({ steps: steps('abc') })
  stage.ask(undefined, { kind: 'sync-template', steps: steps('ac') })
  stage.ask(undefined, { kind: 'sync-template', steps: steps('bac') })
  expect(stage.events.at(-1)).toMatchObject({ data: { added: ['b'], moved: [] } })
})

it('a step that goes from deploy to verify moved; its words did not change', () => {
  const stage = activate({ steps: steps('ab') })
  stage.ask(undefined, { kind: 'sync-template', steps: [stepOf('b'), stepOf('a', { category: 'verify' })] })
  expect(stage.events.at(-1)).toMatchObject({ data: { moved: ['a'], changed: [] } })
})

it.each(['done', 'skipped'] as const)('a customer’s own step that was %s and taken back is edited, and says what it says now', (status) => {
  const stage = activate()
  stage.ask('eu-1/acme', { kind: 'add-custom', category: 'deploy', type: 'bash', name: 'Own', content: 'before', anchor: null })
  stage.ask(
    'eu-1/acme',
    status === 'done' ? { kind: 'done', step: 'custom-1', notes: null } : { kind: 'skip', step: 'custom-1', reason: 'no need' },
  )
  stage.ask('eu-1/acme', { kind: 'revert', step: 'custom-1', reason: null })
  stage.ask('eu-1/acme', { kind: 'edit-custom', step: 'custom-1', name: 'New name', type: null, content: 'after it', anchor: null })
  const { release } = stage.state(releaseSubject(SLUG))
  expect(release && findStep(release, customerState(stage, 'eu-1/acme'), 'custom-1')).toMatchObject({
    status: 'reverted',
    text: { name: 'New name', content: { bytes: 'after it'.length } },
  })
})

it('the page of the progress says 100 % only when nothing is left', () => {
  const stage = activate({
    customers: [{ cluster: 'eu-1', namespace: 'acme', name: 'Acme' }],
    steps: Array.from({ length: 201 }, (_, at) => stepOf(`s${at}`)),
  })
  for (let at = 0; at < 200; at += 1) stage.ask('eu-1/acme', { kind: 'done', step: `s${at}`, notes: null })
  expect(stage.documents.get(`progress/${SLUG}`)).toMatchObject({
    all: { done: 200, total: 201, percent: 99 },
    clusters: { 'eu-1': { percent: 99 } },
  })
  stage.ask('eu-1/acme', { kind: 'skip', step: 's200', reason: 'no need' })
  expect(stage.documents.get(`progress/${SLUG}`)).toMatchObject({ all: { percent: 100 } })
})

it.each([
  ['a run that failed', { kind: 'record-run', step: 'a', exit_code: 3, conclusion: 'failure', url: '' }],
  ['done', { kind: 'done', step: 'a', notes: null }],
  ['overridden', { kind: 'override', step: 'a', content: 'own' }],
] as const)('a step that came back knows nothing of a run before it went, after it was %s', (what, command) => {
  const stage = activate({ steps: steps('ab') })
  stage.ask('eu-1/acme', { kind: 'record-run', step: 'a', exit_code: 7, conclusion: 'failure', url: '' })
  stage.ask(undefined, { kind: 'sync-template', steps: steps('b') })
  stage.ask(undefined, { kind: 'sync-template', steps: steps('ab') })
  const lastRun = () => {
    const { release } = stage.state(releaseSubject(SLUG))
    return release && findStep(release, customerState(stage, 'eu-1/acme'), 'a')?.cell?.last_run?.exit_code
  }
  expect(lastRun()).toBeUndefined()
  stage.ask('eu-1/acme', command)
  expect(lastRun()).toBe(what === 'a run that failed' ? 3 : undefined)
})
