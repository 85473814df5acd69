import type { Moment } from './types.ts'

export interface BranchPolicy {
  readonly id: number
  readonly name: string
  readonly type: 'branch' | 'tag'
}

/** An account or a team of the repository's organisation. */
export interface EnvironmentReviewer {
  readonly type: 'User' | 'Team'
  readonly id: number
}

export interface Environment {
  readonly id: number
  readonly repositoryId: number
  readonly name: string
  /** Minutes. */
  waitTimer: number
  preventSelfReview: boolean
  reviewers: readonly EnvironmentReviewer[]
  /** Undefined: every branch may deploy. */
  branches: 'protected' | 'custom' | undefined
  readonly branchPolicies: BranchPolicy[]
  readonly createdAt: Moment
  updatedAt: Moment
}
