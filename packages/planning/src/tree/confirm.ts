import { hashOf } from '@switchyard/core'
import type { TreeDifference } from './model.ts'

export interface Confirmable extends TreeDifference {
  /** Neither issues nor the saved plan would change. */
  readonly isEmpty: boolean
  readonly isOtherPlan: boolean
}

/** What is confirmed is the plan, too: of its text more than the issues' counts, such as what a task's files are held to. */
export function confirmable(difference: TreeDifference, { from, to }: { readonly from: string; readonly to: string }): Confirmable {
  const isOtherPlan = from !== to
  const hash = hashOf({ difference: difference.hash, from, to }).slice(0, 12)
  return { ...difference, hash, isOtherPlan, isEmpty: difference.changes.length === 0 && !isOtherPlan }
}

/** Whether whoever asks has seen this very difference. People may write a hash in capitals. */
export function isConfirmed({ hash }: Confirmable, confirm: string | undefined): boolean {
  return confirm?.toLowerCase() === hash
}
