import { randomUUID } from 'node:crypto'
import type { Viewer } from '../auth/viewer.ts'
import { presentAccount, presentSimpleOrganization } from '../present/accounts.ts'
import { presentRepository } from '../present/repositories.ts'
import { findOrganization, getAccount } from '../world/accounts.ts'
import type { WorldContext } from '../world/context.ts'
import type { Account, Repository, TokenKind } from '../world/types.ts'

export interface Announcement {
  readonly name: string
  readonly action?: string
  readonly repository: Repository
  readonly sender: Account
  readonly cause: TokenKind | undefined
  /** What the event has beside `action`, `repository`, `organization` and `sender`. */
  readonly content: Readonly<Record<string, unknown>>
}

/** Delivers an event to whoever listens, with the parts that every webhook of GitHub has. Returns the whole payload. */
export function announce(context: WorldContext, announcement: Announcement): Readonly<Record<string, unknown>> {
  const { name, action, repository, sender, cause, content } = announcement
  const owner = getAccount(context, repository.ownerId)
  const payload = {
    ...(action === undefined ? {} : { action }),
    ...content,
    repository: presentWebhookRepository(context, repository),
    ...(findOrganization(context, owner) === undefined ? {} : { organization: presentWebhookOrganization(context, owner) }),
    sender: presentAccount(context, sender),
  }
  context.events.emit({ delivery: randomUUID(), name, action, repositoryId: repository.id, cause, payload })
  return payload
}

/** What only the API tells of a repository. Source: OpenAPI `repository-webhooks` and `webhook-push`. */
const apiOnly: ReadonlySet<string> = new Set([
  'temp_clone_token',
  'organization',
  'network_count',
  'subscribers_count',
  'use_squash_pr_title_as_default',
  'squash_merge_commit_title',
  'squash_merge_commit_message',
  'merge_commit_title',
  'merge_commit_message',
  'allow_squash_merge',
  'allow_merge_commit',
  'allow_rebase_merge',
  'allow_auto_merge',
  'allow_update_branch',
  'delete_branch_on_merge',
])

function presentWebhookRepository(context: WorldContext, repository: Repository) {
  return Object.fromEntries(Object.entries(presentRepository(context, repository)).filter(([key]) => !apiOnly.has(key)))
}

/** A webhook says an empty description where the API says none. */
function presentWebhookOrganization(context: WorldContext, account: Account) {
  return { ...presentSimpleOrganization(context, account), description: '' }
}

/** Who an event says did it; what the world does itself is its owner's doing. */
export function senderOf(context: WorldContext, viewer: Viewer, repository: Repository): { sender: Account; cause: TokenKind | undefined } {
  if (viewer.kind === 'token') return { sender: viewer.account, cause: viewer.token.kind }
  return { sender: getAccount(context, repository.ownerId), cause: undefined }
}
