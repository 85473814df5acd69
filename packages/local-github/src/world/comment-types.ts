import type { Moment } from './types.ts'

export interface Comment {
  readonly id: number
  readonly issueId: number
  readonly repositoryId: number
  readonly authorId: number
  readonly appId: number | undefined
  body: string
  readonly createdAt: Moment
  updatedAt: Moment
  /** When its text was changed last, if ever. */
  editedAt: Moment | undefined
}

export const reactionContents = ['+1', '-1', 'laugh', 'confused', 'heart', 'hooray', 'rocket', 'eyes'] as const
export type ReactionContent = (typeof reactionContents)[number]

export interface Reaction {
  readonly id: number
  readonly subject: { readonly kind: 'issue' | 'comment'; readonly id: number }
  readonly userId: number
  readonly content: ReactionContent
  readonly createdAt: Moment
}
