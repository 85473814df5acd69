import type { Oid } from '../git/types.ts'
import type { Moment } from './types.ts'

export const checkStatuses = ['queued', 'in_progress', 'completed', 'waiting', 'requested', 'pending'] as const
export type CheckStatus = (typeof checkStatuses)[number]

export const checkConclusions = [
  'success',
  'failure',
  'neutral',
  'cancelled',
  'skipped',
  'timed_out',
  'action_required',
  'stale',
  'startup_failure',
] as const
export type CheckConclusion = (typeof checkConclusions)[number]

export interface CheckAnnotation {
  readonly path: string
  readonly start_line: number
  readonly end_line: number
  readonly start_column: number | undefined
  readonly end_column: number | undefined
  readonly annotation_level: 'notice' | 'warning' | 'failure'
  readonly message: string
  readonly title: string | undefined
  readonly raw_details: string | undefined
}

export interface CheckOutput {
  title: string | undefined
  summary: string | undefined
  text: string | undefined
  readonly annotations: CheckAnnotation[]
}

export interface CheckAction {
  readonly label: string
  readonly description: string
  readonly identifier: string
}

export interface CheckSuite {
  readonly id: number
  readonly repositoryId: number
  readonly appId: number
  readonly headSha: Oid
  headBranch: string | undefined
  readonly createdAt: Moment
  updatedAt: Moment
}

export interface CheckRun {
  readonly id: number
  readonly repositoryId: number
  readonly suiteId: number
  readonly appId: number
  readonly headSha: Oid
  name: string
  externalId: string | undefined
  detailsUrl: string | undefined
  status: CheckStatus
  conclusion: CheckConclusion | undefined
  startedAt: Moment | undefined
  completedAt: Moment | undefined
  output: CheckOutput
  actions: readonly CheckAction[]
}
