import type { Rejection } from '@switchyard/core'
import { FORMATS } from '../files/formats.ts'
import { MAX_TITLE_LENGTH } from '../files/limits.ts'
import { findUnsound } from '../files/sound-content.ts'
import type { StepType } from '../model.ts'
import { reject } from './reject.ts'
import { MAX_NOTES } from './text-limits.ts'

/** Notes and reasons. */
export function tooLong(text: string | null, address: string): Rejection | undefined {
  if (text === null || text.length <= MAX_NOTES) return undefined
  return reject(
    'TEXT_TOO_LONG',
    `The text for ${address} has ${text.length} characters; ${MAX_NOTES} are allowed.`,
    'Say it in a comment of its own, and link to that.',
  )
}

/** A customer's own words, by the rules that the release's file has. null: it stays as it is. */
export function findTextFault(
  { name, content, type }: { readonly name: string | null; readonly content: string | null; readonly type: StepType },
  address: string,
): Rejection | undefined {
  if (name !== null && name.length > MAX_TITLE_LENGTH) {
    return reject(
      'TEXT_TOO_LONG',
      `The step’s name for ${address} has ${name.length} characters; ${MAX_TITLE_LENGTH} are allowed.`,
      'Choose a shorter one.',
    )
  }
  const { pattern, must, hint, find } = FORMATS.line
  if (name !== null && !pattern.test(name)) {
    const exact = find(name)
    return reject('TEXT_NOT_ALLOWED', `The step’s name for ${address} ${must}${exact === undefined ? '' : `: ${exact}`}.`, hint)
  }
  const found = content === null ? undefined : findUnsound({ text: content, isShell: type === 'bash', what: `The content for ${address}` })
  if (found === undefined) return undefined
  const code = found.code === 'content-too-large' ? 'TEXT_TOO_LONG' : 'TEXT_NOT_ALLOWED'
  return reject(code, found.message, found.hint)
}
