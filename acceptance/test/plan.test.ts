import { afterAll, beforeAll, expect, test } from 'vitest'
import { createPlanStage, planOf, type PlanStage } from '../src/index.ts'

let stage: PlanStage
beforeAll(async () => {
  stage = await createPlanStage({ files: { 'plans/large.md': planOf(4, 6) } })
})
afterAll(() => stage.close())

const titles = (parent: number): readonly string[] => {
  const { id } = stage.issue(parent)
  return stage
    .issues()
    .filter(({ parentId }) => parentId === id)
    .map(({ title }) => title)
}

test('a plan is uploaded, made into issues, and answered', async () => {
  const uploaded = await stage.say(1, '/plan upload plans/small.md', 'owner')
  expect({ ...uploaded.outputs, log: uploaded.log }).toMatchObject({ decision: 'done', 'reason-code': 'uploaded', status: 'PLAN_READY' })
  expect(stage.cardOf(1)).toContain('Reminders')
  const made = await stage.say(1, '/plan materialise', 'owner')
  expect({ ...made.outputs, log: made.log }).toMatchObject({
    decision: 'done',
    'reason-code': 'materialised',
    status: 'PLANNED',
    epic: '2',
  })
  expect(stage.issues().map(({ number, title }) => `${number} ${title}`)).toEqual([
    '1 Reminders',
    '2 Reminders',
    '3 Story 1',
    '4 Do 1.1',
    '5 Do 1.2',
    '6 Do 1.3',
  ])
  expect(titles(2)).toEqual(['Story 1'])
  expect(titles(3)).toEqual(['Do 1.1', 'Do 1.2', 'Do 1.3'])
  expect(stage.issue(5).blockedByIds).toEqual([stage.issue(4).id])
  expect(stage.commentsOf(1).at(-1)).toContain('The plan is made')
})
