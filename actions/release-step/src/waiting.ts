import { type CommandComment, findAnswered, selectWaiting, type Waiting } from '@switchyard/commands'
import { type IssueConversation, readBack } from '@switchyard/github/operations'
import { type CommentCursor, isHandled, type ReleaseState } from '@switchyard/releasing'
import { FAMILIES } from './families.ts'
import type { Door } from './door.ts'

export type { Waiting } from '@switchyard/commands'

/** Comments with commands that nobody answered on the issue, oldest first. */
export function findWaiting({ comments }: Pick<IssueConversation, 'comments'>): readonly Waiting[] {
  return selectWaiting({ capability: 'release', comments, families: FAMILIES })
}

/** Names for ever what a comment asked for. */
export function commentKey(issue: number, comment: number): string {
  return `issue ${issue} comment ${comment}`
}

/** A comment's place among those of its issue. */
export function cursorOf({ id, createdAt }: CommandComment['comment']): CommentCursor {
  return { created_at: createdAt, id }
}

/**
 * The conversation as far back as a command may wait: to what the ledger has passed, or to a page on which everything was answered, since
 * whoever answered there had read what came before.
 */
export async function readWaiting(
  { github, given }: Door,
  { conversation, release }: { readonly conversation: IssueConversation; readonly release: ReleaseState | null },
): Promise<IssueConversation> {
  const last = release?.cursors[conversation.number]
  const isEnough = (page: IssueConversation['comments']): boolean => {
    const [oldest] = page
    if (oldest !== undefined && last !== undefined && isHandled({ created_at: oldest.createdAt, id: oldest.id }, last)) return true
    return findAnswered('release', page).size > 0 && findWaiting({ comments: page }).length === 0
  }
  return readBack(github, given.context.repository, { conversation, isEnough })
}
