import { byTime, type CommandComment, type Cursor, type CursorQuestion, type IssueComment, selectUnhandled } from './cursor.ts'
import { findLastAnswers } from './reply-marker.ts'

export interface Waiting extends CommandComment {
  /** Changed after it was written: what it says now may not be what was meant. */
  readonly isEdited: boolean
}

export interface WaitingQuestion extends Pick<CursorQuestion, 'families'> {
  /** Whose answers count. */
  readonly capability: string
  /** In any order; a reply stands behind its comment, so what is read holds both. */
  readonly comments: readonly (IssueComment & { readonly isOurs: boolean })[]
  /** What the ledger has handled; left out: the answers alone tell. */
  readonly cursor?: Cursor | undefined
}

/** Comments with commands that nobody answered on the issue, or that were changed after their answer, oldest first. */
export function selectWaiting({ capability, comments, families, cursor }: WaitingQuestion): readonly Waiting[] {
  const answered = findLastAnswers(capability, comments)
  const { comments: asWritten, edited } = selectUnhandled({ cursor, comments, families })
  return [...asWritten.map((one) => ({ ...one, isEdited: false })), ...edited.map((one) => ({ ...one, isEdited: true }))]
    .filter(({ comment: { id, lastEditedAt } }) => {
      const at = answered.get(id)
      return at === undefined || (lastEditedAt !== undefined && Date.parse(lastEditedAt) > at)
    })
    .sort(({ comment: left }, { comment: right }) => byTime(left, right))
}
