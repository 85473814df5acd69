import type { Moment } from './types.ts'

export interface BranchPolicy {
  readonly id: number
  readonly name: string
  readonly type: 'branch' | 'tag'
}

export interface Environment {
  readonly id: number
  readonly repositoryId: number
  readonly name: string
  /** Minutes. */
  waitTimer: number
  preventSelfReview: boolean
  /** Ids of accounts. */
  reviewers: readonly number[]
  /** Undefined: every branch may deploy. */
  branches: 'protected' | 'custom' | undefined
  readonly branchPolicies: BranchPolicy[]
  readonly createdAt: Moment
  updatedAt: Moment
}
