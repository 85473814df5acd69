import type { GitStore, Oid } from '../git/types.ts'

/** The same repository seen from a replica that lags: every branch is one commit back. Writes are judged by the old head too. */
export function laggingStore(store: GitStore): GitStore {
  const oneBack = async (oid: Oid): Promise<Oid> => (await store.readCommit(oid))?.parents[0] ?? oid
  return {
    ...store,
    async readRef(name) {
      const oid = await store.readRef(name)
      return oid === undefined ? undefined : oneBack(oid)
    },
    async listRefs(prefix) {
      return Promise.all((await store.listRefs(prefix)).map(async ({ name, oid }) => ({ name, oid: await oneBack(oid) })))
    },
  }
}
