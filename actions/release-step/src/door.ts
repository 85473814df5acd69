import type { Decider, RunRef, Selection } from '@switchyard/core'
import { type Connection, createConnection, createGitHub, type GitHub } from '@switchyard/github'
import { type Ledger, type Loaded, type LoadWanted, openGithubLedger } from '@switchyard/ledger'
import { type ReleaseDecider, releaseRules } from '@switchyard/releasing'
import { JOB_MS, STEP_MS } from './limits.ts'
import type { Arguments } from './run.ts'

type TypesOf<D> =
  D extends Decider<infer State, infer Command, infer Event, infer Eff, infer Answer, infer Index>
    ? { readonly ledger: Ledger<State, Command, Event, Eff, Answer, Index>; readonly loaded: Loaded<State, Eff, Index, unknown> }
    : never
export type ReleaseLedger = TypesOf<ReleaseDecider>['ledger']
export type ReleaseLoaded = TypesOf<ReleaseDecider>['loaded']

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
  const client = (token: string | undefined): GitHub =>
    createGitHub({
      apiUrl: context.apiUrl,
      graphqlUrl: context.graphqlUrl,
      credential: { token: token ?? '' },
      deadline,
      connection,
      ports: io,
    })
  const github = client(secrets.token)
  const keeper = secrets.ledgerToken === undefined ? github : client(secrets.ledgerToken)
  const run: RunRef = {
    repository: context.repository.fullName,
    run_id: context.run.id,
    run_attempt: context.run.attempt,
    job: context.run.job,
    url: context.run.url,
  }
  const ledger: ReleaseLedger = openGithubLedger({
    rules: releaseRules,
    readParsers: async () => (await import('@switchyard/releasing/records')).releaseDecider.parse,
    keeper,
    connection,
    ports: io,
    repository: inputs.ledgerRepository ?? context.repository.fullName,
    branch: inputs.ledgerBranch,
    run,
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
    async load(wanted, beside) {
      if (keeper === github) {
        const loaded = await ledger.load(wanted, beside)
        return { loaded: loaded.without(), beside: loaded.beside }
      }
      const [loaded, [found]] = await Promise.all([ledger.load(wanted), github.select([beside])])
      return { loaded, beside: found }
    },
  }
}
