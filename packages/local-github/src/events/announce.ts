import { randomUUID } from 'node:crypto'
import type { Viewer } from '../auth/viewer.ts'
import { presentAccount } from '../present/accounts.ts'
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
    repository: presentRepository(context, repository),
    ...(findOrganization(context, owner) === undefined ? {} : { organization: presentWebhookOrganization(context, owner) }),
    sender: presentAccount(context, sender),
  }
  context.events.emit({ delivery: randomUUID(), name, action, repositoryId: repository.id, cause, payload })
  return payload
}

function presentWebhookOrganization(context: WorldContext, account: Account) {
  const url = `${context.urls.api}/orgs/${account.login}`
  const { login, id, node_id, avatar_url } = presentAccount(context, account)
  return {
    login, id, node_id, url, repos_url: `${url}/repos`, events_url: `${url}/events`, hooks_url: `${url}/hooks`, issues_url: `${url}/issues`,
    members_url: `${url}/members{/member}`, public_members_url: `${url}/public_members{/member}`, avatar_url, description: '',
  }
}

/** Who an event says did it; what the world does itself is its owner's doing. */
export function senderOf(context: WorldContext, viewer: Viewer, repository: Repository): { sender: Account; cause: TokenKind | undefined } {
  if (viewer.kind === 'token') return { sender: viewer.account, cause: viewer.token.kind }
  return { sender: getAccount(context, repository.ownerId), cause: undefined }
}
