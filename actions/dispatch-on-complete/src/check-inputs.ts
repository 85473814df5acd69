import { findRefFault, UserError } from '@switchyard/core'
import type { Arguments } from './run.ts'

const FULL_NAME = /^[\w.-]+\/[\w.-]+$/

/** @throws {UserError} `INVALID_INPUT` for a repository that is not `owner/name`, and for a ref that is no short name. */
export function checkInputs({ defaultRef, issueRepository, ledgerRepository }: Arguments['inputs']): void {
  const repositories = [
    ['issue-repository', issueRepository],
    ['ledger-repository', ledgerRepository],
  ] as const
  for (const [name, value] of repositories) {
    if (value !== undefined && !FULL_NAME.test(value)) {
      throw refuse(`\`${name}\` is written owner/name, not ${value}`, `Give both, as in \`acme/tools\`.`)
    }
  }
  if (defaultRef === undefined) return
  const fault = defaultRef.startsWith('refs/') ? 'it is a full name' : findRefFault(defaultRef)
  // A dispatch is found again by the short name that its run shows.
  if (fault !== undefined) {
    throw refuse(`\`default-ref\` cannot be ${defaultRef}: ${fault}`, 'Give a branch or tag by its short name, as in `main`.')
  }
}

const refuse = (message: string, hint: string): UserError => new UserError('INVALID_INPUT', message, { hint })
