import type { RunRef } from '@switchyard/core'
import { expect, it } from 'vitest'
import { runOf } from '../test/fixture.ts'
import { findOrphans } from './orphans.ts'
import type { Intent } from './types.ts'

const NOW = 1_000

function intentOf(claimedBy: Intent<null>['claimedBy'], leaseUntil = NOW + 1): Intent<null> {
  return { id: 'i', subject: 's', effect: null, correlationId: 'c', openedAt: 0, openedSeq: 1, claimedSeq: 1, claimedBy, leaseUntil }
}

it.each([
  ['of a run that GitHub calls completed', intentOf(runOf(9)), true],
  ['of a run that lives', intentOf(runOf(8)), false],
  ['of an earlier attempt of my run', intentOf(runOf(1, 1)), true],
  ['of another leg of my own attempt', intentOf(runOf(1, 2, 'other')), false],
  ['of my own attempt whose lease has passed', intentOf(runOf(1, 2), NOW - 1), true],
  ['of a living run whose lease has passed', intentOf(runOf(8), NOW - 1), true],
  ['of a run with my number in another repository', intentOf({ ...runOf(1, 1), repository: 'acme/other' }), false],
])('an intent %s', async (_, intent, isOrphan) => {
  const asked: number[] = []
  const isAttemptCompleted = async ({ run_id, repository }: RunRef): Promise<boolean> => {
    asked.push(run_id)
    return run_id !== 8 && repository === 'acme/shop'
  }
  const question = { run: runOf(1, 2), now: NOW, isAttemptCompleted }
  expect(await findOrphans([intent, intent], question)).toHaveLength(isOrphan ? 2 : 0)
  expect(asked.length).toBeLessThanOrEqual(1)
})
