import { expect, test } from 'vitest'
import { lookAt } from '../plan-ending.test-support.ts'
import { playWhole, prepare, type What } from './prepared.test-support.ts'

const FAULTS = [
  { name: '502 before', kind: 'error-before' },
  { name: '502 after', kind: 'error-after' },
  { name: 'rate limited', kind: 'secondary-limit', ms: 30_000 },
  { name: 'the answer lost', kind: 'lost-answer-after' },
] as const

/** Each request with one fault; its neighbours have the others. */
async function casesOf(what: What) {
  const { requests, ending } = await playWhole(what)
  return Array.from({ length: requests }, (_, at) => at + 1).flatMap((nth) =>
    FAULTS.filter((_, at) => at === nth % FAULTS.length).map((fault) => ({ what, nth, whole: ending, ...fault })),
  )
}
const cases = (await Promise.all([casesOf('materialise'), casesOf('sync')])).flat()

test.concurrent.each(cases)(
  '$what, request $nth, $name: all is there once in that very run',
  async ({ what, nth, whole, kind, ...fault }) => {
    await using prepared = await prepare(what)
    const { lab, payload } = prepared
    lab.local.faults.add({ match: { nth }, kind, ...('ms' in fault && { ms: fault.ms }) })
    const played = await lab.play({ eventName: 'issue_comment', payload })
    expect({ reason: played?.reasonCode }).toEqual({ reason: what === 'sync' ? 'synced' : 'materialised' })
    // An answer that could not be drawn is given by a sweep.
    lab.local.clock.advance(20 * 60_000)
    await lab.sweep()
    expect(await lookAt(lab)).toEqual(whole)
  },
)
