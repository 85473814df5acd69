import type { JsonObject } from '@switchyard/core'
import { expect, test } from 'vitest'
import { createPlanStage, lookAtPlan, planOf, type PlanStage, playKilled, sample } from '../src/index.ts'

const KINDS = ['lost-answer-before', 'lost-answer-after'] as const
const FINISHES = ['the next comment', 'its second attempt', 'the sweep'] as const
/** 15 issues and 10 links: the tasks take two requests. */
const PLAN = planOf(2, 6)
interface Scene {
  readonly stage: PlanStage
  /** The event whose run is killed. */
  readonly payload: JsonObject
}

async function prepare(): Promise<Scene> {
  const stage = await createPlanStage({ files: { 'plans/plan.md': PLAN } })
  await stage.say(1, '/plan upload plans/plan.md')
  return { stage, payload: await stage.comment(1, '/plan materialise') }
}

/** What only reads, before anything is written down: a run that dies there has not begun. */
const READS = 4

/** Each request that writes, killed before and after its effect. A changed plan's run is killed in process, by the action's own tests. */
async function findCases() {
  const { stage, payload } = await prepare()
  stage.github.log.reset()
  await stage.play({ eventName: 'issue_comment', payload })
  const requests = stage.github.log.count()
  const whole = await lookAtPlan(stage)
  await stage.close()
  return Array.from({ length: requests - READS }, (_, at) => READS + at + 1).flatMap((nth) =>
    KINDS.flatMap((kind, at) => {
      const finish = FINISHES[(nth + 2 * at) % 3]
      return finish === undefined ? [] : [{ nth, kind, finish, whole }]
    }),
  )
}

test.concurrent.each(sample(await findCases()))(
  'killed at request $nth ($kind) is finished by $finish',
  async ({ nth, kind, finish, whole }) => {
    const { stage, payload } = await prepare()
    try {
      const run = await stage.startRun('issue_comment')
      const play = { eventName: 'issue_comment', payload, run }
      expect((await playKilled(stage, play, { match: { nth }, kind })).killedBy).toBe('SIGKILL')
      // Old enough for others to take the run for lost.
      stage.github.clock.advance(20 * 60_000)
      if (finish === 'the next comment') await stage.say(1, '/plan show')
      else if (finish === 'its second attempt') await stage.play({ ...play, attempt: 2 })
      else await stage.play({ eventName: 'schedule' })
      const replies = finish === 'the next comment' ? [...whole.replies, 1] : whole.replies
      expect(await lookAtPlan(stage)).toEqual({ ...whole, replies })
    } finally {
      await stage.close()
    }
  },
)
