import type { Viewer } from '../auth/viewer.ts'
import { NULL_OID, type GitStore, type Oid, type RefOutcome } from '../git/types.ts'
import { decideRefChange, type RefRefusal, type WantedRefChange } from '../rules/ref-changes.ts'
import type { WorldContext } from '../world/context.ts'
import type { Repository } from '../world/types.ts'
import { recordPush } from './pushes.ts'

export interface RefMove {
  readonly repository: Repository
  /** Full name. */
  readonly ref: string
  /** Where the ref is; NULL_OID when it does not exist. The move fails when it is elsewhere by then. */
  readonly old: Oid
  /** NULL_OID deletes. */
  readonly new: Oid
  readonly viewer: Viewer
  /** To a commit that GitHub made for this, or of a pull request; any other commit unless said. */
  readonly how?: WantedRefChange['how']
  readonly checked?: Oid
}

export type RefMoveOutcome = RefOutcome | ({ readonly ok: false; readonly reason: 'refused' } & { readonly refusal: RefRefusal })

/** Creates, moves or deletes one ref through the API: rules first, then git's compare-and-swap, then the push event. */
export async function moveRef(context: WorldContext, move: RefMove): Promise<RefMoveOutcome> {
  const { repository, ref, viewer } = move
  const store = context.stores.get(repository.id)
  const refusal = await decideRefChange(context, viewer, { how: 'move', ...move })
  if (refusal !== undefined) return { ok: false, reason: 'refused', refusal }
  const outcome = await swap(store, move)
  if (outcome.ok) await recordPush(context, repository, { commands: [{ ref, old: move.old, new: move.new }], viewer })
  return outcome
}

function swap(store: GitStore, move: RefMove): Promise<RefOutcome> {
  if (move.new === NULL_OID) return store.deleteRef(move.ref, move.old)
  return move.old === NULL_OID ? store.createRef(move.ref, move.new) : store.updateRef(move.ref, move.new, move.old)
}
