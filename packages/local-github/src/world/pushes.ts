import type { Viewer } from '../auth/viewer.ts'
import { NULL_OID, type Oid } from '../git/types.ts'
import type { WorldContext } from './context.ts'
import type { Repository } from './types.ts'

export interface RefChangeMade {
  readonly ref: string
  readonly old: Oid
  readonly new: Oid
}

/** What follows when refs have moved, by push or by API: the repository's own dates and default branch. */
export async function recordPush(
  context: WorldContext,
  repository: Repository,
  push: { readonly commands: readonly RefChangeMade[]; readonly viewer: Viewer },
): Promise<void> {
  const store = context.stores.get(repository.id)
  const made = await Promise.all(push.commands.map(async (command) => {
    const now = await store.readRef(command.ref)
    return now === (command.new === NULL_OID ? undefined : command.new) ? command : undefined
  }))
  if (made.every((command) => command === undefined)) return
  repository.pushedAt = context.clock.moment()
  repository.updatedAt = repository.pushedAt
}
