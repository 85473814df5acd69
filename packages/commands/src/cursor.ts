import { isOwn } from './is-commanding.ts'
import { type ParsedComment, parseComment } from './parse/parse-comment.ts'

/** The last command comment that was answered. */
export interface Cursor {
  /** ISO 8601, UTC, as GitHub writes it. */
  readonly createdAt: string
  /** The comment's database id; decides between comments of one second. */
  readonly id: number
}

/** A comment as it is read live. */
export interface IssueComment {
  readonly id: number
  readonly body: string
  /** Undefined for an account that is gone. `type` as GitHub says it: `User`, `Bot`, `Mannequin`, `Organization`. */
  readonly author: { readonly login: string; readonly type: string } | undefined
  /** ISO 8601, UTC. */
  readonly createdAt: string
  /** When somebody last changed the text; undefined for a comment as it was first written. */
  readonly lastEditedAt: string | undefined
}

export interface CommandComment {
  readonly comment: IssueComment & { readonly author: NonNullable<IssueComment['author']> }
  readonly parsed: ParsedComment
}

export interface Unhandled {
  /** To be handled now, oldest first, together. Those whose commands have faults are among them: they want an answer. */
  readonly comments: readonly CommandComment[]
  /** Comments with commands that were changed after they were written: what they say now may not be what was meant. */
  readonly edited: readonly CommandComment[]
  /** What the ledger is to remember with the outcome; the old one when there is nothing to answer. */
  readonly cursor: Cursor | undefined
}

export interface CursorQuestion {
  /** Undefined before the first command of an issue. */
  readonly cursor: Cursor | undefined
  /** In any order; the same comment may come twice. */
  readonly comments: readonly IssueComment[]
  readonly families: readonly string[]
}

/**
 * Which comments of an issue wait for an answer. The event only wakes the run: all that is newer than the cursor counts,
 * so that a run that was cancelled loses nothing and a second one finds nothing. Robots and the toolkit's own comments
 * never command.
 */
export function selectUnhandled({ cursor, comments, families }: CursorQuestion): Unhandled {
  const unique = [...new Map(comments.map((comment) => [comment.id, comment])).values()]
  const newer = unique.filter((comment) => cursor === undefined || byTime(cursor, comment) < 0).sort(byTime)
  const commanding = newer.flatMap((comment): readonly CommandComment[] => {
    const { author } = comment
    if (author?.type !== 'User' || isOwn(comment.body)) return []
    const parsed = parseComment(comment.body, families)
    return parsed.commands.length + parsed.faults.length === 0 ? [] : [{ comment: { ...comment, author }, parsed }]
  })
  const last = commanding.at(-1)?.comment
  return {
    comments: commanding.filter(({ comment }) => comment.lastEditedAt === undefined),
    edited: commanding.filter(({ comment }) => comment.lastEditedAt !== undefined),
    cursor: last ? { createdAt: last.createdAt, id: last.id } : cursor,
  }
}

/** Oldest first; of one second, in the order they were written. */
export function byTime(left: Cursor, right: Cursor): number {
  return Date.parse(left.createdAt) - Date.parse(right.createdAt) || left.id - right.id
}
