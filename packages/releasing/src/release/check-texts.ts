import type { Rejection } from '@switchyard/core'
import { MAX_CONTENT_BYTES, MAX_TITLE_LENGTH } from '../files/limits.ts'
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

/** A customer's own words, by the limits that the release's file has. */
export function tooLarge(
  { name, content }: { readonly name: string | null; readonly content: string | null },
  address: string,
): Rejection | undefined {
  if (name !== null && name.length > MAX_TITLE_LENGTH) {
    return reject(
      'TEXT_TOO_LONG',
      `The step’s name for ${address} has ${name.length} characters; ${MAX_TITLE_LENGTH} are allowed.`,
      'Choose a shorter one.',
    )
  }
  const bytes = content === null ? 0 : new TextEncoder().encode(content).length
  if (bytes <= MAX_CONTENT_BYTES) return undefined
  return reject(
    'TEXT_TOO_LONG',
    `The content for ${address} has ${bytes} bytes; ${MAX_CONTENT_BYTES} are allowed.`,
    'Keep it in the repository, and let the step call it.',
  )
}
