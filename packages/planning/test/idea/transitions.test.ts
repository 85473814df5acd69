import { InternalError } from '@switchyard/core'
import { describe, expect, it } from 'vitest'
import { decideItem } from '../../src/idea/decide-item.ts'
import { type Asked, IDEA_STATUSES, type IdeaCommand, ideasDocuments, type IdeaStatus, parseIdeas, type Target } from '../../src/index.ts'
import {
  closeOf,
  commandOf,
  converged,
  failed,
  goneOf,
  issueOf,
  materialiseOf,
  moveOf,
  OWNER,
  planOf,
  REPOSITORY,
  resultOf,
  TARGET,
  uploadOf,
} from './idea-commands.ts'
import { stageAt } from './idea-stage.ts'

/** The contract's table, once more and by hand: what each command makes of each status; what is not named is refused. */
const TABLE: Readonly<Record<Asked, Partial<Record<IdeaStatus, IdeaStatus>>>> = {
  upload: {
    DRAFT: 'PLAN_READY',
    GRILLED: 'PLAN_READY',
    PLAN_FAILED: 'PLAN_READY',
    PLAN_READY: 'PLAN_READY',
    PLAN_REVIEWED: 'PLAN_READY',
    PLAN_REVIEW_FAILED: 'PLAN_READY',
  },
  'grill-start': { DRAFT: 'GRILLING' },
  'grill-done': { GRILLING: 'GRILLED' },
  'plan-start': { GRILLED: 'PLANNING', PLAN_FAILED: 'PLANNING' },
  'plan-failed': { PLANNING: 'PLAN_FAILED' },
  'review-start': { PLAN_READY: 'REVIEWING_PLAN', PLAN_REVIEW_FAILED: 'REVIEWING_PLAN' },
  'review-result': { REVIEWING_PLAN: 'PLAN_REVIEWED' },
  cancel: { GRILLING: 'DRAFT', PLANNING: 'GRILLED', REVIEWING_PLAN: 'PLAN_READY' },
  // PLANNED when the issues are made, and not before.
  materialise: { PLAN_READY: 'PLAN_READY', PLAN_REVIEWED: 'PLAN_REVIEWED' },
  sync: { PLANNED: 'PLANNED' },
  follow: { PLANNED: 'PLANNED' },
}
const ASKED = Object.keys(TABLE) as readonly Asked[]
const CELLS = ASKED.flatMap((asked) => IDEA_STATUSES.map((from) => ({ asked, from, to: TABLE[asked][from] })))

describe('every command in every status', () => {
  it.each(CELLS.filter(({ to }) => to !== undefined))('$asked leads from $from to $to', ({ asked, from, to }) => {
    const stage = stageAt(from)
    expect(stage.idea()?.status ?? 'DRAFT').toBe(from)
    // The same plan once more would be nothing to do.
    expect(stage.ask(asked === 'upload' ? uploadOf(planOf('two')) : commandOf(asked))).toBeUndefined()
    expect(stage.idea()?.status).toBe(to)
  })

  it.each(CELLS.filter(({ to }) => to === undefined))('$asked is refused in $from, and nothing is recorded', ({ asked, from }) => {
    const stage = stageAt(from)
    const before = stage.events.length
    const running = ['GRILLING', 'PLANNING', 'REVIEWING_PLAN'].includes(from)
    const code = running ? 'SOMETHING_RUNS' : from === 'PLANNED' ? 'ALREADY_PLANNED' : 'WRONG_STATUS'
    expect(stage.ask(commandOf(asked))).toMatchObject({
      code,
      message: expect.stringContaining(from),
      hint: expect.stringContaining('/plan'),
    })
    expect(stage.events).toHaveLength(before)
    expect(stage.effects).toEqual([])
  })

  it.each(ASKED)('%s is refused while issues are made, with the run that makes them', (asked) => {
    const stage = stageAt('PLAN_READY').askAll(materialiseOf())
    expect(stage.ask(commandOf(asked))).toMatchObject({
      code: 'CONVERGING',
      message: expect.stringContaining('https://github.example/runs/7'),
    })
    expect(stage.effects).toHaveLength(1)
  })

  it.each(IDEA_STATUSES.filter((status) => status !== 'PLANNED'))('an issue that closes is none of the plan’s in %s', (status) => {
    expect(stageAt(status).ask(closeOf(103))).toMatchObject({ code: 'NOT_OF_PLAN' })
  })
})

describe('a cancel of an idea whose issues are made', () => {
  const cancel = (unseen: Target | undefined): IdeaCommand => ({ kind: 'cancel', asker: OWNER, issue: issueOf(12), unseen })

  it('lets go of issues of which nothing can be seen: the plan is as it was before, and can be made again', () => {
    const stage = stageAt('PLANNED').askAll(closeOf(103), goneOf(104))
    expect(stage.ask(cancel(TARGET))).toBeUndefined()
    expect(stage.idea()).toMatchObject({ status: 'PLAN_READY', target: null, items: {}, leaves: [], done: [], not_planned: [], gone: [] })
    expect(stage.idea()).toMatchObject({ applied: null, unlisted: null, plan: { title: 'Plan one' } })
    const [page = ''] = ideasDocuments(stage.index, REPOSITORY)
    const [row] = parseIdeas(stage.documents.get(page))
    expect(row).toMatchObject({ number: 12, done: 0, total: 0, open: 0 })
    expect(row).not.toHaveProperty('gone')
    expect(stage.ask(materialiseOf())).toBeUndefined()
  })

  it.each([
    ['that can be seen', undefined],
    ['of another repository than that of which nothing can be seen', { ...TARGET, id: 99 }],
  ])('keeps issues %s', (_, unseen) => {
    const stage = stageAt('PLANNED')
    expect(stage.ask(cancel(unseen))).toMatchObject({ code: 'ALREADY_PLANNED' })
    expect(stage.idea()).toMatchObject({ status: 'PLANNED', target: TARGET })
  })
})

describe('a review', () => {
  it.each([
    ['approved', 'PLAN_REVIEWED'],
    ['changes-requested', 'PLAN_REVIEW_FAILED'],
    ['continue', 'REVIEWING_PLAN'],
  ] as const)('whose round says %s leads to %s', (verdict, to) => {
    expect(stageAt('REVIEWING_PLAN').askAll(resultOf(verdict)).idea()?.status).toBe(to)
  })
})

describe('a cancel leads back to the status before', () => {
  it.each([
    ['PLAN_FAILED', 'plan-start'],
    ['GRILLED', 'plan-start'],
    ['DRAFT', 'grill-start'],
    ['PLAN_READY', 'review-start'],
    ['PLAN_REVIEW_FAILED', 'review-start'],
  ] as const)('to %s after %s', (before, kind) => {
    const stage = stageAt(before).askAll(moveOf(kind), moveOf('cancel'))
    expect(stage.idea()).toMatchObject({ status: before, before: null })
  })

  it('also after rounds of a review that goes on', () => {
    const stage = stageAt('PLAN_REVIEW_FAILED').askAll(moveOf('review-start'), resultOf('continue'), resultOf('continue'), moveOf('cancel'))
    expect(stage.idea()?.status).toBe('PLAN_REVIEW_FAILED')
  })
})

it('a cancelled idea begins again as one that nothing was recorded of', () => {
  const stage = stageAt('DRAFT').askAll(moveOf('grill-start'), moveOf('cancel'), uploadOf())
  expect(stage.idea()?.status).toBe('PLAN_READY')
})

it('issues that could not be made leave the status as it was, and the command may be said again', () => {
  const stage = stageAt('PLAN_REVIEWED').askAll(materialiseOf())
  stage.answer(failed())
  expect(stage.idea()).toMatchObject({ status: 'PLAN_REVIEWED', converging: null, failure: { code: 'GONE' } })
  stage.askAll(materialiseOf()).answer(converged())
  expect(stage.idea()).toMatchObject({ status: 'PLANNED', failure: null })
})

it('nothing is told of an item under a subject that is no idea', () => {
  expect(() => decideItem(null, { kind: 'item-reopened', number: 1 }, 'release-spring')).toThrow(InternalError)
})
