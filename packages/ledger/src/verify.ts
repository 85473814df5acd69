import { type Decider, type DomainEvent, type Effect, findTextRefs } from '@switchyard/core'
import { type Archive, readArchive } from './archive.ts'
import { deriveFiles, type EventFault } from './derive-files.ts'
import { blobPath, classifyPath } from './paths.ts'
import type { LedgerStore } from './store.ts'
import { findTextFault } from './texts.ts'

/** Above this, a file is worth a look. Bytes. */
const FILE_ALARM_BYTES = 100_000
/** GitHub advises under 3,000 entries a folder; ours stay well below. */
const FOLDER_ALARM_ENTRIES = 1_000
/** A branch of this size is closed, and the next one begun. Bytes, without history. */
const BRANCH_ALARM_BYTES = 500_000_000

export interface Finding {
  /**
   * `differs`, `missing`, `unexpected`: a derived file is not what the events say; `rebuild` mends it. `unreadable` and the kinds of
   * `EventFault`: the events themselves. `text`: a text that events name is missing or altered; nothing is derived from it. `large`, `crowded`, `branch-size`: limits to come.
   */
  readonly kind:
    | 'differs'
    | 'missing'
    | 'unexpected'
    | 'unreadable'
    | 'text'
    | EventFault['kind']
    | 'unknown'
    | 'large'
    | 'crowded'
    | 'branch-size'
  readonly path: string
  readonly message: string
  /** A warning is no reason to stop. */
  readonly severity: 'error' | 'warning'
}

/** A branch compared with its own events. */
export interface Verification {
  readonly events: number
  readonly findings: readonly Finding[]
  /** What `rebuild` would write. */
  readonly repair: { readonly additions: ReadonlyMap<string, string>; readonly deletions: readonly string[] }
  /** The commit that was looked at; undefined when there is no branch. */
  readonly head: string | undefined
}

/**
 * Compares every derived file with what the events give, names each that differs, and looks at the limits. Writes nothing.
 *
 * @throws {UserError} LEDGER_FOREIGN for a ledger of another repository or stream, LEDGER_TOO_NEW.
 */
export async function verify<State, Command, Event extends DomainEvent, Eff extends Effect, Answer, Index>(
  decider: Decider<State, Command, Event, Eff, Answer, Index>,
  store: LedgerStore,
): Promise<Verification> {
  const archive = await readArchive(store, decider.stream)
  if (!archive) return { events: 0, findings: [], repair: { additions: new Map(), deletions: [] }, head: undefined }
  const { files, faults } = deriveFiles(decider, archive.batches)
  const actual = await readDerived(store, archive)
  const texts = await checkTexts(store, archive)
  const additions = new Map([...files].filter(([path, text]) => actual.get(path) !== text))
  const deletions = [...actual.keys()].filter((path) => !files.has(path))
  const findings = [
    ...archive.unreadable.map((fault) => error('unreadable', fault.path, `Line ${fault.line}, column ${fault.column}: ${fault.message}`)),
    ...faults.map(({ kind, path, message }) => error(kind, path, message)),
    ...texts,
    ...[...additions.keys()].map((path) =>
      actual.has(path)
        ? error('differs', path, 'Not what the events give')
        : error('missing', path, 'The events give a file that is not there'),
    ),
    ...deletions.map((path) => error('unexpected', path, 'No event gives this file')),
    ...findLimits(archive),
  ]
  const events = archive.batches.reduce((sum, { records }) => sum + records.length, 0)
  return { events, findings, repair: { additions, deletions }, head: archive.head }
}

/** True when the events themselves are whole: only then does what they give replace what is there. */
export function areEventsSound({ findings }: Verification): boolean {
  return findings.every(({ kind }) => !['unreadable', 'gap', 'duplicate', 'misplaced', 'inconsistent'].includes(kind))
}

async function readDerived(store: LedgerStore, archive: Archive): Promise<ReadonlyMap<string, string>> {
  const paths = archive.files.map(({ path }) => path).filter((path) => ['open', 'state', 'receipt', 'view'].includes(classifyPath(path)))
  return store.readAt(archive.head, paths)
}

/** Every text that an event names is there, and is what its name says; one that no event names is a leftover. */
async function checkTexts(store: LedgerStore, { head, batches, files: all }: Archive): Promise<Finding[]> {
  const hashes = [...new Set(batches.flatMap(({ records }) => records.flatMap(({ data }) => findTextRefs(data))))]
  const files = await store.readAt(head, hashes.map(blobPath))
  const faults = hashes.flatMap((hash) => {
    const fault = findTextFault(hash, files.get(blobPath(hash)))
    return fault === undefined ? [] : [error('text', blobPath(hash), fault)]
  })
  const named = new Set(hashes.map(blobPath))
  const leftovers = all.filter(({ path }) => classifyPath(path) === 'blob' && !named.has(path))
  return [...faults, ...leftovers.map(({ path }) => warning('unknown', path, 'No event names this text'))]
}

function findLimits({ files }: Archive): Finding[] {
  const bytes = files.reduce((sum, { size }) => sum + size, 0)
  return [
    ...files.filter(({ path }) => classifyPath(path) === 'unknown').map(({ path }) => warning('unknown', path, 'No file of a ledger')),
    ...files.filter(({ size }) => size > FILE_ALARM_BYTES).map(({ path, size }) => warning('large', path, `${size} bytes`)),
    ...[...countEntries(files)]
      .filter(([, entries]) => entries.size >= FOLDER_ALARM_ENTRIES)
      .map(([folder, entries]) => warning('crowded', folder, `${entries.size} entries`)),
    ...(bytes > BRANCH_ALARM_BYTES ? [warning('branch-size', '', `${bytes} bytes: close this branch and begin the next`)] : []),
  ]
}

function countEntries(files: Archive['files']): Map<string, Set<string>> {
  const folders = new Map<string, Set<string>>()
  for (const { path } of files) {
    const parts = path.split('/')
    for (let depth = 0; depth < parts.length; depth += 1) {
      const folder = parts.slice(0, depth).join('/')
      const entries = folders.get(folder) ?? new Set()
      folders.set(folder, entries.add(parts[depth] ?? ''))
    }
  }
  return folders
}

function error(kind: Finding['kind'], path: string, message: string): Finding {
  return { kind, path, message, severity: 'error' }
}

function warning(kind: Finding['kind'], path: string, message: string): Finding {
  return { kind, path, message, severity: 'warning' }
}
