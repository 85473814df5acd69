import type { Rejection } from '@switchyard/core'
import { suggestStep } from './find-step.ts'

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

export function rejectDraft(slug: string): Rejection {
  return reject('NOT_ACTIVE', `The release ${slug} is a draft: nobody works on it yet.`, `Begin it with /release activate ${slug}.`)
}

export function rejectArchived({ slug }: { readonly slug: string }): Rejection {
  return reject(
    'NOT_ACTIVE',
    `The release ${slug} is archived, which is final: it stays as it is.`,
    'Write another release for what is left to do.',
  )
}

export function rejectOutsider(slug: string, address: string): Rejection {
  return reject('CUSTOMER_NOT_IN_RELEASE', `${address} is not in the release ${slug}.`, `Bring it in with /release add ${address}`)
}

/** A copy of a step that a command names. */
interface Copy {
  readonly step: string
  readonly address: string
}

/** `known`: the steps that the customer has. */
export function rejectUnknownStep({ step, address }: Copy, known: readonly string[]): Rejection {
  return reject('UNKNOWN_STEP', `${address} has no step ${step}.`, suggestStep(step, known))
}

export function rejectUnknownAnchor({ step, address }: Copy, known: readonly string[]): Rejection {
  return reject('UNKNOWN_ANCHOR', `${address} has no step ${step} to put another beside.`, suggestStep(step, known))
}

/** `why`: what being done stands against. */
export function rejectDone({ step, address }: Copy, why: string): Rejection {
  return reject('ALREADY_DONE', `${step} is done for ${address}: ${why}.`, `Take it back first: /step revert ${step} ${address}`)
}
