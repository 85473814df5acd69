import { isJsonObject, type JsonObject } from '@switchyard/core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { planOf, type PlanStage, SMALL_PLAN } from '../src/index.ts'
import { createPlannedStage } from '../src/planned-stage.ts'

let stage: PlanStage
beforeAll(async () => {
  stage = await createPlannedStage(SMALL_PLAN)
})
afterAll(() => stage.close())

const blockOf = (plan: string): string => `\`\`\`markdown\n${plan}\n\`\`\``
const titles = (...numbers: readonly number[]): readonly string[] => numbers.map((number) => stage.issue(number).title)

test('a plan in a code block is confirmed with the same block', async () => {
  const next = SMALL_PLAN.replace('Do 1.1 {', 'Do one {')
  const hash = (await stage.say(1, `/plan sync\n${blockOf(next)}`)).outputs['hash']
  expect(stage.commentsOf(1).at(-1)).toContain('with the same code block below it')
  const other = await stage.say(1, `/plan sync --confirm ${hash}\n${blockOf(SMALL_PLAN.replace('Do 1.1 {', 'Do eleven {'))}`)
  expect(other.outputs['reason-code']).toBe('difference-moved')
  expect((await stage.say(1, `/plan sync --confirm ${hash}\n${blockOf(next)}`)).outputs['reason-code']).toBe('synced')
  expect(titles(4)).toEqual(['Do one'])
})

test('a workflow applies with its input, and not in a dry run', async () => {
  await stage.commit({ 'plans/small.md': SMALL_PLAN.replace('Do 1.2 {', 'Do two {') })
  const inputs = { mode: 'sync', 'plan-path': 'plans/small.md' }
  const confirm = (await stage.play({ inputs })).outputs['hash'] ?? ''
  const dry = await stage.play({ inputs: { ...inputs, confirm, 'dry-run': 'true' } })
  expect({ reason: dry.outputs['reason-code'], titles: titles(4, 5) }).toEqual({ reason: 'dry-run', titles: ['Do one', 'Do 1.2'] })
  expect((await stage.play({ inputs: { ...inputs, confirm } })).outputs['reason-code']).toBe('synced')
  expect(titles(4, 5)).toEqual(['Do 1.1', 'Do two'])
})

test('two who confirm the same difference at once apply it once', async () => {
  await stage.commit({ 'plans/small.md': planOf(1, 4) })
  const hash = (await stage.say(1, '/plan sync plans/small.md')).outputs['hash'] ?? ''
  const inputs = { mode: 'sync', idea: '1', 'plan-path': 'plans/small.md', confirm: hash }
  await Promise.all([stage.play({ inputs }), stage.play({ inputs })])
  expect(stage.issues().filter(({ title }) => title === 'Do 1.4')).toHaveLength(1)
  expect(titles(5)).toEqual(['Do 1.2'])
})

test('a plan in an issue form is synced from the form', async () => {
  const form = (plan: string): string => `### Plan\n\n${blockOf(plan)}\n`
  const number = stage.issues().length + 1
  const plan = planOf(1, 2, { idea: number })
  const payload: JsonObject = await stage.open('Formed', form(plan), 'owner')
  expect(isJsonObject(payload['issue']) && payload['issue']['number']).toBe(number)
  expect((await stage.play({ eventName: 'issues', payload, actor: 'owner' })).outputs['reason-code']).toBe('uploaded')
  await stage.say(number, '/plan materialise', 'owner')
  await stage.change(number, { body: form(plan.replace('Do 1.1 {', 'Do form {')) }, 'owner')
  const { outputs } = await stage.say(number, '/plan sync', 'owner')
  expect((await stage.say(number, `/plan sync --confirm ${outputs['hash']}`, 'owner')).outputs['reason-code']).toBe('synced')
  expect(stage.issues().some(({ title }) => title === 'Do form')).toBe(true)
})

test('what a sync dropped counts as closed, and closes its parent with the next sweep', async () => {
  for (const number of [4, 5, 6]) {
    await stage.play({ eventName: 'issues', payload: await stage.change(number, { state: 'closed' }) })
  }
  expect(stage.issue(3).state).toBe('open')
  await stage.commit({ 'plans/small.md': planOf(1, 3) })
  const { outputs } = await stage.say(1, '/plan sync plans/small.md')
  await stage.say(1, `/plan sync plans/small.md --confirm ${outputs['hash']}`)
  await stage.play({ inputs: { mode: 'sweep' } })
  expect([stage.issue(3).state, stage.issue(2).state]).toEqual(['closed', 'closed'])
})
