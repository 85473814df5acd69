import type { TextRef } from '@switchyard/core'
import type { ReviewResult } from '../review/model.ts'
import type { Level } from '../model.ts'
import type { ItemChange, KeyRecord, PlanSource, Target, Unlisted, Writer } from './records/parts.ts'
import type { Move } from './transitions.ts'

export type { ItemChange, KeyRecord, PlanSource, Target, Unlisted, Writer }

/** Who asks, as judged when they asked. */
export interface Asker {
  readonly login: string
  /** Whether they may act on every idea, not only their own. */
  readonly isMaintainer: boolean
  /** Whether they need the role triage for this, and do not have it: anybody may open an idea in a public repository. */
  readonly lacksTriage?: boolean
}

/** The issue that an idea is. */
export interface IdeaIssue {
  readonly number: number
  readonly title: string
  /** Its author: the idea's owner. undefined: the account is gone. */
  readonly owner: string | undefined
}

/** A plan that parses: nothing else reaches the ledger. */
export interface WrittenPlan {
  readonly text: string
  readonly title: string
  readonly stories: number
  readonly tasks: number
  readonly source: PlanSource
}

interface AskedBy {
  readonly asker: Asker
  readonly issue: IdeaIssue
}

export type IdeaCommand =
  | (AskedBy & { readonly kind: 'upload'; readonly plan: WrittenPlan })
  /** The saved plan, read from another place: only that is taken over. */
  | (AskedBy & { readonly kind: 'follow'; readonly plan: WrittenPlan })
  | (AskedBy & { readonly kind: Move })
  /** `unseen`: where the issues of a made plan stand, and nothing can be seen; left out: something can. */
  | (AskedBy & { readonly kind: 'cancel'; readonly unseen?: Target | undefined })
  /** `convergence` and a revised plan's text were judged by whoever asks; the plan parses. */
  | (AskedBy & {
      readonly kind: 'review-result'
      readonly result: Omit<ReviewResult, 'revised_plan'>
      readonly convergence: number
      readonly revised: WrittenPlan | undefined
    })
  | (AskedBy & {
      readonly kind: 'materialise'
      readonly target: Target
      readonly planSha256: string
      /** Of the difference that was confirmed; undefined: none was, so that only what adds to what is there may be done. */
      readonly hash: string | undefined
      readonly keys: readonly KeyPlace[]
      /** undefined: nothing is carried out, or GitHub does not tell. */
      readonly writer: Writer | undefined
      /** Whether the plan's mentions notify people. */
      readonly allowMentions: boolean
    })
  /** A difference that was shown and confirmed. `keys` is the whole tree as the new plan wants it. */
  | (AskedBy & {
      readonly kind: 'sync'
      readonly plan: WrittenPlan
      readonly hash: string
      /** The plan's version that the difference was made against. */
      readonly basePlanSha256: string
      readonly keys: readonly KeyPlace[]
      readonly writer: Writer | undefined
      readonly allowMentions: boolean
    })
  /** What happened to one of the plan's issues on GitHub. */
  | { readonly kind: 'item-closed'; readonly number: number; readonly isPlanned: boolean }
  | { readonly kind: 'item-reopened'; readonly number: number }
  /** Deleted, or moved to another repository. */
  | { readonly kind: 'item-gone'; readonly number: number }

/** The command of one kind. */
export type CommandOf<Kind extends IdeaCommand['kind']> = Extract<IdeaCommand, { readonly kind: Kind }>

/** One issue to be: the intent holds every key before the first request. */
export interface KeyPlace {
  readonly key: string
  readonly parent: string | undefined
  readonly level: Level
}

/** Makes the issues on GitHub what the plan wants. The ledger's only effect of this stream. */
export interface ConvergeEffect {
  readonly id: string
  readonly kind: 'converge'
  readonly target: Target
  readonly plan: TextRef
  /** What was applied before; null the first time. */
  readonly applied: TextRef | null
  /** As whoever asked had it: whoever goes on writes the same sections. */
  readonly allow_mentions: boolean
  /** Parents first. */
  readonly keys: readonly KeyRecord[]
  /** Whose marks count, beside those of `unlisted`: anybody can write a mark into an issue of their own. */
  readonly writer: Writer | null
  /** What tries before this one may have made and could not write down; null: nothing. */
  readonly unlisted: Unlisted | null
  /** Whether it goes on with what another token began. */
  readonly is_handed_over: boolean
}

/** What carrying it out came to. `applied` is the text of an `AppliedRecord`. */
export type ConvergeAnswer =
  | {
      readonly kind: 'converged'
      readonly applied: string
      readonly items: Readonly<Record<string, number>>
      readonly created: number
      readonly changed: number
      readonly conflicts: number
      /** How the issues were before it changed anything; left out: none was looked at. */
      readonly found?: readonly ItemChange[]
      /** Issues that it closed or opened again: what the plan dropped or has again, and parents that followed; left out: none. */
      readonly states?: readonly ItemChange[]
    }
  /**
   * Nothing can be made of it without somebody's doing: refused by GitHub for good. What stands on GitHub now, if anything was made or
   * changed, is in `applied` and `items`: the next effect goes on from there.
   */
  | {
      readonly kind: 'failed'
      readonly code: string
      readonly message: string
      readonly hint: string
      readonly applied: string | undefined
      readonly items: Readonly<Record<string, number>>
      /** From when on there may be issues that `items` does not have, ms since the epoch; undefined: it has all. */
      readonly unlistedSince: number | undefined
    }
  /** Another token goes on: it is written down before it writes anything, so that whoever follows knows its issues, too. */
  | { readonly kind: 'handed-over'; readonly writer: Writer; readonly since: number }
