import type { Viewer } from '../auth/viewer.ts'
import { announce, senderOf } from '../events/announce.ts'
import { NULL_OID, type Oid } from '../git/types.ts'
import { presentSimpleCommit } from '../present/commits.ts'
import { repositoryPage } from '../present/repositories.ts'
import { commitEmail } from '../world/accounts.ts'
import type { WorldContext } from '../world/context.ts'
import type { Repository } from '../world/types.ts'
import { followBranch } from './pulls.ts'

export interface RefChangeMade {
  readonly ref: string
  readonly old: Oid
  readonly new: Oid
}

/** A push event lists at most this many commits. Source: docs.github.com, "Webhook events and payloads", push. */
const LISTED_COMMITS = 2048

/** What follows when refs have moved, by push or by API: the repository's dates, and a push event for each ref that did move. */
export async function recordPush(
  context: WorldContext,
  repository: Repository,
  push: { readonly commands: readonly RefChangeMade[]; readonly viewer: Viewer },
): Promise<void> {
  const store = context.stores.get(repository.id)
  for (const command of push.commands) {
    const now = await store.readRef(command.ref)
    if ((now ?? NULL_OID) !== command.new) continue
    repository.pushedAt = context.clock.moment()
    repository.updatedAt = repository.pushedAt
    await announcePush(context, repository, { ...command, viewer: push.viewer })
    await followBranch(context, repository, { ...command, viewer: push.viewer })
  }
}

async function announcePush(
  context: WorldContext,
  repository: Repository,
  push: RefChangeMade & { readonly viewer: Viewer },
): Promise<void> {
  const { sender, cause } = senderOf(context, push.viewer, repository)
  const commits = await newCommits(context, repository, push)
  const page = repositoryPage(context, repository)
  announce(context, {
    name: 'push',
    repository,
    sender,
    cause,
    content: {
      ref: push.ref,
      before: push.old,
      after: push.new,
      base_ref: null,
      created: push.old === NULL_OID,
      deleted: push.new === NULL_OID,
      forced: await isForced(context, repository, push),
      compare: `${page}/compare/${push.old.slice(0, 12)}...${push.new.slice(0, 12)}`,
      commits,
      head_commit: commits.at(-1) ?? null,
      pusher: { name: sender.login, email: commitEmail(sender) },
    },
  })
}

async function isForced(context: WorldContext, repository: Repository, push: RefChangeMade): Promise<boolean> {
  if (push.old === NULL_OID || push.new === NULL_OID) return false
  return !(await context.stores.get(repository.id).isAncestor(push.old, push.new))
}

async function newCommits(context: WorldContext, repository: Repository, push: RefChangeMade) {
  if (push.new === NULL_OID) return []
  const store = context.stores.get(repository.id)
  const head = await store.readCommit(push.new)
  // One commit on top of the old head is the common case, and needs no walk.
  const isAppend = head?.parents.length === 1 && head.parents[0] === push.old
  const oids = isAppend || head === undefined ? [push.new] : await store.log({ from: push.new, limit: LISTED_COMMITS, not: push.old })
  const commits = await Promise.all([...oids].reverse().map((oid) => store.readCommit(oid)))
  const page = repositoryPage(context, repository)
  return commits
    .filter((commit) => commit !== undefined)
    .map((commit) => ({
      ...presentSimpleCommit(commit),
      distinct: true,
      url: `${page}/commit/${commit.oid}`,
      added: [],
      removed: [],
      modified: [],
    }))
}
