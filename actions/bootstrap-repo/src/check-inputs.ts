import { UserError } from '@switchyard/core'
import type { Arguments } from './run.ts'

const FULL_NAME = /^[\w.-]+\/[\w.-]+$/

/** @throws {UserError} `INVALID_INPUT` for repositories that are not `owner/name`, and an App without its key or a key without its App. */
export function checkInputs({ inputs, secrets }: Arguments): void {
  const named = [
    ['ledger-repository', inputs.ledgerRepository],
    ['confirm', inputs.confirm],
    ...inputs.repositories.map((name) => ['repositories', name]),
  ]
  for (const [input, value] of named) {
    if (value !== undefined && !FULL_NAME.test(value)) {
      throw refuse(`\`${input}\` is written owner/name, not ${JSON.stringify(value)}.`, 'Give both, as in `acme/tools`.')
    }
  }
  if ((inputs.appId === undefined) !== (secrets.privateKey === undefined)) {
    throw refuse('An App needs both `app-id` and `private-key`; only one of them was given.', 'Give both, or use `bootstrap-token`.')
  }
}

const refuse = (message: string, hint: string): UserError => new UserError('INVALID_INPUT', message, { hint })
