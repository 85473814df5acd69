import type { GitHub } from '../types.ts'
import { selectConversation } from './conversation.ts'
import { type ConversationComment, type IssueConversation, parseConversation } from './issue-conversation.ts'
import type { RepositoryName } from './port.ts'

/** How far back is read. `isEnough`: whether nothing older is wanted, by the page that was read last. */
export interface ReadingBack {
  readonly conversation: IssueConversation
  readonly isEnough: (page: readonly ConversationComment[]) => boolean
}

/** A conversation with what was said before it, a hundred comments a request, as far back as is wanted. None where it is enough as it is. */
export async function readBack(
  github: Pick<GitHub, 'select'>,
  repository: RepositoryName,
  { conversation, isEnough }: ReadingBack,
): Promise<IssueConversation> {
  let { comments, earlier } = conversation
  for (let page = comments; earlier !== undefined && !isEnough(page);) {
    const before = await readComments(github, repository, { issue: conversation.number, before: earlier })
    if (before === undefined) break
    page = before.comments
    earlier = before.earlier
    comments = [...page, ...comments]
  }
  return { ...conversation, comments, earlier }
}

/** An issue's newest comments, or those of an earlier page (`earlier` of the one behind it); undefined when there is no such issue. */
export async function readComments(
  github: Pick<GitHub, 'select'>,
  { owner, name }: RepositoryName,
  { issue, before }: { readonly issue: number; readonly before?: string },
): Promise<IssueConversation | undefined> {
  const [answer] = await github.select([selectConversation('issue', { owner, name, number: issue, before })])
  return parseConversation(answer)
}

/** Until a comment was read, by its number: comments are numbered in their order. */
export function reaches(comment: number): ReadingBack['isEnough'] {
  return (page) => page.some(({ id }) => id <= comment)
}
