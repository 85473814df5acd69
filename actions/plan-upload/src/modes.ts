import type { Outcome } from '@switchyard/action'
import { UserError } from '@switchyard/core'
import type { Door } from './door.ts'
import type { Spec } from './inputs.ts'
import { performMode } from './perform-mode.ts'
import type { Wish } from './wish.ts'

/** What only repairs has nothing to be confirmed: whoever tries it out sees the status instead. */
export const NO_PREVIEW: Outcome<Spec> = {
  decision: 'nothing-to-do',
  reasonCode: 'dry-run',
  headline: 'What is left over is mended without being shown before; in a dry run it is left as it is.',
  result: {},
}

/** Everything that is no conversation; each mode loads when it is asked for. */
export async function perform(door: Door, wish: Extract<Wish, { kind: 'mode' }>): Promise<Outcome<Spec>> {
  const { mode } = wish
  switch (mode) {
    case 'validate':
      return (await import('./validate.ts')).validate(door, wish)
    case 'verify':
      return (await import('./verify.ts')).verify(door, wish)
    case 'sweep':
      return door.given.inputs.dryRun ? NO_PREVIEW : (await import('./sweep.ts')).sweep(door)
    case 'rollup':
      throw new UserError('REQUEST_INVALID', 'The event tells of no issue.', { hint: 'Run `rollup` on `issues: [closed, reopened]`.' })
    default:
      return performMode(door, { mode, issue: wish.issue })
  }
}
