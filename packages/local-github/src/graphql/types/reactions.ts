import { connect, type Connection, type Paging } from '../connection.ts'
import type { GraphqlContext } from '../context.ts'
import { fieldsOf } from '../fields.ts'
import { getAccount } from '../../world/accounts.ts'
import { reactionsOf } from '../../world/issues.ts'
import { nodeId } from '../../world/node-ids.ts'
import { type Reaction, type ReactionContent, reactionContents } from '../../world/types.ts'
import { refuseArguments } from '../ordering.ts'
import { notImplemented } from '../refusal.ts'
import { accountSource, type Reactable, source, type Source } from '../sources.ts'

/** GraphQL's names for REST's contents, in the order in which GitHub lists the groups. */
const names = {
  '+1': 'THUMBS_UP',
  '-1': 'THUMBS_DOWN',
  laugh: 'LAUGH',
  hooray: 'HOORAY',
  confused: 'CONFUSED',
  heart: 'HEART',
  rocket: 'ROCKET',
  eyes: 'EYES',
} as const satisfies Record<ReactionContent, string>

export function parseContent(name: string): ReactionContent {
  const content = reactionContents.find((each) => names[each] === name)
  if (content === undefined) throw notImplemented(`ReactionContent.${name}`)
  return content
}

const idOf = (subject: Reactable): number => (subject.kind === 'issue' ? subject.issue.id : subject.comment.id)

export function subjectSource(subject: Reactable): Source<'Issue' | 'IssueComment'> {
  return subject.kind === 'issue' ? source('Issue', subject.issue) : source('IssueComment', subject.comment)
}

function reactionsTo(context: GraphqlContext, subject: Reactable): readonly Reaction[] {
  return reactionsOf(context.world, { kind: subject.kind, id: idOf(subject) })
}

export function connectReactions({ args, info, context }: Paging & { readonly context: GraphqlContext }, subject: Reactable): Connection {
  refuseArguments(args, 'reactions', ['orderBy'])
  const content = args.findText('content')
  const reactions = reactionsTo(context, subject).filter((reaction) => content === undefined || names[reaction.content] === content)
  return connect({ args, info }, { items: reactions, key: (reaction) => reaction.id, node: (reaction) => source('Reaction', reaction) })
}

export function reactionGroups(subject: Reactable): readonly Source<'ReactionGroup'>[] {
  return reactionContents.map((content) => source('ReactionGroup', { subject, content }))
}

export const reactionFields = fieldsOf('Reaction', {
  id: ({ value }) => nodeId('reaction', value.id),
  databaseId: ({ value }) => value.id,
  content: ({ value }) => names[value.content],
  createdAt: ({ value }) => value.createdAt,
  user: ({ value, context }) => {
    const account = getAccount(context.world, value.userId)
    return account.type === 'User' ? accountSource(account) : null
  },
})

export const reactionGroupFields = fieldsOf('ReactionGroup', {
  content: ({ value }) => names[value.content],
  subject: ({ value }) => subjectSource(value.subject),
  viewerHasReacted: ({ value, context }) =>
    reactionsTo(context, value.subject).some(({ content, userId }) => content === value.content && userId === context.viewer.account.id),
  reactors: ({ value, args, info, context }) => {
    const reactions = reactionsTo(context, value.subject).filter(({ content }) => content === value.content)
    return connect(
      { args, info },
      {
        items: reactions,
        key: (reaction) => reaction.id,
        node: (reaction) => accountSource(getAccount(context.world, reaction.userId)),
      },
    )
  },
})
