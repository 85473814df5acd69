import type { ParsedField } from '@switchyard/commands'
import { UserError } from '@switchyard/core'

/** What is filled in, by the input that is missing. */
const WORDS = {
  release: 'the release, by the name of its file without the ending',
  step: 'the step, by its id',
  reason: 'why',
  notes: 'what is worth keeping',
  name: 'what the step is called',
  content: 'what is carried out',
  sha256: 'the SHA-256 of the content, as /step show prints it',
} as const

/** @returns `REQUEST_INVALID` naming the input and what belongs into it. */
export function missingField(field: keyof typeof WORDS): UserError {
  return new UserError('REQUEST_INVALID', `The input \`${field}\` is missing.`, { hint: `Fill in ${WORDS[field]}.` })
}

/** @throws {UserError} `REQUEST_INVALID` naming the input and all that is wrong with it. */
export function requireField<Value>(field: string, parsed: ParsedField<Value>): Value {
  if (parsed.ok) return parsed.value
  const [first] = parsed.faults
  throw new UserError('REQUEST_INVALID', `The input \`${field}\`: ${parsed.faults.map(({ message }) => message).join(' ')}`, {
    ...(first && { hint: first.hint }),
  })
}
