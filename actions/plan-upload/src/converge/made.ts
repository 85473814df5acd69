import type { AppliedIssue, TreeConflict } from '@switchyard/planning'

/** What a run did, for whoever asked. */
export interface Made {
  readonly created: number
  readonly changed: number
  readonly conflicts: readonly TreeConflict[]
  /** What GitHub left out without a word, or what was mended on the way, a sentence each. */
  readonly notes: readonly string[]
  readonly applied: readonly AppliedIssue[]
  /** How far it came, where it is to be gone on with; undefined: it came to its end. */
  readonly stopped?: Stopped | undefined
}

export interface Stopped {
  readonly done: number
  readonly total: number
  /** When GitHub has room again, ms since the epoch; undefined: something else stopped it. */
  readonly resumesAt: number | undefined
}
