import { type Decider, hashOf, type RunRef, type Selection, splitFullName } from '@switchyard/core'
import { type DispatchDecider, dispatchRules, startedDocument, subjectOf } from '@switchyard/dispatching'
import { type Connection, createGitHub, type GitHub, type RepositoryName, selectRepository } from '@switchyard/github'
import { createLateParsers, GithubStore, Ledger, type Loaded, type LoadWanted } from '@switchyard/ledger'
import type { CompletedEvent } from './event.ts'
import { JOB_MS, STEP_MS } from './limits.ts'
import { checkInputs } from './check-inputs.ts'
import type { Arguments } from './run.ts'

type TypesOf<D> =
  D extends Decider<infer State, infer Command, infer Event, infer Eff, infer Answer, infer Index>
    ? { readonly ledger: Ledger<State, Command, Event, Eff, Answer, Index>; readonly loaded: Loaded<State, Eff, Index, unknown> }
    : never
export type DispatchLedger = TypesOf<DispatchDecider>['ledger']
export type DispatchLoaded = TypesOf<DispatchDecider>['loaded']

export const CONFIG_PATHS = ['.github/dispatching.yml', 'dispatching.yml'] as const

export interface Observed {
  readonly event: CompletedEvent
  readonly connection: Connection
  /** As the job's own token sees GitHub. */
  readonly github: GitHub
  readonly ledger: DispatchLedger
  readonly loaded: DispatchLoaded
  readonly subject: string
  /** What the ledger was asked for. */
  readonly wanted: LoadWanted
  readonly idempotencyKey: string
  readonly run: RunRef
  /** In ms since the epoch, by the local clock. */
  readonly deadline: number
  readonly sourceWanted: RepositoryName & { readonly files: readonly string[] }
  /** The source's answer, not narrowed yet. */
  readonly source: unknown
}

/** The first round trip: the source's file and what the ledger knows of the run, in one query. */
export async function observe(
  { inputs, secrets, context, io }: Arguments,
  { event, connection }: { readonly event: CompletedEvent; readonly connection: Connection },
): Promise<Observed> {
  checkInputs(inputs)
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
  const ledgerRepository = inputs.ledgerRepository ?? context.repository.fullName
  const keeper = secrets.ledgerToken === undefined ? github : client(secrets.ledgerToken)
  const run: RunRef = {
    repository: context.repository.fullName,
    run_id: context.run.id,
    run_attempt: context.run.attempt,
    job: context.run.job,
    url: context.run.url,
  }
  const parsers = createLateParsers(async () => (await import('@switchyard/dispatching/records')).dispatchDecider.parse)
  const parsersLoaded = connection.whenSent.then(() => parsers.load())
  const ledger: DispatchLedger = new Ledger({
    decider: { ...dispatchRules, parse: parsers.parse },
    store: new GithubStore({
      graphql: async (...query) => {
        const answer = await keeper.graphql(...query)
        await parsersLoaded
        return answer
      },
      rest: (route, parameters) => keeper.request(route, parameters),
      repository: ledgerRepository,
      branch: inputs.ledgerBranch,
    }),
    ports: { now: () => connection.serverNow(), random: io.random, sleep: io.sleep },
    run,
    actor: { login: context.actor, kind: 'system' },
    leaseMs: JOB_MS,
    isAttemptCompleted: async (attempt) => (await import('./attempts.ts')).isAttemptOver(github, attempt),
    deadlineMs: STEP_MS,
  })
  const subject = subjectOf(context.repository.id, event.runId)
  // Two steps of one job, or two legs of its matrix, that are asked for different things are two requests.
  const idempotencyKey = `complete ${subject} ${run.repository} ${run.run_id} ${run.run_attempt} ${run.job} ${hashOf({ ...inputs }).slice(0, 12)}`
  const wanted = {
    subjects: [subject],
    idempotencyKeys: [idempotencyKey],
    documents: [startedDocument(context.repository.id, event.runId)],
  }
  const sourceWanted = {
    ...splitFullName(context.repository.fullName),
    files: inputs.configPath === undefined ? CONFIG_PATHS : [inputs.configPath],
  }
  const source = selectRepository('source', sourceWanted)
  const loaded = await loadBoth(source, { ledger, wanted, github, isShared: keeper === github })
  return { event, connection, github, ledger, ...loaded, subject, wanted, idempotencyKey, run, deadline, sourceWanted }
}

interface Reading {
  readonly ledger: DispatchLedger
  readonly wanted: LoadWanted
  readonly github: GitHub
  /** One token sees both: one request serves both. */
  readonly isShared: boolean
}

async function loadBoth(
  source: Selection<unknown>,
  { ledger, wanted, github, isShared }: Reading,
): Promise<{ loaded: DispatchLoaded; source: unknown }> {
  if (isShared) {
    const loaded = await ledger.load(wanted, source)
    return { loaded: loaded.without(), source: loaded.beside }
  }
  const [loaded, [answer]] = await Promise.all([ledger.load(wanted), github.select([source])])
  return { loaded, source: answer }
}
