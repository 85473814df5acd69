import { type Outcome, requireRepository } from '@switchyard/action'
import { openDoor } from './door.ts'
import { lookAtEdit, lookAtIssue } from './first-look.ts'
import type { Arguments, Spec } from './inputs.ts'
import { requireSlug } from './slug.ts'
import { findWish } from './wish.ts'

/** Finds out what is wanted, and has it done. What does it loads while the first answer is awaited. */
export async function run(given: Arguments): Promise<Outcome<Spec>> {
  requireRepository('ledger-repository', given.inputs.ledgerRepository)
  // It becomes part of paths: looked at before anything is made of it.
  if (given.inputs.release !== undefined) requireSlug(given.inputs.release)
  const wish = findWish(given.context, given.inputs)
  if (wish.kind === 'nothing') return { decision: 'nothing-to-do', reasonCode: 'not-for-us', headline: wish.why, result: {} }
  const door = openDoor(given)
  switch (wish.kind) {
    case 'converse': {
      const look = await lookAtIssue(door, wish)
      return (await import('./converse.ts')).converse(door, wish, look)
    }
    case 'ticks': {
      const look = await lookAtEdit(door, wish)
      return (await import('./ticks.ts')).takeTicks(door, wish, look)
    }
    case 'mode':
      return (await import('./modes.ts')).perform(door, wish)
  }
}
