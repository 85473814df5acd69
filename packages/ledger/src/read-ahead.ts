import { LEDGER_FILE } from './paths.ts'
import { type LedgerStore, NOTHING_BESIDE, type Reading, type Wanted } from './store.ts'

/** What all maintenance reads before anything else. */
export const FIRST_READ: Wanted = { files: [LEDGER_FILE], folders: [] }

/** The store with `FIRST_READ` on its way: whoever asks for just this first gets that answer, or its error. */
export function readAhead(store: LedgerStore): LedgerStore {
  let ahead: Promise<Reading<undefined>> | undefined = store.read(FIRST_READ, NOTHING_BESIDE)
  ahead.catch(() => undefined)
  return {
    place: store.place,
    async read(wanted, beside) {
      const reading = wanted === FIRST_READ && beside.fields === '' ? ahead : undefined
      if (reading === undefined) return store.read(wanted, beside)
      ahead = undefined
      return { ...(await reading), beside: beside.parse({}, []) }
    },
    commit: (change) => store.commit(change),
    create: (files) => store.create(files),
    readAt: (commit, paths) => store.readAt(commit, paths),
    listAt: (commit, folder) => store.listAt(commit, folder),
    historyOf: (commit, path) => store.historyOf(commit, path),
  }
}
