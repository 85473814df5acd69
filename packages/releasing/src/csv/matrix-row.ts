import type { Category, StepStatus } from '../model.ts'

/** The columns of a matrix, in the order in which they are written. */
export const COLUMNS = ['cluster', 'namespace', 'category', 'step', 'status', 'executed_at', 'executed_by', 'reason', 'notes'] as const
export type Column = (typeof COLUMNS)[number]

/** What a matrix cannot do without. */
export const NEEDED_COLUMNS = ['cluster', 'namespace', 'category', 'step', 'status'] as const satisfies readonly Column[]

/** One customer's copy of one step, as far as a matrix tells. */
export interface MatrixRow {
  readonly cluster: string
  readonly namespace: string
  readonly category: Category
  /** The step's id. */
  readonly step: string
  readonly status: StepStatus
  /** ms since the epoch, UTC. */
  readonly executedAt: number | undefined
  readonly executedBy: string | undefined
  readonly reason: string | undefined
  readonly notes: string | undefined
}
