import { NEWEST_VERSIONS, type VersionedKind, type Versions } from '@switchyard/ledger/maintenance'
import { renderColumns } from '../terminal/table.ts'
import type { Terminal } from '../terminal/terminal.ts'

/** What each kind of document is called. */
const NAMES = {
  ledger: 'ledger.json',
  open: 'open.json',
  state: 'states',
  receipt: 'receipts',
  batch: 'events',
} as const satisfies Record<VersionedKind, string>

const KINDS = Object.keys(NAMES) as readonly VersionedKind[]

/**
 * What a migration has to say about each kind of document. There is one version of each so far, and reading refuses what is of another,
 * so that there is nothing to rewrite yet.
 */
export function renderMigration(terminal: Pick<Terminal, 'style'>, branch: string, { head, documents }: Versions): string {
  const rows = KINDS.map((kind) => {
    const count = documents.filter((document) => document.kind === kind).length
    return [NAMES[kind], String(count), count === 0 ? 'there are none' : `already at version ${NEWEST_VERSIONS[kind]}`]
  })
  const table = renderColumns(terminal, { head: ['documents', 'files', 'version'], rows })
  return `${branch} at ${head.slice(0, 12)}\n\n${table}\n\nThere is nothing to migrate: these are the only versions there are. Nothing was written.`
}
