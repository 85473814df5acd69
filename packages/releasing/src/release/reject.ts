import type { Rejection } from '@switchyard/core'
import { suggestStep } from './find-step.ts'
import type { BegunRun } from './records/parts.ts'

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
  'RUN_OPEN',
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

/** Whether it ran to its end, in part or not at all is not known: only a person can look. */
export function rejectOpenRun({ step, address }: Copy, { at, by, run_id, run_attempt }: Omit<BegunRun, 'sha256' | 'url'>): Rejection {
  const when = new Date(at).toISOString().replace(/\.\d+Z$/, 'Z')
  return reject(
    'RUN_OPEN',
    `A run of ${step} for ${address} began at ${when} for ${by}, and its end is not recorded (run ${run_id}, attempt ${run_attempt}).`,
    `It goes on still, or was cut off behind its beginning. Look at it (/step show ${step} ${address} links it), and at what it changed; then say what is so: /step done ${step} ${address}, /step skip ${step} ${address} <reason>, or, to run it again, /step revert ${step} ${address}`,
  )
}
