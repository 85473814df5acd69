import type { SavedPlan } from './records/parts.ts'

/** A plan's file as the default branch has it, and what is kept for the idea that it names. */
export interface BranchPlan {
  readonly path: string
  /** The idea's issue; undefined: the file names none. */
  readonly idea: number | undefined
  /** Of the file's text. */
  readonly sha256: string
  /** What is kept for the idea; undefined: nothing. */
  readonly plan: SavedPlan | undefined
  /** Whether its issues are being made or changed. */
  readonly isBusy: boolean
}

/** A plan that nobody has, or that came from this file and reads otherwise now. What came from elsewhere took its place on purpose. */
export function isBehind({ path, idea, sha256, plan, isBusy }: BranchPlan): boolean {
  if (idea === undefined || isBusy) return false
  return plan === undefined || (plan.source.kind === 'file' && plan.source.path === path && plan.sha256 !== sha256)
}
