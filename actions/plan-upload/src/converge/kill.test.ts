import { expect, test } from 'vitest'
import { lookAt } from '../plan-ending.test-support.ts'
import { playWhole, prepare, type What } from './prepared.test-support.ts'

const KINDS = ['lost-answer-before', 'lost-answer-after'] as const
const FINISHES = ['the next comment', 'its second attempt', 'the sweep'] as const

/** Each request, killed before and after its effect, and finished in each way in turn. Making the issues is killed as a bundle. */
async function casesOf(what: What) {
  const whole = await playWhole(what)
  const cases = Array.from({ length: whole.requests }, (_, at) => at + 1).flatMap((nth) =>
    KINDS.flatMap((kind, at) => {
      const finish = FINISHES[(nth + 2 * at) % 3]
      return finish === undefined ? [] : [{ what, nth, kind, finish, whole: whole.ending }]
    }),
  )
  return { whole, cases }
}
const { cases } = await casesOf('sync')

test.concurrent.each(cases)('$what killed at request $nth ($kind) is finished by $finish', async ({ what, nth, kind, finish, whole }) => {
  await using prepared = await prepare(what)
  const { lab, payload } = prepared
  const { world, clock } = lab.local
  const run = await world.startRun({ repository: 'acme/shelf', workflow: 'plan.yml', event: 'issue_comment', actor: 'owner' })
  expect(await lab.play({ eventName: 'issue_comment', payload, run, kill: { match: { nth }, kind } })).toBeUndefined()
  // Old enough for a sweep to take the run for lost.
  clock.advance(20 * 60_000)
  if (finish === 'the next comment') await lab.say('/plan show')
  else if (finish === 'the sweep') await lab.sweep()
  else await lab.play({ eventName: 'issue_comment', payload, run, attempt: 2 })
  const replies = finish === 'the next comment' ? [...whole.replies, 1] : whole.replies
  expect({ ...(await lookAt(lab)), warnings: lab.warnings }).toEqual({ ...whole, replies, warnings: [] })
})
