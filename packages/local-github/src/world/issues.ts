import { takeId, type WorldContext } from './context.ts'
import type { Comment, Issue, Reaction, ReactionContent, Repository } from './types.ts'

export function issuesOf(context: WorldContext, repository: Repository): Issue[] {
  return [...context.state.issues.values()].filter((issue) => issue.repositoryId === repository.id)
}

export function findIssue(context: WorldContext, repository: Repository, number: number): Issue | undefined {
  for (const issue of context.state.issues.values()) {
    if (issue.number === number && issue.repositoryId === repository.id) return issue
  }
  return undefined
}

/** Oldest first. */
export function commentsOf(context: WorldContext, issue: Issue): Comment[] {
  return [...context.state.comments.values()].filter((comment) => comment.issueId === issue.id)
}

export function reactionsOf(context: WorldContext, subject: Reaction['subject']): Reaction[] {
  return [...context.state.reactions.values()].filter(
    (reaction) => reaction.subject.kind === subject.kind && reaction.subject.id === subject.id,
  )
}

export function addReaction(
  context: WorldContext,
  subject: Reaction['subject'],
  wanted: { readonly userId: number; readonly content: ReactionContent },
): { readonly reaction: Reaction; readonly isNew: boolean } {
  const known = reactionsOf(context, subject).find((reaction) => reaction.userId === wanted.userId && reaction.content === wanted.content)
  if (known !== undefined) return { reaction: known, isNew: false }
  const reaction: Reaction = { id: takeId(context), subject, ...wanted, createdAt: context.clock.moment() }
  context.state.reactions.set(reaction.id, reaction)
  return { reaction, isNew: true }
}
