import type { Outcome, RunArguments } from '@switchyard/action'
import { openDoor } from './door.ts'
import { lookFirst } from './first-look.ts'
import type { spec } from './inputs.ts'
import { findWish } from './wish.ts'

export type Spec = typeof spec
export type Arguments = RunArguments<Spec>

/** Finds out what is wanted, and has it done. What does it loads while the first answer is awaited. */
export async function run(given: Arguments): Promise<Outcome<Spec>> {
  const wish = findWish(given.context, given.inputs)
  if (wish.kind === 'nothing') return { decision: 'nothing-to-do', reasonCode: 'not-for-us', headline: wish.why, result: {} }
  const door = openDoor(given)
  if (wish.kind === 'converse') {
    const look = await lookFirst(door, wish)
    return (await import('./converse.ts')).converse(door, wish, look)
  }
  const { mode, issue } = wish
  switch (mode) {
    case 'preview': {
      const looking = lookFirst(door, { ...wish, mode })
      await Promise.allSettled([looking])
      return (await import('./preview.ts')).preview(door, issue, looking)
    }
    case 'create':
    case 'retry': {
      const look = await lookFirst(door, { ...wish, mode })
      return (await import('./create-mode.ts')).createByMode(door, { mode, issue }, look)
    }
    default:
      return (await import('./modes.ts')).perform(door, mode)
  }
}
