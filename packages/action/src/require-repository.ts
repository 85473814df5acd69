import { UserError } from '@switchyard/core'

const FULL_NAME = /^[\w.-]+\/[\w.-]+$/

/** For an input that names a repository. @throws {UserError} `INVALID_INPUT` for one that is given, and not written `owner/name`. */
export function requireRepository(input: string, value: string | undefined): void {
  if (value === undefined || FULL_NAME.test(value)) return
  throw new UserError('INVALID_INPUT', `\`${input}\` is written owner/name, not ${JSON.stringify(value)}.`, {
    hint: 'Give both, as in `acme/tools`.',
  })
}
