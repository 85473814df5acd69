export const SEVERITIES = ['blocker', 'major', 'minor', 'note'] as const
export type Severity = (typeof SEVERITIES)[number]

/** `continue`: another round follows, and the review goes on. */
export const VERDICTS = ['approved', 'changes-requested', 'continue'] as const
export type Verdict = (typeof VERDICTS)[number]

export interface Finding {
  readonly severity: Severity
  /** A node's id, a heading or a line. */
  readonly where: string
  readonly text: string
}

export interface Round {
  /** From 1, without gaps. */
  readonly round: number
  /** Whoever or whatever reviewed: a login, a workflow, a model. */
  readonly reviewer: string
  readonly findings: readonly Finding[]
  readonly verdict: Verdict
  /** Share of the plan's lines that this round left as they were, 0 to 1: 1 is a plan that no longer changes. */
  readonly convergence: number
  /** ISO 8601, UTC. */
  readonly reviewed_at: string
  /** Whether it carried a revised plan. */
  readonly revised: boolean
}

/** A review result as somebody posts it: one round. Its schema is `schemas/plan-review.schema.json`. */
export interface ReviewResult {
  readonly schema_version: 1
  readonly reviewer?: string | undefined
  readonly findings: readonly Finding[]
  readonly verdict: Verdict
  /** The whole plan as the round left it. */
  readonly revised_plan?: string | undefined
}
