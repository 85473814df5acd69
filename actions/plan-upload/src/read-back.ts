import { selectConversation } from '@switchyard/github'
import type { ConversationComment, IssueConversation } from '@switchyard/github/operations'
import type { Door } from './door.ts'

/** Whether nothing older is wanted, by the page that was read last. */
export type IsEnough = (page: readonly ConversationComment[]) => boolean

/** A conversation with what was said before it, a hundred comments a request, as far back as is wanted. */
export async function readBack(door: Door, conversation: IssueConversation, isEnough: IsEnough): Promise<IssueConversation> {
  let { comments, earlier } = conversation
  for (let page = comments; earlier !== undefined && !isEnough(page);) {
    const before = await readComments(door, conversation.number, earlier)
    if (before === undefined) break
    page = before.comments
    earlier = before.earlier
    comments = [...page, ...comments]
  }
  return { ...conversation, comments, earlier }
}

/** An issue's newest comments, or those of an earlier page. */
export async function readComments(
  { github, given: { context } }: Door,
  issue: number,
  before?: string,
): Promise<IssueConversation | undefined> {
  const { owner, name } = context.repository
  const [answer] = await github.select([selectConversation('issue', { owner, name, number: issue, before })])
  const { parseConversation } = await import('@switchyard/github/operations')
  return parseConversation(answer)
}
