import { foreignError } from './errors.ts'
import type { LedgerRecord } from './record-types.ts'
import type { LedgerPlace } from './store.ts'

export interface Owner {
  readonly ledger: LedgerRecord
  /** Of the repository that holds the branch; 0 when its keeper does not know, as in a clone: then only the stream counts. */
  readonly repositoryId: number
  readonly stream: string
}

/**
 * A ledger belongs to one repository and one stream: nobody else derives anything from its events.
 *
 * @throws {UserError} LEDGER_FOREIGN
 */
export function checkOwner(place: LedgerPlace, { ledger, repositoryId, stream }: Owner): void {
  if (repositoryId !== 0 && ledger.repository_id !== repositoryId) {
    const hint = 'A fork copies branches. Delete this branch in the fork to begin a ledger of its own.'
    throw foreignError(place, `the ledger belongs to the repository with id ${ledger.repository_id}`, hint)
  }
  if (ledger.stream !== stream) {
    throw foreignError(place, `keeps the stream ${ledger.stream}, not ${stream}`, 'Give each action a `ledger-branch` of its own.')
  }
}
