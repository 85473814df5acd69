import type { Outcome } from '@switchyard/action'
import { cancelByMode } from './cancel.ts'
import { cleanUpByMode } from './clean-up.ts'
import type { Door } from './door.ts'
import { recover } from './recover.ts'
import type { Spec } from './run.ts'
import type { AskedMode } from './first-look.ts'
import type { Mode } from './wish.ts'

/** What nobody waits for in a conversation; each asks by itself. */
export async function perform(door: Door, mode: Exclude<Mode, AskedMode>): Promise<Outcome<Spec>> {
  switch (mode) {
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
