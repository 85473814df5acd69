import type { Rejection } from '@switchyard/core'

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
  'TEXT_NOT_ALLOWED',
  'ALREADY_DONE',
  'NO_TEMPLATE',
  'NOT_CUSTOM',
  'UNKNOWN_ANCHOR',
  'WRONG_ANCHOR',
  'RESERVED_STEP',
  'TEXT_NOT_RUN',
  'CONTENT_DIFFERS',
  'NOT_APPROVED',
] as const
export type RejectionCode = (typeof REJECTIONS)[number]

export function reject(code: RejectionCode, message: string, hint: string): Rejection {
  return { rejected: { code, message, hint } }
}
