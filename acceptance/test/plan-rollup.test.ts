import type { JsonObject } from '@switchyard/core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createPlanStage, planOf, type PlanStage } from '../src/index.ts'

/** Issue 2 is the epic, 3 and 4 its stories, 5 and 6 the tasks of the first, 7 and 8 of the second. */
let stage: PlanStage
beforeAll(async () => {
  stage = await createPlanStage({ latency: 40, files: { 'plans/two.md': planOf(2, 2) } })
  await stage.say(1, '/plan upload plans/two.md')
  expect((await stage.say(1, '/plan materialise')).outputs['reason-code']).toBe('materialised')
}, 60_000)
afterAll(() => stage.close())

const shut = (issue: number, reason = 'completed'): Promise<JsonObject> => stage.change(issue, { state: 'closed', state_reason: reason })
const open = (issue: number): Promise<JsonObject> => stage.change(issue, { state: 'open' })
const tell = (payload: JsonObject) => stage.play({ eventName: 'issues', payload })
const states = (...numbers: readonly number[]) => numbers.map((number) => stage.issue(number).stateReason ?? stage.issue(number).state)

test('a task that is closed costs three requests, one after another', { timeout: 60_000 }, async () => {
  const payload = await shut(5)
  stage.github.log.reset()
  const { outputs, log } = await tell(payload)
  console.log(stage.github.log.entries().map((e) => `${e.depth} ${e.method} ${e.route} ${e.operation ?? ''}`).join('\n'))
  expect({ ...outputs, log }).toMatchObject({ decision: 'done', 'reason-code': 'rolled-up', issues: '0' })
  expect({ requests: stage.github.log.count(), depth: stage.github.log.depth() }).toEqual({ requests: 3, depth: 3 })
  expect(states(3)).toEqual(['open'])
})

test('the last open child closes its parent with a word that says so', { timeout: 60_000 }, async () => {
  const payload = await shut(6, 'not_planned')
  stage.github.log.reset()
  const { outputs, log } = await tell(payload)
  console.log(stage.github.log.entries().map((e) => `${e.depth} ${e.method} ${e.route} ${e.operation ?? ''}`).join('\n'))
  expect({ ...outputs, log }).toMatchObject({ decision: 'done', 'reason-code': 'rolled-up', issues: '1' })
  console.log(stage.commentsOf(3))
  expect(states(3, 2)).toEqual(['completed', 'open'])
})

test('two', { timeout: 60_000 }, async () => {
  const both = [await shut(7), await shut(8)]
  const ran = await Promise.all(both.map(tell))
  console.log(ran.map((one) => one.outputs.result + one.log))
  console.log(stage.commentsOf(4), stage.commentsOf(2), states(4, 2), stage.cardOf(1))
  const again = await tell(await open(8))
  console.log(again.outputs.result, again.log, stage.commentsOf(4), stage.commentsOf(2), states(4, 2))
})

test('not ours', { timeout: 60_000 }, async () => {
  const plain = await stage.open('Mine', 'text')
  const n = (plain as any).issue.number
  stage.github.log.reset()
  const r = await tell(await shut(n))
  console.log(r.outputs, stage.github.log.count())
  const forged = await stage.open('Forged', stage.issue(5).body, 'reader')
  const m = (forged as any).issue.number
  const rr = await tell(await shut(m))
  console.log(rr.outputs, rr.log)
})
