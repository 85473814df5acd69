import { canonicalJson, findTextRefs } from '@switchyard/core'
import { type EventLog, readEvents } from './read-events.ts'
import type { LedgerStore } from './store.ts'
import { readPieces } from './texts.ts'

export interface LedgerExport extends EventLog {
  /** What was asked for of the texts that events name: pieces by their SHA-256. */
  readonly texts: ReadonlyMap<string, string>
}

/**
 * Every event of a branch, with the texts they name if `texts` is true; undefined when there is no branch. Whole or none.
 *
 * @throws {UserError} LEDGER_CORRUPT when a batch does not parse, or a text is missing or altered.
 */
export async function readExport(store: LedgerStore, { texts }: { readonly texts: boolean }): Promise<LedgerExport | undefined> {
  const log = await readEvents(store)
  if (log === undefined) return undefined
  return {
    ...log,
    texts: texts
      ? await readPieces(
          store,
          log.head,
          log.events.flatMap(({ data }) => findTextRefs(data)),
        )
      : new Map(),
  }
}

/** JSON Lines: the events in the order of the ledger, after them each text once as `{"sha256":…,"text":…}`. An event is what has a `seq`. */
export function renderExport({ events, texts }: Pick<LedgerExport, 'events' | 'texts'>): string {
  const lines = [...events, ...[...texts].map(([hash, text]) => ({ sha256: hash, text }))]
  return lines.map((line) => `${canonicalJson(line)}\n`).join('')
}
