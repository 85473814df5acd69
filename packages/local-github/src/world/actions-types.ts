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

export interface Artifact {
  readonly id: number
  readonly repositoryId: number
  readonly runId: number
  readonly name: string
  readonly sizeInBytes: number
  readonly createdAt: Moment
}

export interface Environment {
  readonly id: number
  readonly repositoryId: number
  readonly name: string
  readonly secrets: Set<string>
  readonly createdAt: Moment
  updatedAt: Moment
}

export interface DeploymentStatus {
  readonly id: number
  readonly state: 'error' | 'failure' | 'inactive' | 'in_progress' | 'queued' | 'pending' | 'success'
  readonly creatorId: number
  readonly description: string
  readonly logUrl: string
  readonly environmentUrl: string
  readonly createdAt: Moment
}

export interface Deployment {
  readonly id: number
  readonly repositoryId: number
  readonly environment: string
  readonly ref: string
  readonly sha: Oid
  readonly task: string
  readonly description: string | undefined
  readonly creatorId: number
  readonly payload: unknown
  readonly statuses: DeploymentStatus[]
  readonly createdAt: Moment
  updatedAt: Moment
}
