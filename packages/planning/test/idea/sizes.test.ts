import { canonicalJson, type Json } from '@switchyard/core'
import { expect, it } from 'vitest'
import type { Finding, KeyPlace } from '../../src/index.ts'
import { MAX_ROUNDS } from '../../src/idea/limits.ts'
import { MAX_ALL_FINDINGS, MAX_FINDING, MAX_REVIEWER, MAX_WHERE } from '../../src/review/limits.ts'
import { closeOf, commandOf, converged, issueOf, materialiseOf, moveOf, planOf, resultOf, SUBJECT, uploadOf } from './idea-commands.ts'
import { Stage } from './idea-stage.ts'

const LIMIT = 100_000

function bytesOf(value: Json | undefined | object): number {
  return new TextEncoder().encode(canonicalJson(value)).length
}

const idOf = (kind: string, at: number): string => `${kind}-${at}-`.padEnd(60, 'x')

function thousandKeys(): readonly KeyPlace[] {
  const stories = Array.from({ length: 20 }, (_, at): KeyPlace => ({ key: idOf('story', at), parent: 'epic', level: 'story' }))
  const tasks = Array.from({ length: 979 }, (_, at): KeyPlace => ({ key: idOf('task', at), parent: idOf('story', at % 20), level: 'task' }))
  return [{ key: 'epic', parent: undefined, level: 'epic' }, ...stories, ...tasks]
}

it('an idea of 1,000 issues with the longest keys, all closed, and with every round that is kept has documents under 100 KB', () => {
  const keys = thousandKeys()
  const items = Object.fromEntries(keys.map(({ key }, at) => [key, 90_000 + at]))
  const stage = new Stage().askAll(uploadOf(planOf('one', { title: '題'.repeat(256) })), moveOf('review-start'))
  const result = { schema_version: 1, reviewer: 'm'.repeat(MAX_REVIEWER), findings: [], verdict: 'continue' } as const
  for (let at = 0; at < MAX_ROUNDS + 5; at += 1) stage.askAll(resultOf('continue', { result }))
  stage.askAll(resultOf('approved', { result: { ...result, verdict: 'approved' } }), materialiseOf({ keys }))
  for (const number of Object.values(items)) stage.askAll(closeOf(number))
  stage.answer(converged({ items }))
  expect(stage.idea()?.rounds).toHaveLength(MAX_ROUNDS)
  expect(stage.idea()?.rounds.at(-1)?.round).toBe(MAX_ROUNDS + 6)
  expect(stage.idea()?.done).toHaveLength(1_000)
  expect(bytesOf(stage.states.get(SUBJECT))).toBeLessThan(LIMIT)
  expect(Object.fromEntries([...stage.documents].filter(([, document]) => bytesOf(document) >= LIMIT))).toEqual({})
})

it('the intent and every event of 1,000 issues with the longest keys are under 100 KB', () => {
  const keys = thousandKeys()
  const stage = new Stage().askAll(uploadOf(planOf('one')), materialiseOf({ keys }))
  const [open] = stage.effects
  expect(open?.effect.keys).toHaveLength(1_000)
  expect(bytesOf(open)).toBeLessThan(LIMIT)
  stage.answer(converged({ items: Object.fromEntries(keys.map(({ key }, at) => [key, 90_000 + at])) }))
  expect(stage.events.map(({ type }) => type)).toEqual(['plan.uploaded', 'plan.materialise-begun', 'plan.converged'])
  expect(stage.events.filter((event) => bytesOf(event) >= LIMIT)).toEqual([])
})

it('a page of a hundred ideas with the longest titles in any script is under 100 KB', () => {
  const stage = new Stage()
  for (let number = 1; number < 100; number += 1) {
    const issue = { ...issueOf(number), title: '題'.repeat(256) }
    stage.at += 3_600_000
    stage.askAll(uploadOf(planOf('one', { title: '題'.repeat(256) }), { issue }))
  }
  expect(stage.documents.has('ideas/9/0')).toBe(true)
  expect(bytesOf(stage.documents.get('ideas/9/0'))).toBeLessThan(LIMIT)
})

it('a round with as much as may be said in any script is a page under 100 KB, also behind others', () => {
  const text = '題'.repeat(MAX_FINDING - MAX_WHERE)
  const findings = Array.from({ length: 12 }, (): Finding => ({ severity: 'blocker', where: '題'.repeat(MAX_WHERE), text }))
  expect(12 * MAX_FINDING).toBeLessThanOrEqual(MAX_ALL_FINDINGS)
  const stage = new Stage().askAll(commandOf('upload'), moveOf('review-start'))
  for (let at = 0; at < MAX_ROUNDS; at += 1) stage.askAll(resultOf('continue', { findings }))
  expect(bytesOf(stage.documents.get(`reviews/${SUBJECT}/1`))).toBeLessThan(LIMIT)
  expect(bytesOf(stage.documents.get(`reviews/${SUBJECT}`))).toBeLessThan(LIMIT)
})
