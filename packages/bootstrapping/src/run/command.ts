import type { CommentCursor, Plan } from './records/parts.ts'

/** Starts a run. Everything was looked at before: what is left to decide is whether the ledger allows it now. */
export interface Start {
  readonly kind: 'start'
  readonly plan: Plan
  /** The snapshot that `plan.recipe` names. */
  readonly recipe: string
  /** When it was asked for, ms: a cancel after that holds for it. */
  readonly asked_at: number
  /** The hash that somebody approved; null: nobody had to. */
  readonly approved: string | null
  /** Take the template's tag as it is now, though it was another commit before. */
  readonly repin: boolean
}

export interface Cancel {
  readonly kind: 'cancel'
  /** When it was asked for, ms: what was asked for before does not start any more. */
  readonly asked_at: number
}

/** Ends the wait of a run whose repository is left over. */
export interface CleanUp {
  readonly kind: 'clean-up'
  readonly outcome: 'delete' | 'resolve'
  /** The repository's full name, as somebody wrote it out. */
  readonly confirmed: string
}

export interface RequestUpdate {
  readonly kind: 'update'
  /** Names the update for ever: what is merged into what. */
  readonly update_id: string
  readonly repository: string
  readonly repository_id: number
  readonly branch: string
  readonly base: string
  readonly title: string
  readonly body: string
}

/** The comments of an issue up to here have been acted on. */
export interface HandleComments {
  readonly kind: 'handle-comments'
  readonly cursor: CommentCursor
}

export type BootstrapCommand = Start | Cancel | CleanUp | RequestUpdate | HandleComments
