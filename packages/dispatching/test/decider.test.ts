import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type DispatchCommand,
  type DispatchEffect,
  type IssuePolicy,
  MAX_CLOSED_ISSUES,
  type SourceRecord,
  subjectOf,
} from '../src/index.ts'
import { dispatchDecider } from '../src/records.ts'
import { LedgerModel } from './ledger-model.ts'
import { CONSENT, play, type Scene } from './world.ts'

const SUBJECT = subjectOf(1, 9127)
const source: SourceRecord = {
  repository_id: 1,
  repository: 'acme/shop',
  visibility: 'private',
  workflow: '.github/workflows/ci.yml',
  run_id: 9127,
  run_attempt: 1,
  url: 'https://github.com/acme/shop/actions/runs/9127',
}
const FAILURES: IssuePolicy = { create: 'failures', repository: 'acme/shop', visibility: 'private' }
const command = (scene: Scene, issues = FAILURES): DispatchCommand => ({ kind: 'complete', source, targets: play(scene), issues })
const denied: Scene = { facts: { dispatching: { path: 'd.yml', text: CONSENT.replace('shop', 'store') } } }
const started = (run_id: number) =>
  ({ kind: 'started', run: { run_id, url: `https://github.com/acme/app/actions/runs/${run_id}` } }) as const
const written = (number: number) => ({ kind: 'written', number, url: `https://github.com/acme/shop/issues/${number}` }) as const
const types = (ledger: LedgerModel): string[] => ledger.events.map(({ type }) => type.replace('dispatch.', ''))
const only = (effects: readonly DispatchEffect[]): DispatchEffect => {
  const [effect, more] = effects
  if (!effect || more) throw new Error(`one effect expected: ${JSON.stringify(effects)}`)
  return effect
}

describe('the decider', () => {
  it('records the intent, then the start', () => {
    const ledger = new LedgerModel()
    const effect = only(ledger.complete(SUBJECT, command({})))
    expect(effect).toMatchObject({ kind: 'start-workflow', target: { repository: 'acme/app', ref: 'main' }, inputs: { version: 'v7' } })
    expect(ledger.settle(SUBJECT, effect, started(77))).toEqual([])
    expect(types(ledger)).toEqual(['requested', 'started'])
  })

  it('asks for nothing twice, whatever happened to the first', () => {
    for (const answer of [undefined, started(77), { kind: 'unclear', candidates: [] } as const]) {
      const ledger = new LedgerModel()
      const effect = only(ledger.complete(SUBJECT, command({})))
      if (answer) ledger.settle(SUBJECT, effect, answer)
      const before = ledger.events.length
      expect(ledger.complete(SUBJECT, command({}))).toEqual([])
      expect(ledger.complete(SUBJECT, command(denied))).toEqual([])
      expect(ledger.events).toHaveLength(before)
    }
  })

  it('tries again after a refusal, under another effect id', () => {
    const ledger = new LedgerModel()
    const first = only(ledger.complete(SUBJECT, command({})))
    ledger.settle(SUBJECT, first, { kind: 'refused', reason: 'workflow-disabled' })
    const second = only(ledger.complete(SUBJECT, command({})))
    expect(second.id).not.toBe(first.id)
  })

  it('records a refusal once, in the commit of the intents', () => {
    const ledger = new LedgerModel()
    expect(only(ledger.complete(SUBJECT, command(denied))).kind).toBe('open-issue')
    expect(ledger.complete(SUBJECT, command(denied))).toEqual([])
    expect(types(ledger)).toEqual(['denied', 'issue-requested'])
  })

  it('records what the source’s own filters skip, without an issue', () => {
    const ledger = new LedgerModel()
    expect(ledger.complete(SUBJECT, command({ run: { conclusion: 'failure' } }))).toEqual([])
    expect(types(ledger)).toEqual(['skipped'])
  })

  it('writes nothing for a run that no rule names', () => {
    const ledger = new LedgerModel()
    expect(ledger.complete(SUBJECT, command({ run: { path: 'lint.yml' } }))).toEqual([])
    expect(ledger.events).toEqual([])
  })
})

describe('issues', () => {
  const other = subjectOf(1, 9128)

  it('are opened once, commented on when it happens again, and closed by a success', () => {
    const ledger = new LedgerModel()
    const opening = only(ledger.complete(SUBJECT, command(denied)))
    expect(ledger.settle(SUBJECT, opening, written(5))).toEqual([])
    const comment = only(ledger.complete(other, command(denied)))
    expect(comment).toMatchObject({ kind: 'comment-issue', number: 5, reopen: false })
    ledger.settle(other, comment, written(5))
    const start = only(ledger.complete(SUBJECT, command({})))
    const closing = only(ledger.settle(SUBJECT, start, started(77)))
    expect(closing).toMatchObject({ kind: 'close-issue', number: 5 })
    ledger.settle(SUBJECT, closing, written(5))
    expect(Object.values(ledger.index.issues)).toEqual([[5, 0]])
    const again = only(ledger.complete(subjectOf(1, 9129), command(denied)))
    expect(again).toMatchObject({ kind: 'comment-issue', number: 5, reopen: true })
  })

  it('are opened by one of two runs that fail at the same time', () => {
    const ledger = new LedgerModel()
    expect(ledger.complete(SUBJECT, command(denied))).toHaveLength(1)
    expect(ledger.complete(other, command(denied))).toEqual([])
  })

  it('are tried again after GitHub refused one', () => {
    const ledger = new LedgerModel()
    const opening = only(ledger.complete(SUBJECT, command(denied)))
    ledger.settle(SUBJECT, opening, { kind: 'not-written', status: 410 })
    expect(only(ledger.complete(other, command(denied))).kind).toBe('open-issue')
  })

  it('follow a dispatch that GitHub refused or whose answer was lost', () => {
    for (const answer of [
      { kind: 'refused', reason: 'ref-not-found' } as const,
      { kind: 'unclear', candidates: [{ run_id: 3, url: 'https://x.example' }] } as const,
    ]) {
      const ledger = new LedgerModel()
      const effect = only(ledger.complete(SUBJECT, command({})))
      const reason = answer.kind === 'unclear' ? 'needs-attention' : answer.reason
      expect(only(ledger.settle(SUBJECT, effect, answer))).toMatchObject({ kind: 'open-issue', reason })
    }
  })

  it('are never written under `never`', () => {
    const ledger = new LedgerModel()
    expect(ledger.complete(SUBJECT, command(denied, { ...FAILURES, create: 'never' }))).toEqual([])
  })

  it('tell of a success too under `always`, and are closed at once', () => {
    const ledger = new LedgerModel()
    const effect = only(ledger.complete(SUBJECT, command({}, { ...FAILURES, create: 'always' })))
    const opening = only(ledger.settle(SUBJECT, effect, started(77)))
    expect(opening).toMatchObject({ kind: 'open-issue', close: true })
    expect(only(ledger.settle(SUBJECT, opening, written(5)))).toMatchObject({ kind: 'close-issue', number: 5, body: null })
  })

  it('that are closed are forgotten, oldest first, and open ones never', () => {
    let { index } = new LedgerModel()
    const event = (type: 'dispatch.issue-opened' | 'dispatch.issue-closed', number: number) => ({
      id: 'e',
      seq: number,
      subject: SUBJECT,
      at: 0,
      correlation_id: 'c',
      actor: { login: 'x', kind: 'system' as const },
      run: { repository: 'a/b', run_id: 1, run_attempt: 1, job: 'j', url: '' },
      type,
      data: { issue_key: `k${number}`, effect_id: 'x', repository: 'a/b', number, url: '' },
    })
    index = dispatchDecider.index.evolve(index, event('dispatch.issue-opened', 1))
    for (let number = 2; number <= MAX_CLOSED_ISSUES + 3; number += 1) {
      index = dispatchDecider.index.evolve(index, event('dispatch.issue-closed', number))
    }
    expect(Object.keys(index.issues)).toHaveLength(MAX_CLOSED_ISSUES + 1)
    expect([index.issues.k1, index.issues.k2, index.issues.k3, index.issues.k4]).toEqual([[1, 1], undefined, undefined, [4, 0]])
  })
})

describe('over any sequence of deliveries and answers', () => {
  type Step =
    | { readonly kind: 'deliver'; readonly run: number; readonly scene: number }
    | { readonly kind: 'answer'; readonly pick: number; readonly answer: number }
  const scenes: Scene[] = [
    {},
    denied,
    { run: { conclusion: 'failure' } },
    { target: ', ref: v9', facts: { refExists: false } },
    { options: { onRerun: 'redispatch' }, run: { attempt: 2 } },
  ]
  const step: fc.Arbitrary<Step> = fc.oneof(
    fc.record({ kind: fc.constant('deliver' as const), run: fc.integer({ min: 1, max: 2 }), scene: fc.nat(scenes.length - 1) }),
    fc.record({ kind: fc.constant('answer' as const), pick: fc.nat(5), answer: fc.nat(2) }),
  )

  it('each key is started at most once, each effect id is new, and records read back as they were', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const ledger = new LedgerModel()
        const open: { subject: string; effect: DispatchEffect }[] = []
        const seen = new Set<string>()
        // The naive model: a key of a run may be sent again only after it was refused.
        const sent = new Map<string, 'sent' | 'refused'>()
        const ask = (subject: string, effects: readonly DispatchEffect[]): void => {
          for (const effect of effects) {
            expect(seen.has(`${subject} ${effect.id}`)).toBe(false)
            seen.add(`${subject} ${effect.id}`)
            if (effect.kind === 'start-workflow') {
              expect(sent.get(`${subject} ${effect.key}`)).not.toBe('sent')
              sent.set(`${subject} ${effect.key}`, 'sent')
            }
            expect(dispatchDecider.parse.effect(JSON.parse(JSON.stringify(effect)))).toEqual(effect)
            open.push({ subject, effect })
          }
        }
        for (const move of steps) {
          if (move.kind === 'deliver') {
            const subject = subjectOf(1, move.run)
            ask(subject, ledger.complete(subject, command(scenes[move.scene] ?? {})))
            continue
          }
          const [next] = open.splice(move.pick % Math.max(1, open.length), 1)
          if (!next) continue
          const { subject, effect } = next
          if (effect.kind !== 'start-workflow') {
            ask(subject, ledger.settle(subject, effect, move.answer === 0 ? { kind: 'not-written', status: 500 } : written(move.pick + 1)))
          } else if (move.answer === 0) {
            sent.set(`${subject} ${effect.key}`, 'refused')
            ask(subject, ledger.settle(subject, effect, { kind: 'refused', reason: 'rate-limited' }))
          } else {
            ask(subject, ledger.settle(subject, effect, move.answer === 1 ? started(move.pick + 1) : { kind: 'unclear', candidates: [] }))
          }
        }
        for (const { type, data } of ledger.events) {
          expect(dispatchDecider.parse.event(JSON.parse(JSON.stringify({ type, data })))).toEqual({ type, data })
        }
        for (const state of ledger.states.values()) expect(dispatchDecider.parse.state(JSON.parse(JSON.stringify(state)))).toEqual(state)
        expect(dispatchDecider.parse.index(JSON.parse(JSON.stringify(ledger.index)))).toEqual(ledger.index)
      }),
      { numRuns: 300 },
    )
  })
})

it('what is not a record is not read', () => {
  for (const parse of Object.values(dispatchDecider.parse)) expect(() => parse({ targets: 3 })).toThrow()
})
