import { type CommandComment, findAnswered, selectUnhandled } from '@switchyard/commands'
import type { IssueConversation } from '@switchyard/github/operations'
import { FAMILIES } from './command-list.ts'

export interface Waiting extends CommandComment {
  /** Changed after it was written: what it says now may not be what was meant. */
  readonly isEdited: boolean
}

/** Comments with commands that nobody answered on the issue, oldest first. A reply stands behind its comment, so what is read holds both. */
export function findWaiting({ comments }: Pick<IssueConversation, 'comments'>): readonly Waiting[] {
  const answered = findAnswered('plan', comments)
  const { comments: asWritten, edited } = selectUnhandled({ cursor: undefined, comments, families: FAMILIES })
  return [...asWritten.map((one) => ({ ...one, isEdited: false })), ...edited.map((one) => ({ ...one, isEdited: true }))]
    .filter(({ comment }) => !answered.has(comment.id))
    .sort(({ comment: left }, { comment: right }) => Date.parse(left.createdAt) - Date.parse(right.createdAt) || left.id - right.id)
}
