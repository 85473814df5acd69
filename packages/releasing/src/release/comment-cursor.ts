import type { CommentCursor } from './records/parts.ts'

/** Whether a comment stands at or before another one: by time, and by number within a second. */
export function isHandled(comment: CommentCursor, last: CommentCursor): boolean {
  return (Date.parse(comment.created_at) - Date.parse(last.created_at) || comment.id - last.id) <= 0
}
