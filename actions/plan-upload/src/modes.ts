import type { Outcome } from '@switchyard/action'
import { UserError } from '@switchyard/core'
import type { Door } from './door.ts'
import type { Spec } from './inputs.ts'
import { performMode } from './perform-mode.ts'
import type { Wish } from './wish.ts'

/** Everything that is no conversation; each mode loads when it is asked for. */
export async function perform(door: Door, wish: Extract<Wish, { kind: 'mode' }>): Promise<Outcome<Spec>> {
  const { mode } = wish
  switch (mode) {
    case 'validate':
      return (await import('./validate.ts')).validate(door, wish)
    case 'verify':
      return (await import('./verify.ts')).verify(door, wish)
    case 'sweep':
      return (await import('./sweep.ts')).sweep(door)
    case 'rollup':
      throw new UserError('REQUEST_INVALID', 'The event tells of no issue.', { hint: 'Run `rollup` on `issues: [closed, reopened]`.' })
    default:
      return performMode(door, { mode, issue: wish.issue })
  }
}
