import { UserError } from './errors.ts'
import type { Fault } from './fault.ts'

/** The error of a file with faults: it tells the first, stands where that one is, and carries all. `what`: `plan.md has faults`. */
export function faultsError(code: string, what: string, faults: readonly Fault[]): UserError {
  const [first] = faults
  return new UserError(code, `${what}: ${first?.message ?? ''}`, {
    faults,
    ...(first?.place && { place: first.place }),
    ...(first?.hint !== undefined && { hint: first.hint }),
  })
}
