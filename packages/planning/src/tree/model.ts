import type { Level } from '../model.ts'

/** One issue as the plan wants it. */
export interface PlanIssue {
  /** Names it for ever; a node's id, or `<id>-part-2` for a part that GitHub's ceiling made necessary. */
  readonly key: string
  /** The key of the issue that it belongs under; undefined for the epic. */
  readonly parent: string | undefined
  readonly level: Level
  /** At most 256 characters. */
  readonly title: string
  /** Inert Markdown: what stands between the markers of its body. */
  readonly section: string
  /** Keys of the issues that block it. */
  readonly dependsOn: readonly string[]
}

/** What was written to GitHub last, of one issue: the base that people's edits and the plan's changes are told apart by. */
export interface AppliedIssue {
  readonly key: string
  readonly parent: string | undefined
  readonly level: Level
  readonly number: number
  readonly title: string
  /** SHA-256 of the managed section as it was written. */
  readonly sha256: string
  readonly dependsOn: readonly string[]
  /** Whether the plan itself gave the key. */
  readonly hasOwnId: boolean
  /** Closed by us as not planned: the plan no longer has it. */
  readonly isDropped: boolean
}

/** An issue as it is on GitHub now. Only those that the token itself opened count as ours. */
export interface SeenIssue {
  readonly number: number
  /** GraphQL's id. */
  readonly nodeId: string
  readonly title: string
  readonly body: string
  readonly isOpen: boolean
  /** The number of its parent issue in the same repository. */
  readonly parent: number | undefined
  readonly url: string
}

/** One step from what is to what is wanted. */
export type TreeChange =
  | { readonly kind: 'create'; readonly issue: PlanIssue }
  /** The plan changed title or section, and nobody else did. */
  | { readonly kind: 'edit'; readonly issue: PlanIssue; readonly number: number; readonly parts: readonly ('title' | 'section')[] }
  | { readonly kind: 'move'; readonly key: string; readonly number: number; readonly from: string | undefined; readonly to: string }
  /** Another title and no id of its own: the same issue under a new key, if whoever confirms agrees. */
  | { readonly kind: 'rename'; readonly from: string; readonly issue: PlanIssue; readonly number: number }
  /** Closed as not planned: the plan no longer has it. */
  | { readonly kind: 'drop'; readonly key: string; readonly number: number; readonly title: string }
  /** Dropped before, and in the plan again. */
  | { readonly kind: 'revive'; readonly issue: PlanIssue; readonly number: number }
  | { readonly kind: 'link' | 'unlink'; readonly key: string; readonly blocker: string }

/** What people and the plan both changed: shown, and left as it is. */
export interface TreeConflict {
  readonly key: string
  readonly number: number
  /** `markers`: the section's own markers are gone or doubled; `gone`: the issue was deleted or moved away. */
  readonly what: 'title' | 'section' | 'markers' | 'parent' | 'gone'
}

export interface TreeDifference {
  /** In the order in which they are carried out: parents are there before their children. */
  readonly changes: readonly TreeChange[]
  readonly conflicts: readonly TreeConflict[]
  /** Of changes and conflicts, 12 hex digits: what `--confirm` names. */
  readonly hash: string
}
