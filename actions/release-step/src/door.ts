import { toRunRef } from '@switchyard/action'
import type { Selection } from '@switchyard/core'
import { type Connection, createClients, createConnection, type GitHub } from '@switchyard/github'
import { type LedgerOf, loadBeside, type LoadedOf, type LoadWanted, openGithubLedger } from '@switchyard/ledger'
import { earlyRules, type ReleaseDecider } from '@switchyard/releasing'
import { JOB_MS, STEP_MS } from './limits.ts'
import type { Arguments } from './inputs.ts'

export type ReleaseLedger = LedgerOf<ReleaseDecider>
export type ReleaseLoaded = LoadedOf<ReleaseDecider>

/** What every mode works with. Nothing was asked of GitHub yet. */
export interface Door {
  readonly given: Arguments
  readonly connection: Connection
  readonly github: GitHub
  readonly ledger: ReleaseLedger
  /** Reads the ledger and, beside it, whatever else is asked of this repository: one request where one token sees both. */
  load<T>(wanted: LoadWanted, beside: Selection<T>): Promise<{ readonly loaded: ReleaseLoaded; readonly beside: T }>
}

export function openDoor(given: Arguments): Door {
  const { inputs, secrets, context, io } = given
  const connection = createConnection({ proxyEnv: context.proxyEnv, ports: io })
  io.closeAtEnd(connection)
  const deadline = io.now() + STEP_MS
  const { apiUrl, graphqlUrl } = context
  const { github, keeper, beside: other } = createClients({ apiUrl, graphqlUrl, deadline, connection, ports: io }, secrets)
  const ledger: ReleaseLedger = openGithubLedger({
    early: earlyRules,
    readDecider: async () => (await import('@switchyard/releasing/records')).releaseDecider,
    keeper,
    connection,
    ports: io,
    repository: inputs.ledgerRepository ?? context.repository.fullName,
    branch: inputs.ledgerBranch,
    run: toRunRef(context),
    actor: { login: context.triggeringActor, kind: context.eventName === 'schedule' ? 'schedule' : 'user' },
    leaseMs: JOB_MS,
    deadlineMs: STEP_MS,
    isAttemptCompleted: async (attempt) => (await import('@switchyard/github/operations')).isAttemptOver(github, attempt),
  })
  return {
    given,
    connection,
    github,
    ledger,
    load: (wanted, beside) => loadBeside(ledger, wanted, { beside, other }),
  }
}
