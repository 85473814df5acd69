import type { LocalGitHub, WorkflowRun } from '@switchyard/local-github'
import type { ActionStore } from './action-store.ts'
import type { ConcurrencyGroups } from './concurrency.ts'
import type { Line } from './line.ts'
import type { PreparedWorkflow } from './prepare.ts'
import type { Progress, RunView } from './progress.ts'
import type { Slots } from './slots.ts'
import type { JobResult } from '../plan/job-graph.ts'
import type { Granted } from '../plan/token-permissions.ts'

/** What every run of one runner shares. */
export interface RunnerCore {
  readonly github: LocalGitHub
  readonly actions: ActionStore
  readonly groups: ConcurrencyGroups
  readonly line: Line
  readonly slots: Slots
  readonly labels: readonly string[]
  readonly folder: string
  readonly node: string
  readonly minute: number
  readonly kill: AbortSignal
  readonly report: (progress: Progress) => void
}

/** A run while it executes. */
export interface ActiveRun {
  readonly core: RunnerCore
  readonly record: WorkflowRun
  readonly view: RunView
  /** Full name. */
  readonly repository: string
  readonly cancel: AbortSignal
  /** Ends everything of it at once. */
  readonly kill: AbortSignal
}

/** The jobs of one workflow within a run: the run's own, or one that a job calls. */
export interface JobsScope {
  readonly run: ActiveRun
  readonly prepared: PreparedWorkflow
  readonly inputs: Readonly<Record<string, unknown>>
  /** Undefined: every secret there is. */
  readonly secrets: Readonly<Record<string, string>> | undefined
  /** What the caller's token may do. */
  readonly cap: Granted | undefined
  /** Concurrency groups that are held by the run, and by the jobs that led here. */
  readonly heldGroups: readonly string[]
  /** What stands before the name of every job. */
  readonly prefix: string
  readonly cancel: AbortSignal
}

/** How the jobs of a workflow ended. */
export interface JobsEnd {
  readonly result: JobResult
  /** Of a called workflow: its outputs. */
  readonly outputs: Readonly<Record<string, string>>
}
