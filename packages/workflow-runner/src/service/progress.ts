import type { StepOutcome } from '../job/job.ts'

/** A run, as those who watch see it. */
export interface RunView {
  readonly id: number
  readonly attempt: number
  /** Full name. */
  readonly repository: string
  readonly workflow: string
  readonly path: string
  readonly title: string
  readonly event: string
  readonly url: string
  /** Login of whoever's doing the event was; an App's ends in `[bot]`. */
  readonly actor: string
  /** The run whose `workflow_run` event started it. */
  readonly startedBy: number | undefined
}

export interface JobView {
  readonly id: number
  readonly name: string
}

export type Conclusion = StepOutcome | 'startup_failure'

/** What happens, in the order in which it does. */
export type Progress =
  | { readonly kind: 'run-queued'; readonly run: RunView }
  | { readonly kind: 'run-started'; readonly run: RunView }
  /** Nothing of the run is executed: what is wrong with it, or not supported, with places. */
  | { readonly kind: 'run-refused'; readonly run: RunView; readonly reasons: readonly string[] }
  | { readonly kind: 'run-completed'; readonly run: RunView; readonly conclusion: Conclusion; readonly durationMs: number }
  | { readonly kind: 'job-started'; readonly run: RunView; readonly job: JobView }
  | {
      readonly kind: 'job-completed'
      readonly run: RunView
      readonly job: JobView
      readonly conclusion: StepOutcome
      readonly durationMs: number
      readonly summary: string
      /** What went wrong outside its steps, so that no line of theirs says it. */
      readonly problems: readonly string[]
    }
  | { readonly kind: 'step-started'; readonly run: RunView; readonly job: JobView; readonly step: string }
  | {
      readonly kind: 'step-completed'
      readonly run: RunView
      readonly job: JobView
      readonly step: string
      readonly conclusion: StepOutcome
    }
  | { readonly kind: 'line'; readonly run: RunView; readonly job: JobView; readonly text: string }
  /** Something a user should know that belongs to no run. */
  | { readonly kind: 'note'; readonly text: string }
