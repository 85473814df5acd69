import { isJsonObject } from '@switchyard/core'
import { describe, expect, it } from 'vitest'
import { findPlace, ideasDocuments, ideaSubject, logDocument, parseIdeas, parseLog } from '../../src/index.ts'
import { progressDocument, treeDocument } from '../../src/idea/views/documents.ts'
import { parseProgress, parseTree } from './parse-views.ts'
import { planDecider } from '../../src/idea/records/index.ts'
import {
  closeOf,
  converged,
  issueOf,
  ITEMS,
  KEYS,
  materialiseOf,
  moveOf,
  planOf,
  REPOSITORY,
  reopenOf,
  resultOf,
  SUBJECT,
  syncOf,
  TARGET,
  uploadOf,
} from './idea-commands.ts'
import { Stage, stageAt } from './idea-stage.ts'

const DAY = 86_400_000

describe('the view of ideas', () => {
  const rowsOf = (stage: Stage) => ideasDocuments(stage.index, REPOSITORY).flatMap((name) => parseIdeas(stage.documents.get(name)))

  it('has each idea once with status, plan and progress, newest first', () => {
    const stage = stageAt('PLANNED').askAll(uploadOf(planOf('x'), { issue: issueOf(13) }), closeOf(103))
    expect(rowsOf(stage)).toMatchObject([
      { number: 13, title: 'Idea 13', status: 'PLAN_READY', plan: 'Plan x', stories: 1, tasks: 2, done: 0, total: 0 },
      { number: 12, title: 'Idea 12', status: 'PLANNED', plan: 'Plan one', done: 1, total: 2, at: expect.stringMatching(/^2026-11-21T/) },
    ])
  })

  it('stands on pages by number, each of which may change for ever', () => {
    const stage = new Stage()
    for (const number of [1, 100, 101, 350]) stage.askAll(moveOf('grill-start', { issue: issueOf(number) }))
    stage.askAll(moveOf('grill-done', { issue: issueOf(1) }))
    expect(ideasDocuments(stage.index, REPOSITORY)).toEqual(['ideas/9/3', 'ideas/9/1', 'ideas/9/0'])
    expect(rowsOf(stage).map(({ number, status }) => [number, status])).toEqual([
      [350, 'GRILLING'],
      [101, 'GRILLING'],
      [100, 'GRILLING'],
      [1, 'GRILLED'],
    ])
  })

  it('takes a changed plan’s title when its issues are made, and a revised one’s at once', () => {
    const stage = stageAt('PLANNED').askAll(syncOf())
    expect(rowsOf(stage)).toMatchObject([{ plan: 'Plan one' }])
    stage.answer(converged())
    expect(rowsOf(stage)).toMatchObject([{ plan: 'Plan two' }])
    expect(rowsOf(stageAt('REVIEWING_PLAN').askAll(resultOf('continue', { revised: planOf('better') })))).toMatchObject([
      { plan: 'Plan better' },
    ])
  })

  it('leaves out what is no idea', () => {
    expect(parseIdeas(undefined)).toEqual([])
    expect(parseIdeas({ ideas: [1, {}, { number: 1, status: 'NEW' }] })).toEqual([])
  })
})

describe('the view of a tree', () => {
  const treeOf = (stage: Stage) => parseTree(stage.documents.get(treeDocument(SUBJECT)))

  it('has every issue below its parent, with its number', () => {
    expect(treeOf(stageAt('PLAN_READY'))).toBeUndefined()
    expect(treeOf(stageAt('PLANNED'))).toEqual([
      { key: 'epic', level: 'epic', parent: undefined, number: 101 },
      { key: 'story', level: 'story', parent: 'epic', number: 102 },
      { key: 'task-a', level: 'task', parent: 'story', number: 103 },
      { key: 'task-b', level: 'task', parent: 'story', number: 104 },
    ])
  })

  it('follows a sync, and has no number for what is not there', () => {
    const stage = stageAt('PLANNED').askAll(syncOf({ keys: KEYS.slice(0, 3) }))
    stage.answer(converged({ items: { epic: 101, story: 102 } }))
    expect(treeOf(stage)?.map(({ key, number }) => [key, number])).toEqual([
      ['epic', 101],
      ['story', 102],
      ['task-a', undefined],
    ])
  })

  it('is one small document, also of the largest plan', () => {
    const key = (at: number) => `t${at}`.padEnd(60, 'x')
    const tasks = Array.from({ length: 998 }, (_, at) => ({ key: key(at), parent: 'story', level: 'task' }) as const)
    const stage = stageAt('PLAN_READY').askAll(materialiseOf({ keys: [...KEYS.slice(0, 2), ...tasks] }))
    stage.answer(converged({ items: Object.fromEntries(tasks.map((task, at) => [task.key, 200 + at])) }))
    expect(treeOf(stage)).toHaveLength(1_000)
    expect(treeOf(stage)?.at(-1)).toEqual({ key: key(997), level: 'task', parent: 'story', number: 1_197 })
    const document = stage.documents.get(treeDocument(SUBJECT))
    expect(Object.keys(isJsonObject(document) ? document : {})).toEqual(['items', 'plan_sha256', 'target'])
    expect(JSON.stringify(document).length).toBeLessThan(100_000)
  })
})

describe('the view of places', () => {
  const ofNumber = (stage: Stage, number: number, repositoryId = TARGET.id) =>
    findPlace((name) => stage.documents.get(name), { repositoryId, number })

  it('says of every issue of a plan whose it is, by its number alone', () => {
    const stage = stageAt('PLANNED')
    expect([100, 101, 104, 105].map((number) => ofNumber(stage, number))).toEqual([undefined, SUBJECT, SUBJECT, undefined])
    expect(ofNumber(stage, 101, TARGET.id + 1)).toBeUndefined()
  })

  it('knows what a try made that failed, and what left the plan', () => {
    const stage = stageAt('PLAN_READY').askAll(materialiseOf())
    stage.answer({
      kind: 'failed',
      code: 'X',
      message: 'No.',
      hint: 'Mend it.',
      applied: '[]',
      items: { epic: 101 },
      unlistedSince: undefined,
    })
    expect([101, 102].map((number) => ofNumber(stage, number))).toEqual([SUBJECT, undefined])
    const synced = stageAt('PLANNED').askAll(syncOf({ keys: KEYS.slice(0, 2) }))
    synced.answer(converged({ items: { epic: 101, story: 102, 'task-a': 103 } }))
    expect(ofNumber(synced, 103)).toBe(SUBJECT)
  })

  it('takes a hundred pages for a thousand issues, and a page a number where others’ stand between them', () => {
    const tasks = Array.from({ length: 1_000 }, (_, at) => ({ key: `t${at}`, parent: 'story', level: 'task' }) as const)
    const pagesOf = (step: number) => {
      const stage = stageAt('PLAN_READY').askAll(materialiseOf({ keys: [...KEYS.slice(0, 2), ...tasks] }))
      stage.answer(converged({ items: Object.fromEntries(tasks.map(({ key }, at) => [key, 203 + step * at])) }))
      const numbers = tasks.map((_, at) => 203 + step * at)
      expect(numbers.every((number) => ofNumber(stage, number) === SUBJECT)).toBe(true)
      expect([202, 203 + step * 1_000].map((number) => ofNumber(stage, number))).toEqual([undefined, undefined])
      const names = [...stage.documents.keys()].filter((name) => name.startsWith('places/'))
      expect(Math.max(...[...Map.groupBy(names, (name) => name.split('/')[2]).values()].map((each) => each.length))).toBeLessThan(1_000)
      return names.length
    }
    expect(pagesOf(1)).toBeLessThan(100)
    expect(pagesOf(2)).toBe(1_000)
  })
})

describe('the view of progress', () => {
  const progressOf = (stage: Stage) => parseProgress(stage.documents.get(progressDocument(SUBJECT)))

  it('has done and total of each story and of all, by day', () => {
    const stage = stageAt('PLANNED')
    expect(progressOf(stageAt('PLAN_READY'))).toBeUndefined()
    expect(progressOf(stage)).toMatchObject({
      done: 0,
      total: 2,
      stories: [{ key: 'story', number: 102, isClosed: false, done: 0, total: 2 }],
    })
    stage.askAll(closeOf(103))
    stage.at += DAY
    stage.askAll(closeOf(104, false), closeOf(102))
    expect(progressOf(stage)).toMatchObject({
      done: 1,
      not_planned: 1,
      total: 2,
      closed: { done: [102, 103], not_planned: [104] },
      stories: [{ key: 'story', isClosed: true, done: 1, not_planned: 1, total: 2 }],
      days: [
        { day: '2026-11-21', done: 1, total: 2 },
        { day: '2026-11-22', done: 1, total: 2 },
      ],
    })
    stage.askAll(reopenOf(103))
    expect(progressOf(stage)).toMatchObject({ done: 0, days: [{}, { day: '2026-11-22', done: 0 }] })
  })

  it('counts a story without tasks as itself', () => {
    const stage = stageAt('PLAN_READY').askAll(materialiseOf({ keys: KEYS.slice(0, 2) }))
    stage.answer(converged({ items: { epic: 101, story: 102 } }))
    expect(progressOf(stage)).toMatchObject({ total: 1, stories: [{ key: 'story', total: 1 }] })
  })

  it('keeps what was closed while the issues were made', () => {
    const stage = stageAt('PLAN_READY').askAll(materialiseOf(), closeOf(103))
    stage.answer(converged({ items: ITEMS }))
    expect(progressOf(stage)).toMatchObject({ done: 1, total: 2, stories: [{ done: 1 }] })
  })
})

describe('the view of the log', () => {
  const logOf = (stage: Stage) => parseLog(stage.documents.get(logDocument(SUBJECT)))

  it('notes uploads with the status before and the length, and reviews with their verdict', () => {
    expect(logOf(stageAt('PLAN_REVIEWED')).entries).toMatchObject([
      { by: 'owner', type: 'plan.uploaded', kind: 'NOTE', to: 'PLAN_READY', facts: { from_status: 'DRAFT', length: 3 } },
      { type: 'plan.review-started', kind: undefined, to: 'REVIEWING_PLAN', facts: { from_status: 'PLAN_READY' } },
      { type: 'plan.review-resulted', kind: 'PLAN_REVIEW_RESULT', to: 'PLAN_REVIEWED', facts: { round: 1, verdict: 'approved' } },
    ])
  })

  it('closes full pages, and the last entries stay at hand', () => {
    const stage = new Stage()
    const lengths: number[] = []
    for (let at = 0; at < 55; at += 1) lengths.push(logOf(stage.askAll(moveOf('grill-start'), moveOf('cancel'))).entries.length)
    expect(lengths.slice(48)).toEqual([98, 100, 102, 104, 106, 108, 10])
    expect(logOf(stage).pages).toBe(1)
    expect(parseLog(stage.documents.get(`${logDocument(SUBJECT)}/1`)).entries).toHaveLength(100)
  })
})

it('a subject that is no idea has no views', () => {
  expect(planDecider.views.map((view) => view.document(0, 'release-spring'))).toEqual(planDecider.views.map(() => undefined))
  expect(ideaSubject(9, 12)).toBe('repo-9~issue-12')
})
