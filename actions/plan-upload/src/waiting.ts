import { selectWaiting, type Waiting } from '@switchyard/commands'
import type { IssueConversation } from '@switchyard/github/operations'
import { FAMILIES } from './families.ts'

export type { Waiting } from '@switchyard/commands'

/** Comments with commands that nobody answered on the issue, oldest first. */
export function findWaiting({ comments }: Pick<IssueConversation, 'comments'>): readonly Waiting[] {
  return selectWaiting({ capability: 'plan', comments, families: FAMILIES })
}
