import { isFullName, UserError } from '@switchyard/core'

/** For an input that names a repository. @throws {UserError} `INVALID_INPUT` for one that is given, and not written `owner/name`. */
export function requireRepository(input: string, value: string | undefined): void {
  if (value === undefined || isFullName(value)) return
  throw new UserError('INVALID_INPUT', `\`${input}\` is written owner/name, not ${JSON.stringify(value)}.`, {
    hint: 'Give both, as in `acme/tools`.',
  })
}
