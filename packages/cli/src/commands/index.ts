import type { RegisterCommand } from '../command.ts'
import { registerLedger } from './ledger.ts'
import { registerLint } from './lint.ts'
import { registerUp } from './up.ts'

/** Every command, in the order of the help. */
export const commands: readonly RegisterCommand[] = [registerUp, registerLint, registerLedger]
