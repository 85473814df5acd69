import type { Oid } from '../git/types.ts'
import type { CheckConclusion } from './check-types.ts'
import type { Moment } from './types.ts'

/** A workflow file that was seen on the default branch; the id stays with the path, as on GitHub. */
export interface Workflow {
  readonly id: number
  readonly repositoryId: number
  readonly path: string
  state: 'active' | 'disabled_manually' | 'deleted'
  readonly createdAt: Moment
  updatedAt: Moment
}

export type RunStatus = 'queued' | 'in_progress' | 'completed' | 'waiting' | 'requested' | 'pending'
export type RunConclusion = CheckConclusion

export interface WorkflowRunAttempt {
  readonly number: number
  status: RunStatus
  conclusion: RunConclusion | undefined
  readonly triggeringActorId: number
  readonly startedAt: Moment
  updatedAt: Moment
}

/** What the run's workflow sees of where it was started. */
export interface RunOrigin {
  /** The webhook's payload: `github.event`. */
  readonly payload: Readonly<Record<string, unknown>>
  /** Full name: `refs/heads/main`, `refs/pull/7/merge`. */
  readonly ref: string
  /** Of a pull request; empty otherwise. */
  readonly headRef: string
  readonly baseRef: string
  /** The commit that the workflow's file is taken from, and its full ref. */
  readonly fileSha: Oid
  readonly fileRef: string
  /** How many `workflow_run` events stand between it and an event from outside. */
  readonly chained: number
}

export interface WorkflowRun {
  readonly id: number
  readonly repositoryId: number
  readonly workflowId: number
  readonly workflowPath: string
  readonly workflowName: string
  readonly runNumber: number
  readonly displayTitle: string
  readonly event: string
  readonly headBranch: string | undefined
  readonly headSha: Oid
  readonly headRepositoryId: number
  readonly actorId: number
  readonly checkSuiteId: number
  /** Inputs of a workflow_dispatch, as text. */
  readonly inputs: Readonly<Record<string, string>>
  readonly origin: RunOrigin
  /** The last is the current one. */
  readonly attempts: WorkflowRunAttempt[]
  readonly createdAt: Moment
}

export interface WorkflowJobStep {
  readonly number: number
  readonly name: string
  status: RunStatus
  conclusion: RunConclusion | undefined
  startedAt: Moment | undefined
  completedAt: Moment | undefined
}

export interface WorkflowJob {
  readonly id: number
  readonly runId: number
  readonly attempt: number
  readonly name: string
  readonly labels: readonly string[]
  readonly checkRunId: number
  status: RunStatus
  conclusion: RunConclusion | undefined
  readonly createdAt: Moment
  startedAt: Moment
  completedAt: Moment | undefined
  readonly steps: WorkflowJobStep[]
  /** Masked; grows while the job runs. */
  readonly log: string[]
}
