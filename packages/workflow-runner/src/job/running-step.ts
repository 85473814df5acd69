import type { Scope } from '../expressions/evaluate.ts'
import type { StepLog } from '../step-log.ts'
import type { Frame, Job, StepObserver } from './job.ts'

/** A step while it runs: what its kinds have in common. */
export interface RunningStep {
  readonly job: Job
  readonly frame: Frame
  readonly scope: Scope
  /** Every variable that the workflow, the job, the step and earlier steps set. */
  readonly env: Readonly<Record<string, string>>
  readonly log: StepLog
  readonly observer: StepObserver
  /** The `github` context of this step. */
  readonly github: Readonly<Record<string, unknown>>
  readonly process: {
    readonly stop: AbortSignal
    readonly kill: AbortSignal
    readonly groups: Set<number>
  }
}
