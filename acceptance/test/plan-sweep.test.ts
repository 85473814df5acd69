import { afterAll, beforeAll, expect, test } from 'vitest'
import { createPlanStage, type PlanStage } from '../src/index.ts'
import { EXACT_DEPTH } from '../src/exact-depth.ts'
import { type CrowdIdea, seedIdeas } from '../src/plan-crowd.ts'

const MINUTE = 60_000
const numbersFrom = (first: number, count: number): readonly number[] => Array.from({ length: count }, (_, at) => first + at)

let stage: PlanStage
beforeAll(async () => {
  stage = await createPlanStage(EXACT_DEPTH)
  // No plan was changed of late.
  stage.github.clock.advance(7 * 60 * MINUTE)
})
afterAll(() => stage.close())

async function sweep(): Promise<{ readonly requests: number; readonly depth: number; readonly result: unknown; readonly log: string }> {
  stage.github.log.reset()
  const { outputs, log } = await stage.play({ eventName: 'schedule' })
  return {
    requests: stage.github.log.count(),
    depth: stage.github.log.depth(),
    result: JSON.parse(outputs['result'] ?? '{}'),
    log,
  }
}
const repliesOn = (issue: number): readonly string[] => stage.commentsOf(issue).filter((text) => text.includes(' reply='))
async function openIdea(title: string): Promise<number> {
  await stage.open(title, 'An idea.', 'owner')
  return stage.issues().at(-1)?.number ?? 0
}

test('where nothing was ever said a sweep is one request', async () => {
  expect(await sweep()).toMatchObject({ requests: 1, result: { recovered: 0, answered: 0, caught_up: 0 } })
})

test('a command that nobody answered is answered after a quarter of an hour, and no earlier', async () => {
  const [first, second] = [await openIdea('First'), await openIdea('Second')]
  await stage.comment(first, '/plan upload plans/nowhere.md', 'owner')
  await sweep()
  expect(repliesOn(first)).toEqual([])
  stage.github.clock.advance(16 * MINUTE)
  await stage.comment(second, '/plan status', 'owner')
  expect(await sweep()).toMatchObject({ result: { answered: 1 } })
  expect(repliesOn(first)).toEqual([expect.stringContaining('PLAN_NOT_FOUND')])
  expect(repliesOn(second)).toEqual([])
  stage.github.clock.advance(16 * MINUTE)
  await sweep()
  expect(repliesOn(first)).toHaveLength(1)
  expect(repliesOn(second)).toEqual([expect.stringContaining('without a plan yet')])
})

test('ideas that are done cost nothing, and one whose target is gone keeps no other waiting', async () => {
  const task = await openIdea('Not an idea, but a task')
  await stage.change(task, { state: 'closed' })
  const done = numbersFrom(301, 50).map((issue): CrowdIdea => ({ issue, tasks: [] }))
  await seedIdeas(stage, done)
  expect(await sweep()).toMatchObject({ requests: 2 })
  await seedIdeas(stage, [
    { issue: 401, tasks: [1], target: { id: 77, repository: 'acme/gone' } },
    { issue: 1, tasks: [task] },
  ])
  const { result, log } = await sweep()
  expect(result).toMatchObject({ caught_up: 1 })
  // Its own issue is gone, too: there is nobody to tell.
  expect(log).not.toContain('acme/gone')
  expect(stage.cardOf(1)).toContain('maintainer · closed')
})

test('however many ideas there are, a sweep costs as much', async () => {
  const tasks = [await openIdea('A task'), await openIdea('Another')]
  await seedIdeas(
    stage,
    numbersFrom(1001, 250).map((issue): CrowdIdea => ({ issue, tasks })),
  )
  const { requests, result } = await sweep()
  expect(result).toMatchObject({ recovered: 0, answered: 0, caught_up: 0 })
  // What is open and was said, the list of ideas, their states, their issues; and those of the repository that is gone.
  expect(requests).toBeLessThanOrEqual(5)
})
