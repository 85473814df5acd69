import type { JsonObject } from '@switchyard/core'
import { expect, test } from 'vitest'
import { createPlanStage, lookAtPlan, planOf, playKilled, type PlanStage } from '../src/index.ts'

const KINDS = ['lost-answer-before', 'lost-answer-after'] as const
const FINISHES = ['the next comment', 'its second attempt', 'the sweep'] as const
/** 15 issues and 10 links: the tasks take two requests. */
const PLAN = planOf(2, 6)
/** Made, edited, moved, dropped, linked and unlinked. */
const CHANGED = planOf(3, 5)
  .replace('What is to be done for 1.1.', 'Something else.')
  .replace('Depends on: task-2-1', 'Depends on: task-1-1')

type What = 'materialise' | 'sync'

interface Scene {
  readonly stage: PlanStage
  /** The event whose run is killed. */
  readonly payload: JsonObject
}

async function prepare(what: What): Promise<Scene> {
  const stage = await createPlanStage({ files: { 'plans/plan.md': PLAN } })
  await stage.say(1, '/plan upload plans/plan.md')
  if (what === 'materialise') return { stage, payload: await stage.comment(1, '/plan materialise') }
  await stage.say(1, '/plan materialise')
  await stage.commit({ 'plans/plan.md': CHANGED })
  const { outputs } = await stage.say(1, '/plan sync plans/plan.md')
  return { stage, payload: await stage.comment(1, `/plan sync plans/plan.md --confirm ${outputs['hash']}`) }
}

/** What only reads, before anything is written down: a run that dies there has not begun. In process, they die there, too. */
const READS = { materialise: 4, sync: 5 } as const satisfies Record<What, number>

/** Each request that writes: of the making, killed before and after its effect; of the change, which has the same code, after it. */
async function casesOf(what: What) {
  const { stage, payload } = await prepare(what)
  stage.github.log.reset()
  await stage.play({ eventName: 'issue_comment', payload })
  const requests = stage.github.log.count()
  const whole = await lookAtPlan(stage)
  await stage.close()
  return Array.from({ length: requests - READS[what] }, (_, at) => READS[what] + at + 1).flatMap((nth) =>
    KINDS.flatMap((kind, at) => {
      const finish = FINISHES[(nth + 2 * at) % 3]
      return finish === undefined || (what === 'sync' && at === 0) ? [] : [{ what, nth, kind, finish, whole }]
    }),
  )
}

const cases = (await Promise.all([casesOf('materialise'), casesOf('sync')])).flat()
test.concurrent.each(cases)(
  '$what killed at request $nth ($kind) is finished by $finish',
  { timeout: 60_000 },
  async ({ what, nth, kind, finish, whole }) => {
    const { stage, payload } = await prepare(what)
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
