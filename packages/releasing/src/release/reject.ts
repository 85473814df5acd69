import type { Rejection } from '@switchyard/core'
import type { ReleaseState } from './records/state.ts'

/** Why a command was refused. */
export const REJECTIONS = [
  'NOT_DRAFT',
  'NOT_ACTIVE',
  'ALREADY_ARCHIVED',
  'NO_CUSTOMERS',
  'ALL_CUSTOMERS_IN',
  'CUSTOMER_NOT_IN_RELEASE',
  'UNKNOWN_STEP',
  'WRONG_STATUS',
  'REASON_NEEDED',
  'TEXT_TOO_LONG',
  'ALREADY_DONE',
  'NO_TEMPLATE',
  'NOT_CUSTOM',
  'UNKNOWN_ANCHOR',
  'RESERVED_STEP',
] as const
export type RejectionCode = (typeof REJECTIONS)[number]

export function reject(code: RejectionCode, message: string, hint: string): Rejection {
  return { rejected: { code, message, hint } }
}

export function notActive(release: ReleaseState | null): Rejection {
  return reject(
    'NOT_ACTIVE',
    release === null ? 'The release is a draft.' : `The release ${release.slug} is ${release.status}.`,
    'Only an active release can be changed so.',
  )
}
