import { requireRepository } from '@switchyard/action'
import { findRefFault, UserError } from '@switchyard/core'
import type { Arguments } from './run.ts'

/** @throws {UserError} `INVALID_INPUT` for a repository that is not `owner/name`, and for a ref that is no short name. */
export function checkInputs({ defaultRef, issueRepository, ledgerRepository }: Arguments['inputs']): void {
  requireRepository('issue-repository', issueRepository)
  requireRepository('ledger-repository', ledgerRepository)
  if (defaultRef === undefined) return
  const fault = defaultRef.startsWith('refs/') ? 'it is a full name' : findRefFault(defaultRef)
  // A dispatch is found again by the short name that its run shows.
  if (fault !== undefined) {
    throw new UserError('INVALID_INPUT', `\`default-ref\` cannot be ${defaultRef}: ${fault}`, {
      hint: 'Give a branch or tag by its short name, as in `main`.',
    })
  }
}
