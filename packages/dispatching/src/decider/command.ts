import type { DecidedTarget } from '../decision/decided.ts'
import type { IssuePolicy, SourceRecord } from '../records/parts.ts'

/** A run completed, and this is what its rules lead to. Holds all evaluated material, so that it can be decided again. */
export interface Complete {
  readonly kind: 'complete'
  readonly source: SourceRecord
  readonly targets: readonly DecidedTarget[]
  readonly issues: IssuePolicy
}

export type DispatchCommand = Complete
