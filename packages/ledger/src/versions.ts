import { readArchive } from './archive.ts'
import { reportCorruption } from './corruption.ts'
import { UnreadableFile } from './errors.ts'
import { parseBatch, parseLedger, parseOpen, parseReceipt, parseState, type RecordText } from './parse-records.ts'
import { classifyPath } from './paths.ts'
import { FORMAT, SCHEMA_VERSION } from './record-types.ts'
import type { LedgerStore } from './store.ts'

/** The documents that name a version of their own; views and blobs have none. */
export type VersionedKind = 'ledger' | 'open' | 'state' | 'receipt' | 'batch'

export interface DocumentVersion {
  readonly path: string
  readonly kind: VersionedKind
  readonly version: number
}

/** The newest version that this code writes and reads: `format` of the documents, `schema_version` of the events. */
export const NEWEST_VERSIONS = {
  ledger: FORMAT,
  open: FORMAT,
  state: FORMAT,
  receipt: FORMAT,
  batch: SCHEMA_VERSION,
} as const satisfies Record<VersionedKind, number>

/** What a branch's documents are versioned as, each of them read. */
export interface Versions {
  readonly head: string
  readonly documents: readonly DocumentVersion[]
}

/**
 * The version of every document of a branch; undefined when there is no branch.
 *
 * @throws {UserError} LEDGER_TOO_NEW for a version that is not known here, LEDGER_CORRUPT for a document that does not parse.
 */
export async function readVersions(store: LedgerStore): Promise<Versions | undefined> {
  const archive = await readArchive(store)
  if (archive === undefined) return undefined
  const { head } = archive
  const wanted = archive.files.flatMap(({ path }) => {
    const kind = classifyPath(path)
    return isVersioned(kind) ? [{ path, kind }] : []
  })
  const texts = await store.readAt(
    head,
    wanted.map(({ path }) => path),
  )
  try {
    const documents = wanted.map(({ path, kind }) => ({
      path,
      kind,
      version: parseVersion(kind, { place: store.place, path, text: texts.get(path) ?? '' }),
    }))
    return { head, documents }
  } catch (error) {
    if (error instanceof UnreadableFile) throw await reportCorruption(store, head, error)
    throw error
  }
}

function isVersioned(kind: ReturnType<typeof classifyPath>): kind is VersionedKind {
  return kind in NEWEST_VERSIONS
}

/** The oldest one, for a batch of several events. */
function parseVersion(kind: VersionedKind, source: RecordText): number {
  switch (kind) {
    case 'ledger':
      return parseLedger(source).format
    case 'open':
      return parseOpen(source).format
    case 'state':
      return parseState(source).format
    case 'receipt':
      return parseReceipt(source).format
    case 'batch':
      return Math.min(...parseBatch(source).map((record) => record.schema_version))
  }
}
