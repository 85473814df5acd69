import type { Outcome } from '@switchyard/action'
import type { Rejection } from '@switchyard/core'
import { REASON_CODES } from './reason-codes.ts'
import type { Spec } from './inputs.ts'
import { type Summary, summarise } from './summarise.ts'

type ReasonCode = keyof typeof REASON_CODES

/** A rule that says no is an answer; whoever started the run sees it fail by that reason. */
export function outcomeOfRejection(rejected: Rejection['rejected'], { slug, loaded }: Pick<Summary, 'slug' | 'loaded'>): Outcome<Spec> {
  const outcome = summarise({ slug, loaded, changes: [], refused: [{ command: undefined, rejected }], isDryRun: false, board: undefined })
  return { ...outcome, reasonCode: reasonOf(rejected.code), headline: `${rejected.message} ${rejected.hint}`, failed: true }
}

function reasonOf(code: string): ReasonCode {
  const reason = code.toLowerCase().replaceAll('_', '-')
  return isReason(reason) ? reason : 'commands-refused'
}

function isReason(reason: string): reason is ReasonCode {
  return Object.hasOwn(REASON_CODES, reason)
}
