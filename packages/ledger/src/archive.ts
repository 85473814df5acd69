import { foreignError, UnreadableFile } from './errors.ts'
import { parseBatch, parseLedger } from './parse-records.ts'
import { classifyPath, LEDGER_FILE } from './paths.ts'
import type { Batch } from './derive-files.ts'
import { type LedgerStore, NOTHING_BESIDE, type TreeFile } from './store.ts'

/** A whole branch at one commit: what is there, and every event. */
export interface Archive {
  readonly head: string
  readonly files: readonly TreeFile[]
  readonly batches: readonly Batch[]
  /** Batches that do not parse. */
  readonly unreadable: readonly UnreadableFile[]
}

/**
 * Reads every event of a branch; undefined when there is no branch.
 *
 * @throws {UserError} LEDGER_FOREIGN when the branch holds no ledger, LEDGER_TOO_NEW when a newer version wrote it.
 */
export async function readArchive(store: LedgerStore): Promise<Archive | undefined> {
  const { head, files: found } = await store.read({ files: [LEDGER_FILE], folders: [] }, NOTHING_BESIDE)
  if (head === undefined) return undefined
  const text = found.get(LEDGER_FILE)
  if (text === undefined) throw foreignError(store.place, 'holds no ledger', 'Choose the branch that does.')
  parseLedger({ place: store.place, path: LEDGER_FILE, text })
  const files = await store.listAt(head)
  const paths = files.map(({ path }) => path).filter((path) => classifyPath(path) === 'batch')
  const texts = await store.readAt(head, paths)
  const batches: Batch[] = []
  const unreadable: UnreadableFile[] = []
  for (const path of paths) {
    try {
      batches.push({ path, records: parseBatch({ place: store.place, path, text: texts.get(path) ?? '' }) })
    } catch (error) {
      if (!(error instanceof UnreadableFile)) throw error
      unreadable.push(error)
    }
  }
  return { head, files, batches, unreadable }
}
