import type { Level } from '../model.ts'

/** What sorts issues; the same for all of a plan. Labels and logins are the same in capitals. */
export interface Sorting {
  readonly labels: readonly string[]
  /** Its title. */
  readonly milestone: string | undefined
  /** Logins. */
  readonly assignees: readonly string[]
}

/** What sorts an issue on GitHub, whoever put it there. Ids are GraphQL's. */
export interface SeenSorting {
  readonly labels: readonly { readonly id: string; readonly name: string }[]
  readonly milestone: string | undefined
  readonly assignees: readonly { readonly id: string; readonly name: string }[]
}

/** What is put on an issue and taken off it. */
export interface SortingChange {
  readonly add: Omit<Sorting, 'milestone'>
  readonly remove: Omit<Sorting, 'milestone'>
  /** undefined: it stays. */
  readonly milestone: { readonly from: string | undefined; readonly to: string | undefined } | undefined
}

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
  /** Whether the plan itself gave the key; a part has what its node has. */
  readonly hasOwnId: boolean
  /** undefined: by nothing. */
  readonly sorting?: Sorting | undefined
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
  /** Closed by somebody before the plan lost it: left as it is, and no longer the plan's. Default false. */
  readonly hasLeft?: boolean | undefined
  /** What the plan sorted it by, whatever people made of that; undefined: by nothing. */
  readonly sorting?: Sorting | undefined
}

/** An issue as it is on GitHub now: its number is in the ledger, or one of the plan’s writers opened it. */
export interface SeenIssue {
  readonly number: number
  /** GraphQL's id. */
  readonly nodeId: string
  readonly title: string
  readonly body: string
  readonly isOpen: boolean
  /** Closed as not planned, as we close what the plan no longer has: so an interrupted run is known to have dropped it. */
  readonly isNotPlanned?: boolean
  /** The number of its parent issue in the same repository. */
  readonly parent: number | undefined
  readonly url: string
  /** undefined: it was not looked at. */
  readonly sorting?: SeenSorting | undefined
}

/** What of an issue's text is written anew; what is not among the parts stays as it is. */
interface Rewrite {
  readonly issue: PlanIssue
  readonly number: number
  readonly parts: readonly ('title' | 'section')[]
}

/** One step from what is to what is wanted. */
export type TreeChange =
  | { readonly kind: 'create'; readonly issue: PlanIssue }
  /** The plan changed title or section, and nobody else did. */
  | ({ readonly kind: 'edit' } & Rewrite)
  /** `to` undefined: out of the tree; an epic that was none, or a dropped issue whose place under a full parent is needed. */
  | {
      readonly kind: 'move'
      readonly key: string
      readonly number: number
      readonly from: string | undefined
      readonly to: string | undefined
    }
  /** Elsewhere among those that stand under the same parent: after another, or first. */
  | { readonly kind: 'place'; readonly key: string; readonly number: number; readonly after: string | undefined }
  /** Another title and no id of its own: the same issue under a new key, if whoever confirms agrees. */
  | ({ readonly kind: 'rename'; readonly from: string } & Rewrite)
  /** Closed as not planned: the plan no longer has it. */
  | { readonly kind: 'drop'; readonly key: string; readonly number: number; readonly title: string }
  /** Dropped before, and in the plan again: opened once more. */
  | ({ readonly kind: 'revive' } & Rewrite)
  | { readonly kind: 'link' | 'unlink'; readonly key: string; readonly blocker: string }
  /** The plan has other labels, another milestone or other assignees: of all issues that it has to be done to. */
  | ({ readonly kind: 'sort'; readonly numbers: readonly number[] } & SortingChange)

/** What people and the plan both changed: shown, and left as it is. */
export interface TreeConflict {
  readonly key: string
  /** The issue's; of `parent-gone` the missing parent's. */
  readonly number: number
  /**
   * `markers`: the section's own markers are gone, doubled or another issue's; `too-long`: with what people wrote around it the
   * section has no room; `gone`: the issue was deleted or moved away, and is not made again while the plan keeps its id;
   * `parent-gone`: it cannot be made or moved, since the issue that it belongs under is gone.
   */
  readonly what: 'title' | 'section' | 'markers' | 'too-long' | 'parent' | 'gone' | 'parent-gone'
}

/** Issues without ids of their own that may be one another's renames in more than one way: they are dropped and made anew. */
export interface UnsureRename {
  readonly level: Level
  /** The key of the issue that all of them stand under. */
  readonly parent: string | undefined
  readonly removed: readonly string[]
  readonly added: readonly string[]
}

export interface TreeDifference {
  /** In the order in which they are carried out: parents are there before their children. */
  readonly changes: readonly TreeChange[]
  readonly conflicts: readonly TreeConflict[]
  /** Told beside the changes: an id in the plan (`{#id}`) settles it. */
  readonly unsure: readonly UnsureRename[]
  /** Closed issues that the plan has no longer: left as they are, and counted no more. */
  readonly left: readonly AppliedIssue[]
  /** Of changes and conflicts, 12 hex digits: what `--confirm` names. */
  readonly hash: string
}
