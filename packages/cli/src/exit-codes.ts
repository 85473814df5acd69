import { type SwitchyardError, UserError } from '@switchyard/core'

/** How the command ends, for whoever started it. */
export const EXIT = { done: 0, fault: 1, usage: 2 } as const
export type ExitCode = (typeof EXIT)[keyof typeof EXIT]

export const EXIT_HELP = `Exit codes:
  0  done
  1  what was looked at has a fault, or GitHub or Switchyard itself failed
  2  wrong usage, or input that cannot be used`

/** A ledger that is broken is what `ledger` is there to find, whoever finds it. */
const FOUND_FAULTS: ReadonlySet<string> = new Set(['LEDGER_CORRUPT'])

export function exitCodeOf(error: SwitchyardError): ExitCode {
  return error instanceof UserError && !FOUND_FAULTS.has(error.code) ? EXIT.usage : EXIT.fault
}
