import { findPages, joinRepositories, REPOSITORIES_DOCUMENT } from '@switchyard/bootstrapping'
import type { Door } from './door.ts'
import type { Observation } from './observe.ts'

/** Full names of every repository that the ledger knows to have been made, as they were called then. */
export async function readMadeRepositories({ ledger }: Door, { loaded }: Observation): Promise<readonly string[]> {
  const open = loaded.findDocument(REPOSITORIES_DOCUMENT)
  const pages = findPages(open)
  if (pages.length === 0) return joinRepositories([open])
  const closed = await ledger.load({ subjects: [], idempotencyKeys: [], documents: pages })
  return joinRepositories([...pages.map((page) => closed.findDocument(page)), open])
}
