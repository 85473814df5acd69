import { UserError } from '@switchyard/core'
import type { GitHub } from '../types.ts'
import { selectConversation } from './conversation.ts'
import { type ConversationComment, type IssueConversation, parseConversation } from './issue-conversation.ts'
import type { RepositoryName } from './port.ts'

/** How far back is read. `isEnough`: whether nothing older is wanted, by the page that was read last. */
export interface ReadingBack {
  readonly conversation: IssueConversation
  readonly isEnough: (page: readonly ConversationComment[]) => boolean
}

/** Pages of one conversation: no run reads on for ever. */
const MAX_PAGES = 100

/**
 * A conversation with what was said before it, a hundred comments a request, as far back as is wanted. No request where it is enough as
 * it is.
 *
 * @throws {UserError} `TOO_MANY_COMMENTS` where that is more than 10,000 comments back.
 */
export async function readBack(
  github: Pick<GitHub, 'select'>,
  repository: RepositoryName,
  { conversation, isEnough }: ReadingBack,
): Promise<IssueConversation> {
  let { comments, earlier } = conversation
  let page = comments
  for (let pages = 0; earlier !== undefined && !isEnough(page); pages += 1) {
    if (pages === MAX_PAGES) {
      throw new UserError('TOO_MANY_COMMENTS', `The issue #${conversation.number} has more than ${MAX_PAGES * 100} comments.`, {
        hint: 'One run reads no further back.',
      })
    }
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
