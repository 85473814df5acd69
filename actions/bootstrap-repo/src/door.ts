import { toRunRef } from '@switchyard/action'
import { bootstrapRules, type BootstrapDecider } from '@switchyard/bootstrapping'
import type { RunRef, Selection } from '@switchyard/core'
import { type Connection, createClients, createConnection, type GitHub } from '@switchyard/github'
import { type LedgerOf, loadBeside, type LoadedOf, type LoadWanted, openGithubLedger } from '@switchyard/ledger'
import { checkInputs } from './check-inputs.ts'
import { JOB_MS, STEP_MS } from './limits.ts'
import { createReach, type Reach } from './reach.ts'
import type { Arguments } from './run.ts'

export type BootstrapLedger = LedgerOf<BootstrapDecider>
export type BootstrapLoaded = LoadedOf<BootstrapDecider>

/** What every mode works with. Nothing was asked of GitHub yet. */
export interface Door {
  readonly given: Arguments
  readonly connection: Connection
  /** As the job's own token sees GitHub. */
  readonly github: GitHub
  readonly ledger: BootstrapLedger
  readonly reach: Reach
  readonly run: RunRef
  /** Reads the ledger and, beside it, whatever else is asked of this repository: one request where one token sees both. */
  load<T>(wanted: LoadWanted, beside: Selection<T>): Promise<{ readonly loaded: BootstrapLoaded; readonly beside: T }>
}

/** @throws {UserError} `INVALID_INPUT` for inputs that do not fit together. */
export function openDoor(given: Arguments): Door {
  const { inputs, secrets, context, io } = given
  checkInputs(given)
  const connection = createConnection({ proxyEnv: context.proxyEnv, ports: io })
  io.closeAtEnd(connection)
  const deadline = io.now() + STEP_MS
  const { apiUrl, graphqlUrl } = context
  const { github, keeper, beside: other } = createClients({ apiUrl, graphqlUrl, deadline, connection, ports: io }, secrets)
  const run = toRunRef(context)
  const ledger: BootstrapLedger = openGithubLedger({
    early: bootstrapRules,
    readDecider: async () => (await import('@switchyard/bootstrapping/records')).bootstrapDecider,
    keeper,
    connection,
    ports: io,
    repository: inputs.ledgerRepository ?? context.repository.fullName,
    branch: inputs.ledgerBranch,
    run,
    actor: { login: context.actor, kind: context.eventName === 'schedule' ? 'schedule' : 'user' },
    leaseMs: JOB_MS,
    deadlineMs: STEP_MS,
    isAttemptCompleted: async (attempt) => (await import('./attempts.ts')).isAttemptOver(github, attempt),
  })
  return {
    given,
    connection,
    github,
    ledger,
    reach: createReach(given, { github, connection, deadline }),
    run,
    load: (wanted, beside) => loadBeside(ledger, wanted, { beside, other }),
  }
}
