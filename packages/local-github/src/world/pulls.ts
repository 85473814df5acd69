import type { WorldContext } from './context.ts'
import type { Issue, PullRequest, Repository } from './types.ts'

/** The pull request that an issue is; undefined for a plain issue. */
export function findPull(context: WorldContext, issue: Issue): PullRequest | undefined {
  return context.state.pulls.get(issue.id)
}

export interface KnownPull {
  readonly issue: Issue
  readonly pull: PullRequest
}

/** Oldest first. */
export function pullsOf(context: WorldContext, repository: Repository): readonly KnownPull[] {
  return [...context.state.pulls.values()].flatMap((pull) => {
    const issue = context.state.issues.get(pull.issueId)
    return issue?.repositoryId === repository.id ? [{ issue, pull }] : []
  })
}
