import { expect, test } from 'vitest'
import type { Decider, Effect } from '@switchyard/core'
import { createLateDecider } from './late-decider.ts'

type Event = { readonly type: 'dispatch.counted'; readonly data: null }
type Counter = Decider<number, number, Event, Effect, never>

const early = { stream: 'dispatch', views: [{ document: (_: number, subject: string) => `of/${subject}` }] } as const
const whole: Counter = {
  stream: 'dispatch',
  foldVersion: 7,
  initial: 3,
  decide: () => ({ events: [], effects: [] }),
  settle: () => ({ events: [], effects: [] }),
  evolve: (state) => state + 1,
  views: [{ name: 'of', initial: null, document: early.views[0].document, evolve: (document) => ({ document }) }],
  index: { initial: null, evolve: () => null },
  parse: {
    state: Number,
    event: () => ({ type: 'dispatch.counted', data: null }),
    effect: () => ({ id: 'a', kind: 'b' }),
    index: () => null,
  },
}

test('a decider that is not loaded yet knows which documents are read, and nothing else', () => {
  const { decider } = createLateDecider(early, () => Promise.resolve(whole))
  expect([decider.stream, decider.views.map(({ document }) => document(0, 'x'))]).toEqual(['dispatch', ['of/x']])
  for (const use of [() => decider.initial, () => decider.foldVersion, () => decider.parse.state(1), () => decider.index]) {
    expect(use).toThrow(/before its rules had loaded/)
  }
})

test('what an early view was taken for writes nothing, not even when the rules have loaded meanwhile', async () => {
  const { decider, load } = createLateDecider(early, () => Promise.resolve(whole))
  const [view] = decider.views
  await load()
  const actor = { login: 'ada', kind: 'user' } as const
  const run = { repository: 'acme/shop', run_id: 1, run_attempt: 1, job: 'a', url: '' }
  const recorded = { id: 'a', seq: 1, subject: 'x', at: 0, actor, run, correlation_id: 'b' }
  expect(() => view?.evolve(null, { type: 'dispatch.counted', data: null, ...recorded })).toThrow(/before its rules had loaded/)
})

test('a decider that has loaded is the one that was read', async () => {
  const { decider, load } = createLateDecider(early, () => Promise.resolve(whole))
  await load()
  expect([decider.foldVersion, decider.initial, decider.views, decider.parse, decider.index]).toEqual([
    7,
    3,
    whole.views,
    whole.parse,
    whole.index,
  ])
})
