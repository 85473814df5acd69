import { requireRepository } from '@switchyard/action'
import type { Arguments } from './run.ts'

/** @throws {UserError} `INVALID_INPUT` for repositories that are not `owner/name`. */
export function checkInputs({ inputs }: Arguments): void {
  requireRepository('ledger-repository', inputs.ledgerRepository)
  requireRepository('confirm', inputs.confirm)
  for (const name of inputs.repositories) requireRepository('repositories', name)
}
