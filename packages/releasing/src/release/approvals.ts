import type { TextRef } from '@switchyard/core'
import type { StepType } from '../model.ts'
import type { ReleaseState } from './records/state.ts'

/** Content that runs though it is not the default branch's: as what, and where. */
export interface Approval {
  readonly environment: string
  /** The same text may be harmless as SQL, and not for a shell. */
  readonly type: StepType
  readonly sha256: string
}

/** What an admin approved for an environment. */
export function approvalsFor({ approved }: Pick<ReleaseState, 'approved'>, environment: string): ReleaseState['approved'][string] {
  // Environments are named in the inventory, `constructor` too.
  return Object.hasOwn(approved, environment) ? (approved[environment] ?? []) : []
}

export function isApproved(release: Pick<ReleaseState, 'approved'>, { environment, type, sha256 }: Approval): boolean {
  return approvalsFor(release, environment).some((one) => one.type === type && one.sha256 === sha256)
}

/** The SHA-256 of a step's content, which is never longer than one piece of a text; undefined: there is none. */
export function contentHash({ blobs }: TextRef): string | undefined {
  return blobs.length === 1 ? blobs[0] : undefined
}
