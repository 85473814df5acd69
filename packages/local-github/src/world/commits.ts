import { branchRef } from '../git/ref-names.ts'
import type { Oid, Signature, TreeChange } from '../git/types.ts'
import { commitEmail, getAccount } from './accounts.ts'
import type { WorldContext } from './context.ts'
import type { Account, Repository } from './types.ts'

export interface SeedCommit {
  readonly repository: string
  /** The default branch unless named; made if it does not exist. */
  readonly branch?: string
  /** Text by path; null removes. */
  readonly files: Readonly<Record<string, string | Buffer | null>>
  readonly message?: string
  readonly author?: string
}

export function signatureOf(context: WorldContext, account: Account): Signature {
  return { name: account.name ?? account.login, email: commitEmail(account), time: context.clock.now(), offset: 0 }
}

/** The committer of everything that is committed through GitHub's own API or pages. */
export function webSignature(context: WorldContext): Signature {
  return { name: 'GitHub', email: 'noreply@github.com', time: context.clock.now(), offset: 0 }
}

/** A commit made by the world itself, past every rule: for seeding. */
export async function seedCommit(context: WorldContext, repository: Repository, seed: SeedCommit): Promise<Oid> {
  const store = context.stores.get(repository.id)
  const ref = branchRef(seed.branch ?? repository.defaultBranch)
  const head = await store.readRef(ref)
  const base = head === undefined ? undefined : await store.readCommit(head)
  const changes = await Promise.all(
    Object.entries(seed.files).map(async ([path, content]): Promise<TreeChange> =>
      content === null ? { path, remove: true } : { path, mode: '100644', oid: await store.writeBlob(Buffer.from(content)) },
    ),
  )
  const author = signatureOf(context, getAccount(context, seed.author ?? repository.ownerId))
  const commit = await store.writeCommit({
    tree: await store.writeTree(base?.tree, changes),
    parents: head === undefined ? [] : [head],
    author,
    committer: author,
    message: seed.message ?? 'Add files',
  })
  const moved = head === undefined ? await store.createRef(ref, commit) : await store.updateRef(ref, commit, head)
  if (!moved.ok) throw new Error(`${ref} moved while it was being seeded`)
  repository.pushedAt = context.clock.moment()
  return commit
}
