import { toActor, toRunRef } from '@switchyard/action'
import type { RunRef, Selection } from '@switchyard/core'
import { type Clients, createGitHub, type GitHub, openClients } from '@switchyard/github'
import { type LedgerOf, loadBeside, type LoadedOf, type LoadWanted, openGithubLedger } from '@switchyard/ledger'
import { earlyRules, type PlanDecider } from '@switchyard/planning'
import type { Made } from './converge/made.ts'
import type { Arguments } from './inputs.ts'
import { STEP_MS } from './limits.ts'
import { Texts } from './texts.ts'

export type PlanLedger = LedgerOf<PlanDecider>
export type PlanLoaded = LoadedOf<PlanDecider>

/** What every mode works with. Nothing was asked of GitHub yet. */
export interface Door extends Pick<Clients, 'connection' | 'github'> {
  readonly given: Arguments
  readonly run: RunRef
  /** Serves where the issues are made. */
  readonly target: GitHub
  readonly ledger: PlanLedger
  readonly texts: Texts
  /** What this run made or changed of plans' issues, its own orders and those of dead runs; by subject. */
  readonly made: Map<string, Made>
  /** Reads the ledger and, beside it, whatever else is asked of this repository: one request where one token sees both. */
  load<T>(wanted: LoadWanted, beside: Selection<T>): Promise<{ readonly loaded: PlanLoaded; readonly beside: T }>
}

export function openDoor(given: Arguments): Door {
  const { secrets, context } = given
  const clients = openClients(given, STEP_MS)
  const { connection, github, beside: other, options } = clients
  const run = toRunRef(context)
  const ledger: PlanLedger = openGithubLedger({
    early: earlyRules,
    readDecider: async () => (await import('@switchyard/planning/records')).planDecider,
    given,
    clients,
    run,
    actor: toActor(context),
    isOnlyRead: given.inputs.mode === 'verify',
    deadlineMs: STEP_MS,
  })
  return {
    given,
    run,
    connection,
    github,
    target: secrets.targetToken === undefined ? github : createGitHub({ ...options, credential: { token: secrets.targetToken } }),
    ledger,
    texts: new Texts(ledger),
    made: new Map(),
    load: (wanted, beside) => loadBeside(ledger, wanted, { beside, other }),
  }
}
