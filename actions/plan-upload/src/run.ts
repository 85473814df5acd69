import { type Outcome, requireRepository } from '@switchyard/action'
import { openDoor } from './door.ts'
import { lookFirst } from './first-look.ts'
import type { Arguments, Spec } from './inputs.ts'
import { findWish } from './wish.ts'

/**
 * Finds out what is wanted, and has it done. What does it loads while the first answer is awaited.
 * @throws {UserError} `INVALID_INPUT` for a repository that is not `owner/name`
 */
export async function run(given: Arguments): Promise<Outcome<Spec>> {
  requireRepository('ledger-repository', given.inputs.ledgerRepository)
  requireRepository('target-repository', given.inputs.targetRepository)
  const wish = findWish(given.context, given.inputs)
  if (wish.kind === 'nothing') return { decision: 'nothing-to-do', reasonCode: 'not-for-us', headline: wish.why, result: {} }
  const door = openDoor(given)
  switch (wish.kind) {
    case 'converse': {
      const look = await lookFirst(door, wish)
      return (await import('./converse.ts')).converse(door, wish, look)
    }
    case 'rollup':
      return (await import('./rollup.ts')).rollup(door, wish)
    case 'push':
      return (await import('./push.ts')).takePush(door, wish)
    case 'mode':
      return (await import('./modes.ts')).perform(door, wish)
  }
}
