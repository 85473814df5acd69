import { UserError } from '@switchyard/core'

/** @throws {UserError} with everything certain that stands against it. */
export function refuseUnless(
  canProceed: boolean,
  findings: readonly { readonly code: string; readonly severity: string; readonly message: string; readonly hint: string }[],
): void {
  if (canProceed) return
  const errors = findings.filter(({ severity }) => severity === 'error')
  const [first] = errors
  if (first === undefined) return
  throw new UserError(first.code, errors.map(({ message }) => message).join(' '), {
    hint: first.hint,
    faults: errors.map(({ code, message, hint }) => ({ code, message, hint, severity: 'error' })),
  })
}
