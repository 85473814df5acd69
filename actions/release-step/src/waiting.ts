import { type CommandComment, type Cursor, findAnswered, selectUnhandled } from '@switchyard/commands'
import { FAMILIES } from './command-list.ts'
import type { Observation } from './observe.ts'

export interface Waiting extends CommandComment {
  /** Changed after it was written: what it says now may not be what was meant. */
  readonly isEdited: boolean
  /** The ledger has passed it: it was handled, and whoever did was gone before it was answered. */
  readonly isPast: boolean
}

/** Comments with commands that nobody answered on the issue, oldest first. A reply stands behind its comment, so what is read holds both. */
export function findWaiting({ conversation, release }: Pick<Observation, 'conversation' | 'release'>): readonly Waiting[] {
  if (conversation === undefined) return []
  const answered = findAnswered('release', conversation.comments)
  const last = release?.cursor ?? null
  const cursor: Cursor | undefined = last === null ? undefined : { createdAt: last.created_at, id: last.id }
  const select = (from: Cursor | undefined) => selectUnhandled({ cursor: from, comments: conversation.comments, families: FAMILIES })
  const newer = select(cursor)
  const isNew = new Set([...newer.comments, ...newer.edited].map(({ comment }) => comment.id))
  const { comments, edited } = select(undefined)
  const all = [...comments.map((one) => ({ ...one, isEdited: false })), ...edited.map((one) => ({ ...one, isEdited: true }))]
  return all
    .filter(({ comment }) => !answered.has(comment.id))
    .map((one) => ({ ...one, isPast: !isNew.has(one.comment.id) }))
    .sort((left, right) => left.comment.id - right.comment.id)
}
