import type { Signature } from '../git/types.ts'
import { commitEmail } from '../world/accounts.ts'
import type { WorldContext } from '../world/context.ts'
import { fullName, getRepository } from '../world/repositories.ts'
import type { Account, Comment, Issue, Repository } from '../world/types.ts'

export function repositoryPath(world: WorldContext, repository: Repository): string {
  return `/${fullName(world, repository)}`
}

export function repositoryUrl(world: WorldContext, repository: Repository): string {
  return `${world.urls.server}${repositoryPath(world, repository)}`
}

export function accountUrl(world: WorldContext, account: Account): string {
  return `${world.urls.server}${accountPath(account)}`
}

/** An App's bot lives at its App's page. */
export function accountPath(account: Account): string {
  return account.type === 'Bot' ? `/apps/${account.login.replace('[bot]', '')}` : `/${account.login}`
}

export function issuePath(world: WorldContext, issue: Issue): string {
  return `${repositoryPath(world, getRepository(world, issue.repositoryId))}/issues/${issue.number}`
}

export function commentPath(world: WorldContext, comment: Comment): string {
  const issue = world.state.issues.get(comment.issueId)
  return `${issue === undefined ? '' : issuePath(world, issue)}#issuecomment-${comment.id}`
}

/** Whose commit this is: GitHub goes by the e-mail address alone. */
export function findCommitAccount(world: WorldContext, signature: Signature): Account | undefined {
  for (const account of world.state.accounts.values()) if (commitEmail(account) === signature.email) return account
  return undefined
}
