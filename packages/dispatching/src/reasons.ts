/** Why a target was not dispatched to, in the order in which reasons are looked for: the first that holds is given. */
export const REFUSALS = {
  'conclusion-not-selected': 'skipped',
  'branch-not-selected': 'skipped',
  'event-not-selected': 'skipped',
  'from-fork': 'skipped',
  'already-dispatched': 'skipped',
  'target-not-found': 'failed',
  'no-inbound-config': 'denied',
  'invalid-inbound-config': 'denied',
  'not-allowed': 'denied',
  'ref-not-allowed': 'denied',
  'inputs-not-allowed': 'denied',
  loop: 'denied',
  'too-deep': 'denied',
  'target-archived': 'failed',
  'workflow-not-found': 'failed',
  'no-workflow-dispatch-trigger': 'failed',
  'workflow-disabled': 'failed',
  'ref-not-found': 'failed',
  'unexpected-inputs': 'failed',
  'not-permitted': 'failed',
  'rate-limited': 'failed',
  'github-unreachable': 'failed',
  'dispatch-refused': 'failed',
  'needs-attention': 'failed',
} as const

export type Reason = keyof typeof REFUSALS
export type RefusalClass = (typeof REFUSALS)[Reason]

export const REASONS = Object.keys(REFUSALS) as [Reason, ...Reason[]]

/** One refusal with what a person needs: what happened, to what, and what to do next. */
export interface Refusal {
  readonly reason: Reason
  readonly message: string
  readonly hint: string
  /** YAML to add to a file, exactly as it must stand there. */
  readonly lines?: string
}
