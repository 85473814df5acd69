import { sha256 } from '@switchyard/core'
import { describe, expect, it } from 'vitest'
import { contentHash, isApprovedFor } from '../src/release/decide-approval.ts'
import type { Command } from '../src/release/command.ts'
import { findStep, NEW_CUSTOMER } from '../src/release/find-step.ts'
import { customerSubject, releaseSubject } from '../src/release/subjects.ts'
import { customerOf, FACTS, SLUG, Stage, stepOf } from './release-stage.ts'

const ACME = 'eu-1/acme'
const OWN = 'echo mine'

function active(): Stage {
  const stage = new Stage()
  const steps = [stepOf('build'), stepOf('look', { type: 'text' })]
  stage.ask(undefined, { kind: 'activate', facts: FACTS, steps, customers: [customerOf(ACME)] })
  stage.ask(ACME, { kind: 'override', step: 'build', content: OWN })
  return stage
}

const approve = (content: string, step = 'build', { environment = 'production', namespace = 'acme' } = {}): Command => ({
  kind: 'approve-content',
  step,
  sha256: sha256(content),
  customers: [{ cluster: 'eu-1', namespace, environment }],
})
const withdraw = (content: string, environment = 'production'): Command => ({
  kind: 'withdraw-approval',
  sha256: sha256(content),
  environments: [environment],
})
const stateOf = (stage: Stage) => stage.state(releaseSubject(SLUG)).release ?? { approved: {} }
const mayRun = (stage: Stage, environment = 'production') =>
  isApprovedFor(stateOf(stage), { environment, type: 'bash', sha256: sha256(OWN) })

it.each(['x', 'é'.repeat(32_768)])('the SHA-256 of a content is its text’s own', (content) => {
  const stage = active()
  stage.ask(ACME, { kind: 'override', step: 'build', content })
  const { release } = stage.state(releaseSubject(SLUG))
  const { customer } = stage.state(customerSubject(SLUG, customerOf(ACME)))
  const step = release === null ? undefined : findStep(release, customer ?? NEW_CUSTOMER, 'build')
  expect(step && contentHash(step.text.content)).toBe(sha256(content))
})

describe('an approval', () => {
  it('is of the content that was read, in one environment; again it is nothing to do', () => {
    const stage = active()
    expect(stage.ask(undefined, approve(OWN))).toBeUndefined()
    expect([mayRun(stage), mayRun(stage, 'staging')]).toEqual([true, false])
    const { length } = stage.events
    expect(stage.ask(undefined, approve(OWN))).toBeUndefined()
    expect(stage.events).toHaveLength(length)
  })

  it('of content that changed since it was read is refused, and says what stands there now', () => {
    const stage = active()
    stage.ask(ACME, { kind: 'override', step: 'build', content: 'echo evil' })
    const rejected = stage.ask(undefined, approve(OWN))
    expect(rejected).toMatchObject({ code: 'CONTENT_DIFFERS', hint: expect.stringContaining('/step show build eu-1/acme') })
    expect(rejected?.message).toContain(sha256('echo evil').slice(0, 12))
    expect(stateOf(stage).approved).toEqual({})
  })

  it('holds for an environment of any name', () => {
    const stage = active()
    expect(mayRun(stage, 'constructor')).toBe(false)
    stage.ask(undefined, approve(OWN, 'build', { environment: 'constructor' }))
    expect(mayRun(stage, 'constructor')).toBe(true)
  })

  it('of SQL is none for a shell', () => {
    const stage = active()
    stage.ask(ACME, { kind: 'add-custom', category: 'deploy', type: 'sql', name: 'Own', content: OWN, anchor: null })
    expect(stage.ask(undefined, approve(OWN, 'custom-1'))).toBeUndefined()
    expect(mayRun(stage)).toBe(false)
  })

  it.each([
    ['UNKNOWN_STEP', approve(OWN, 'nowhere')],
    ['TEXT_NOT_RUN', approve('echo look', 'look')],
    ['CUSTOMER_NOT_IN_RELEASE', approve(OWN, 'build', { namespace: 'none' })],
  ])('%s', (code, command) => {
    expect(active().ask(undefined, command)).toMatchObject({ code })
  })

  it('of a draft or an archived release is refused', () => {
    const stage = active()
    stage.ask(undefined, { kind: 'archive', facts: FACTS })
    expect([new Stage(), stage].map((each) => each.ask(undefined, approve(OWN))?.code)).toEqual(['NOT_ACTIVE', 'NOT_ACTIVE'])
  })
})

describe('an approval that is taken back', () => {
  it('lets the content run there no more, whatever stands in the step by now', () => {
    const stage = active()
    stage.ask(undefined, approve(OWN))
    stage.ask(undefined, approve(OWN, 'build', { environment: 'staging' }))
    stage.ask(ACME, { kind: 'override', step: 'build', content: 'echo other' })
    expect(stage.ask(undefined, withdraw(OWN))).toBeUndefined()
    expect([mayRun(stage), mayRun(stage, 'staging')]).toEqual([false, true])
  })

  it('has to be there; the refusal says which are', () => {
    const stage = active()
    expect(stage.ask(undefined, withdraw(OWN))).toMatchObject({ code: 'NOT_APPROVED', hint: 'Nothing is.' })
    stage.ask(undefined, approve(OWN))
    expect(stage.ask(undefined, withdraw('echo other'))).toMatchObject({ code: 'NOT_APPROVED', hint: expect.stringContaining(sha256(OWN)) })
    expect(mayRun(stage)).toBe(true)
    expect(stage.ask(undefined, withdraw(OWN))).toBeUndefined()
    expect(stage.ask(undefined, withdraw(OWN))).toMatchObject({ code: 'NOT_APPROVED' })
  })
})
