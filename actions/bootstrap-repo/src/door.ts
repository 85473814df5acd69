import { toActor, toRunRef } from '@switchyard/action'
import { bootstrapRules, type BootstrapDecider } from '@switchyard/bootstrapping'
import type { RunRef, Selection } from '@switchyard/core'
import { type Clients, openClients } from '@switchyard/github'
import { type LedgerOf, loadBeside, type LoadedOf, type LoadWanted, openGithubLedger } from '@switchyard/ledger'
import { checkInputs } from './check-inputs.ts'
import { STEP_MS } from './limits.ts'
import { createReach, type Reach } from './reach.ts'
import type { Arguments } from './run.ts'

export type BootstrapLedger = LedgerOf<BootstrapDecider>
export type BootstrapLoaded = LoadedOf<BootstrapDecider>

/** What every mode works with. Nothing was asked of GitHub yet. */
export interface Door extends Pick<Clients, 'connection' | 'github'> {
  readonly given: Arguments
  readonly ledger: BootstrapLedger
  readonly reach: Reach
  readonly run: RunRef
  /** Reads the ledger and, beside it, whatever else is asked of this repository: one request where one token sees both. */
  load<T>(wanted: LoadWanted, beside: Selection<T>): Promise<{ readonly loaded: BootstrapLoaded; readonly beside: T }>
}

/** @throws {UserError} `INVALID_INPUT` for inputs that do not fit together. */
export function openDoor(given: Arguments): Door {
  const { context } = given
  checkInputs(given)
  const clients = openClients(given, STEP_MS)
  const { connection, github, beside: other } = clients
  const run = toRunRef(context)
  const ledger: BootstrapLedger = openGithubLedger({
    early: bootstrapRules,
    readDecider: async () => (await import('@switchyard/bootstrapping/records')).bootstrapDecider,
    given,
    clients,
    run,
    // Whoever started a run again asks for nothing new: it is the first one's right that is looked at.
    actor: { ...toActor(context), login: context.actor },
    deadlineMs: STEP_MS,
  })
  return {
    given,
    connection,
    github,
    ledger,
    reach: createReach(given, clients),
    run,
    load: (wanted, beside) => loadBeside(ledger, wanted, { beside, other }),
  }
}
