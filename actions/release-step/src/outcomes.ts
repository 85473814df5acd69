import type { Outcome } from '@switchyard/action'
import { findReasonCode, type Rejection } from '@switchyard/core'
import { REASON_CODES } from './reason-codes.ts'
import type { Spec } from './inputs.ts'
import { type Summary, summarise } from './summarise.ts'

/** A rule that says no is an answer; whoever started the run sees it fail by that reason. */
export function outcomeOfRejection(rejected: Rejection['rejected'], { slug, loaded }: Pick<Summary, 'slug' | 'loaded'>): Outcome<Spec> {
  const outcome = summarise({ slug, loaded, changes: [], refused: [{ command: undefined, rejected }], isDryRun: false, board: undefined })
  return {
    ...outcome,
    reasonCode: findReasonCode(REASON_CODES, rejected.code) ?? 'commands-refused',
    headline: `${rejected.message} ${rejected.hint}`,
    failed: true,
  }
}
