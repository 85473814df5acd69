import type { Outcome } from '@switchyard/action'
import { cancelByMode } from './cancel.ts'
import { cleanUpByMode } from './clean-up.ts'
import { createByMode } from './create-mode.ts'
import type { Door } from './door.ts'
import { preview } from './preview.ts'
import { recover } from './recover.ts'
import type { Spec } from './run.ts'
import type { Wish } from './wish.ts'

/** Everything that is no conversation. */
export async function perform(door: Door, { mode, issue }: Extract<Wish, { kind: 'mode' }>): Promise<Outcome<Spec>> {
  switch (mode) {
    case 'preview':
      return preview(door, issue)
    case 'create':
    case 'retry':
      return createByMode(door, { mode, issue })
    case 'cancel':
      return cancelByMode(door)
    case 'cleanup':
      return cleanUpByMode(door)
    case 'recover':
      return recover(door)
    case 'drift':
    case 'update':
      return (await import('./keep-up.ts')).keepUp(door, mode)
    case 'lint':
      return (await import('./lint.ts')).lint(door)
    case 'verify-token':
      return (await import('./verify-token.ts')).verifyToken(door)
  }
}
