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
  /** Inputs of a workflow_dispatch, or the client payload of a repository_dispatch. */
  readonly inputs: Readonly<Record<string, unknown>>
  /** The last is the current one. */
  readonly attempts: WorkflowRunAttempt[]
  readonly createdAt: Moment
}
