import { toActor, toRunRef } from '@switchyard/action'
import type { Selection } from '@switchyard/core'
import { type Clients, openClients } from '@switchyard/github'
import { type LedgerOf, loadBeside, type LoadedOf, type LoadWanted, openGithubLedger } from '@switchyard/ledger'
import { earlyRules, type ReleaseDecider } from '@switchyard/releasing'
import { STEP_MS } from './limits.ts'
import type { Arguments } from './inputs.ts'

export type ReleaseLedger = LedgerOf<ReleaseDecider>
export type ReleaseLoaded = LoadedOf<ReleaseDecider>

/** What every mode works with. Nothing was asked of GitHub yet. */
export interface Door extends Pick<Clients, 'connection' | 'github'> {
  readonly given: Arguments
  readonly ledger: ReleaseLedger
  /** Reads the ledger and, beside it, whatever else is asked of this repository: one request where one token sees both. */
  load<T>(wanted: LoadWanted, beside: Selection<T>): Promise<{ readonly loaded: ReleaseLoaded; readonly beside: T }>
}

export function openDoor(given: Arguments): Door {
  const { context } = given
  const clients = openClients(given, STEP_MS)
  const { connection, github, beside: other } = clients
  const ledger: ReleaseLedger = openGithubLedger({
    early: earlyRules,
    readDecider: async () => (await import('@switchyard/releasing/records')).releaseDecider,
    given,
    clients,
    run: toRunRef(context),
    actor: toActor(context),
    deadlineMs: STEP_MS,
  })
  return { given, connection, github, ledger, load: (wanted, beside) => loadBeside(ledger, wanted, { beside, other }) }
}
