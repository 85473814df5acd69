import { toTextRef } from '@switchyard/core'
import { describe, expect, it } from 'vitest'
import { planSha256 } from '../../src/index.ts'
import {
  closeOf,
  converged,
  failed,
  ITEMS,
  KEYS,
  materialiseOf,
  moveOf,
  planOf,
  reopenOf,
  resultOf,
  syncOf,
  TARGET,
  uploadOf,
  WRITER,
} from './idea-commands.ts'
import { Stage, stageAt } from './idea-stage.ts'

describe('materialise', () => {
  it('asks once for all issues, each with its key, parent and level', () => {
    const stage = stageAt('PLAN_READY').askAll(materialiseOf())
    expect(stage.effects.map(({ effect }) => effect)).toEqual([
      {
        id: 'converge-1',
        kind: 'converge',
        target: TARGET,
        plan: toTextRef('one'),
        applied: null,
        allow_mentions: false,
        writer: WRITER,
        unlisted: null,
        is_handed_over: false,
        keys: [
          ['epic', 'epic', null],
          ['story', 'story', 0],
          ['task-a', 'task', 1],
          ['task-b', 'task', 1],
        ],
      },
    ])
    expect(stage.idea()?.converging).toMatchObject({ effect_id: 'converge-1', kind: 'materialise', by: 'owner', run: { run_id: 7 } })
  })

  it('twice at once makes one set of issues', () => {
    const stage = stageAt('PLAN_READY').askAll(materialiseOf())
    expect(stage.ask(materialiseOf())).toMatchObject({
      code: 'CONVERGING',
      message: expect.stringMatching(/^The 4 issues of the idea #12 are being made/),
    })
    expect(stage.effects).toHaveLength(1)
  })

  it('makes the idea PLANNED when the issues are there, with their numbers', () => {
    const stage = stageAt('PLANNED')
    expect(stage.idea()).toMatchObject({ status: 'PLANNED', items: ITEMS, leaves: [103, 104], target: TARGET, converging: null })
    expect(stage.idea()?.applied).toEqual(toTextRef('{"items":[]}'))
    expect(stage.texts).toContain('{"items":[]}')
  })

  it('is refused for a plan that is not the saved one any more', () => {
    const stage = stageAt('PLAN_READY').askAll(uploadOf(planOf('two')))
    expect(stage.ask(materialiseOf())).toMatchObject({ code: 'PLAN_CHANGED', hint: expect.stringContaining('/plan show') })
    expect(stage.effects).toEqual([])
  })

  it('goes on after a failure with what was made so far, under another name', () => {
    const stage = stageAt('PLAN_READY').askAll(materialiseOf())
    stage.answer(failed({ applied: 'half', items: { epic: 101 } }))
    expect(stage.idea()).toMatchObject({ status: 'PLAN_READY', items: { epic: 101 }, target: TARGET, applied: toTextRef('half') })
    stage.askAll(materialiseOf())
    expect(stage.effects).toMatchObject([{ effect: { id: 'converge-2', applied: toTextRef('half') } }])
  })

  it('keeps what was made before when the next try fails before it makes anything', () => {
    const stage = stageAt('PLAN_READY').askAll(materialiseOf())
    stage.answer(failed({ applied: 'half', items: { epic: 101 } }))
    stage.askAll(materialiseOf()).answer(failed())
    expect(stage.idea()).toMatchObject({ items: { epic: 101 }, applied: toTextRef('half') })
  })

  it('goes on nowhere else than where the first issues stand', () => {
    const stage = stageAt('PLAN_READY').askAll(materialiseOf())
    stage.answer(failed({ applied: 'half', items: { epic: 101 } }))
    expect(stage.ask(materialiseOf({ target: { id: 99, repository: 'acme/other' } }))).toMatchObject({
      code: 'OTHER_TARGET',
      hint: expect.stringContaining('`/plan materialise acme/shop`'),
    })
    expect(stage.ask(materialiseOf({ target: { ...TARGET, repository: 'acme/renamed' } }))).toBeUndefined()
  })

  it('may go elsewhere as long as nothing was made', () => {
    const stage = stageAt('PLAN_READY').askAll(materialiseOf())
    stage.answer(failed())
    expect(stage.ask(materialiseOf({ target: { id: 99, repository: 'acme/other' } }))).toBeUndefined()
  })

  it('goes nowhere else while issues may stand that nobody could look at, and has them looked for by the next try', () => {
    const stage = stageAt('PLAN_READY').askAll(materialiseOf())
    stage.answer(failed({ unlistedSince: 5_000 }))
    const unlisted = { since: 5_000, writers: [WRITER] }
    expect(stage.idea()).toMatchObject({ items: {}, target: TARGET, unlisted, converging: null })
    expect(stage.ask(materialiseOf({ target: { id: 99, repository: 'acme/other' } }))).toMatchObject({
      code: 'OTHER_TARGET',
      message: 'Issues of the idea #12 may stand in acme/shop already: none are made in acme/other.',
    })
    stage.askAll(uploadOf(planOf('one')), materialiseOf({ writer: { id: 42, login: 'other' } }))
    expect(stage.effects).toMatchObject([{ effect: { unlisted, writer: { id: 42 } } }])
    stage.answer(failed({ unlistedSince: 5_000 }))
    expect(stage.idea()?.unlisted?.writers.map(({ id }) => id)).toEqual([41, 42])
    stage.askAll(materialiseOf()).answer(converged())
    expect(stage.idea()).toMatchObject({ status: 'PLANNED', unlisted: null })
  })

  it('that another token goes on with is one effect after the other, which knows both', () => {
    const stage = stageAt('PLAN_READY').askAll(materialiseOf())
    const other = { id: 42, login: 'other' }
    const before = stage.answer({ kind: 'handed-over', writer: other, since: 5_000 })
    expect(stage.effects.map(({ effect }) => effect)).toEqual([
      { ...before, id: 'converge-2', writer: other, unlisted: { since: 5_000, writers: [WRITER] }, is_handed_over: true },
    ])
    expect(stage.idea()).toMatchObject({ converging: { effect_id: 'converge-2', kind: 'materialise' }, converges: 2 })
    stage.settle(before, converged())
    expect(stage.idea()?.status).toBe('PLAN_READY')
    stage.answer(converged())
    expect(stage.idea()).toMatchObject({ status: 'PLANNED', items: ITEMS })
  })

  it('keeps a failure’s words within bounds', () => {
    const stage = stageAt('PLAN_READY').askAll(materialiseOf())
    stage.answer(failed({ message: 'a'.repeat(5_000) }))
    expect(stage.idea()?.failure?.message).toHaveLength(2_000)
  })
})

describe('an answer that nobody waits for', () => {
  it('changes nothing after the idea went on without it', () => {
    const stage = stageAt('PLAN_READY').askAll(materialiseOf())
    const late = stage.answer(failed())
    stage.askAll(uploadOf(planOf('two')))
    const before = stage.idea()
    stage.settle(late, converged())
    expect(stage.idea()).toEqual(before)
  })

  it('is not taken for that of the next try', () => {
    const stage = stageAt('PLAN_READY').askAll(materialiseOf())
    const late = stage.answer(failed())
    stage.askAll(materialiseOf())
    stage.settle(late, converged())
    expect(stage.idea()).toMatchObject({ status: 'PLAN_READY', converging: { effect_id: 'converge-2' } })
  })

  it('changes nothing of an idea of which nothing is recorded', () => {
    const stage = new Stage()
    const effect = {
      id: 'converge-1',
      kind: 'converge',
      target: TARGET,
      plan: toTextRef('one'),
      applied: null,
      allow_mentions: false,
      keys: [],
      writer: WRITER,
      unlisted: null,
      is_handed_over: false,
    } as const
    stage.settle(effect, converged())
    expect(stage.events).toEqual([])
  })
})

describe('sync', () => {
  it('stays PLANNED, and takes the plan when the issues are what it wants', () => {
    const stage = stageAt('PLANNED').askAll(syncOf())
    expect(stage.texts).toContain('two')
    expect(stage.effects).toMatchObject([
      { effect: { id: 'converge-2', plan: toTextRef('two'), applied: toTextRef('{"items":[]}'), target: TARGET } },
    ])
    expect(stage.idea()).toMatchObject({ status: 'PLANNED', plan: { sha256: planSha256('one') }, converging: { kind: 'sync' } })
    stage.answer(converged({ items: { ...ITEMS, 'task-c': 105 }, created: 1 }))
    expect(stage.idea()).toMatchObject({ status: 'PLANNED', plan: { sha256: planSha256('two') }, items: { 'task-c': 105 } })
  })

  it('keeps the issues that the plan has no more as ours, and counts them no more', () => {
    const stage = stageAt('PLANNED').askAll(closeOf(104), syncOf({ keys: KEYS.slice(0, 3) }))
    stage.answer(converged())
    expect(stage.events.at(-1)).toMatchObject({ data: { dropped: { 'task-b': 104 }, progress: { done: 0, total: 1 } } })
    expect(stage.idea()).toMatchObject({ items: ITEMS, leaves: [103], done: [104] })
    expect(stage.ask(reopenOf(104))).toBeUndefined()
  })

  it('is refused when the plan changed since the difference was shown', () => {
    const stage = stageAt('PLANNED').askAll(syncOf())
    stage.answer(converged())
    expect(stage.ask(syncOf({ plan: planOf('three') }))).toMatchObject({ code: 'PLAN_CHANGED' })
    expect(stage.ask(syncOf({ plan: planOf('three'), basePlanSha256: planSha256('two') }))).toBeUndefined()
  })

  it('that fails leaves the plan as it was, and may be said again', () => {
    const stage = stageAt('PLANNED').askAll(syncOf())
    stage.answer(failed({ applied: 'more', items: { ...ITEMS, 'task-c': 105 } }))
    expect(stage.idea()).toMatchObject({ status: 'PLANNED', plan: { sha256: planSha256('one') }, items: { 'task-c': 105 } })
    stage.askAll(syncOf())
    expect(stage.effects).toMatchObject([{ effect: { id: 'converge-3', applied: toTextRef('more') } }])
  })

  it('of the same plan brings its issues back to it', () => {
    expect(stageAt('PLANNED').ask(syncOf({ plan: planOf() }))).toBeUndefined()
  })

  it('takes the approval of the plan before with it', () => {
    const stage = stageAt('PLAN_REVIEWED').askAll(materialiseOf())
    stage.answer(converged())
    expect(stage.idea()).toMatchObject({ approver: 'owner', rounds: [{ verdict: 'approved' }] })
    stage.askAll(syncOf()).answer(converged())
    expect(stage.idea()).toMatchObject({ approver: null, reviewed_at: null, rounds: [] })
  })
})

describe('issues that close and open again', () => {
  it('are counted once, as done or as not planned', () => {
    const stage = stageAt('PLANNED').askAll(closeOf(104), closeOf(103), closeOf(103), closeOf(102))
    expect(stage.idea()).toMatchObject({ done: [102, 103, 104], not_planned: [] })
    expect(stage.events.at(-1)).toMatchObject({ data: { key: 'story', progress: { done: 2, not_planned: 0, total: 2 } } })
    stage.askAll(closeOf(103, false))
    expect(stage.idea()).toMatchObject({ done: [102, 104], not_planned: [103] })
    const before = stage.events.length
    stage.askAll(reopenOf(103), reopenOf(103))
    expect(stage.events.slice(before)).toMatchObject([{ type: 'plan.item-reopened', data: { key: 'task-a', progress: { done: 1 } } }])
    expect(stage.idea()).toMatchObject({ done: [102, 104], not_planned: [] })
  })

  it('of another plan are refused', () => {
    expect(stageAt('PLANNED').ask(closeOf(999))).toEqual({
      code: 'NOT_OF_PLAN',
      message: '#999 is none of the issues that were made of the idea #12.',
      hint: 'There is nothing to do.',
    })
  })

  it('while they are made are not forgotten; those that turn out to be others’ are', () => {
    const stage = stageAt('PLAN_READY').askAll(materialiseOf(), closeOf(103), closeOf(999))
    expect(stage.events.at(-1)).toMatchObject({ data: { key: null } })
    stage.answer(converged())
    expect(stage.idea()).toMatchObject({ done: [103] })
    expect(stage.events.at(-1)).toMatchObject({ data: { progress: { done: 1, total: 2 } } })
  })

  it('are named by keys that every object has, too', () => {
    const stage = stageAt('PLAN_READY').askAll(materialiseOf({ keys: [{ key: 'constructor', parent: undefined, level: 'epic' }] }))
    stage.answer(converged({ items: {} }))
    expect(stage.events.at(-1)).toMatchObject({ data: { tree: [['constructor', 'epic', null, null]] } })
  })
})

it('a review may not begin while issues are made, and goes on when that failed', () => {
  const stage = stageAt('PLAN_READY').askAll(materialiseOf())
  expect(stage.ask(moveOf('review-start'))).toMatchObject({ code: 'CONVERGING' })
  stage.answer(failed())
  expect(stage.askAll(moveOf('review-start'), resultOf('approved')).idea()?.status).toBe('PLAN_REVIEWED')
})

it('issues that a sync closed or opened again itself are known as such with its outcome', () => {
  const stage = stageAt('PLANNED').askAll(closeOf(104), syncOf())
  stage.answer(
    converged({
      states: [
        { number: 102, now: 'not_planned' },
        { number: 104, now: 'open' },
      ],
    }),
  )
  expect(stage.idea()).toMatchObject({ done: [], not_planned: [102] })
  expect(stage.events.at(-1)?.data).toMatchObject({ progress: { done: 0, total: 2, open: 3 } })
})
