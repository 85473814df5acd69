import { checkOwner } from './check-owner.ts'
import { foreignError, UnreadableFile } from './errors.ts'
import { parseBatch, parseLedger } from './parse-records.ts'
import { classifyPath, LEDGER_FILE } from './paths.ts'
import type { Batch } from './derive-files.ts'
import { FIRST_READ } from './read-ahead.ts'
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
 * Reads every event of a branch; undefined when there is no branch. With a stream, the ledger must be that stream's and of the
 * repository that holds the branch; without one, any ledger is read.
 *
 * @throws {UserError} LEDGER_FOREIGN when the branch holds no ledger, or another's; LEDGER_TOO_NEW when a newer version wrote it.
 */
export async function readArchive(store: LedgerStore, stream?: string): Promise<Archive | undefined> {
  const { head, repositoryId, files: found } = await store.read(FIRST_READ, NOTHING_BESIDE)
  if (head === undefined) return undefined
  const text = found.get(LEDGER_FILE)
  if (text === undefined) throw foreignError(store.place, 'holds no ledger', 'Choose the branch that does.')
  const ledger = parseLedger({ place: store.place, path: LEDGER_FILE, text })
  if (stream !== undefined) checkOwner(store.place, { ledger, repositoryId, stream })
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
