import type { RegisterCommand } from '../command.ts'
import { registerDemo } from './demo.ts'
import { registerImportPlan } from './import-plan.ts'
import { registerLedger } from './ledger.ts'
import { registerLint } from './lint.ts'
import { registerRun } from './run.ts'
import { registerUp } from './up.ts'

/** Every command, in the order of the help. */
export const commands: readonly RegisterCommand[] = [
  registerDemo,
  registerRun,
  registerUp,
  registerLint,
  registerImportPlan,
  registerLedger,
]
