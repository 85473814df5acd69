import { bootstrapRules, type BootstrapDecider } from '@switchyard/bootstrapping'
import type { Decider, RunRef, Selection } from '@switchyard/core'
import { type Connection, createConnection, createGitHub, type GitHub } from '@switchyard/github'
import { createLateParsers, GithubStore, Ledger, type Loaded, type LoadWanted } from '@switchyard/ledger'
import { checkInputs } from './check-inputs.ts'
import { JOB_MS, STEP_MS } from './limits.ts'
import { createReach, type Reach } from './reach.ts'
import type { Arguments } from './run.ts'

type TypesOf<D> =
  D extends Decider<infer State, infer Command, infer Event, infer Eff, infer Answer, infer Index>
    ? { readonly ledger: Ledger<State, Command, Event, Eff, Answer, Index>; readonly loaded: Loaded<State, Eff, Index, unknown> }
    : never
export type BootstrapLedger = TypesOf<BootstrapDecider>['ledger']
export type BootstrapLoaded = TypesOf<BootstrapDecider>['loaded']

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
  const { secrets, context, io } = given
  checkInputs(given)
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
  const ledger = openLedger(given, { connection, github, keeper, run })
  return {
    given,
    connection,
    github,
    ledger,
    reach: createReach(given, { github, connection, deadline }),
    run,
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

interface LedgerWay {
  readonly connection: Connection
  readonly github: GitHub
  readonly keeper: GitHub
  readonly run: RunRef
}

/** The records' parsers load while the first answer is awaited. */
function openLedger({ inputs, context, io }: Arguments, { connection, github, keeper, run }: LedgerWay): BootstrapLedger {
  const parsers = createLateParsers(async () => (await import('@switchyard/bootstrapping/records')).bootstrapDecider.parse)
  const parsersLoaded = connection.whenSent.then(() => parsers.load())
  return new Ledger({
    decider: { ...bootstrapRules, parse: parsers.parse },
    store: new GithubStore({
      graphql: async (...query) => {
        const answer = await keeper.graphql(...query)
        await parsersLoaded
        return answer
      },
      rest: (route, parameters) => keeper.request(route, parameters),
      repository: inputs.ledgerRepository ?? context.repository.fullName,
      branch: inputs.ledgerBranch,
    }),
    ports: { now: () => connection.serverNow(), random: io.random, sleep: io.sleep },
    run,
    actor: { login: context.actor, kind: context.eventName === 'schedule' ? 'schedule' : 'user' },
    leaseMs: JOB_MS,
    isAttemptCompleted: async (attempt) => (await import('./attempts.ts')).isAttemptOver(github, attempt),
    deadlineMs: STEP_MS,
  })
}
