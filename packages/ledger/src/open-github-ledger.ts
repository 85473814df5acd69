import { type Actor, type Decider, type DomainEvent, type Effect, type GraphqlRequest, JOB_MS, type RunRef } from '@switchyard/core'
import type { RestRequest } from './github-branch.ts'
import { GithubStore } from './github-store.ts'
import { createLateDecider, type EarlyRules } from './late-decider.ts'
import { Ledger } from './ledger.ts'
import type { Ports } from './ports.ts'

/** What a door hands over to work with its capability's ledger on GitHub. */
export interface GithubLedgerOptions<State, Command, Event extends DomainEvent, Eff extends Effect, Answer, Index> {
  /** What is known before the first request leaves. */
  readonly early: EarlyRules
  /** Loads the rules, and the records' parsers with zod: done while the first answer is awaited. */
  readonly readDecider: () => Promise<Decider<State, Command, Event, Eff, Answer, Index>>
  /** What the door was given: where its ledger is, and chance. */
  readonly given: {
    readonly inputs: { readonly ledgerRepository: string | undefined; readonly ledgerBranch: string }
    readonly context: { readonly repository: { readonly fullName: string } }
    readonly io: Pick<Ports, 'random' | 'sleep'>
  }
  readonly clients: {
    /** GitHub as whoever keeps the ledger sees it. */
    readonly keeper: { readonly graphql: GraphqlRequest; readonly request: RestRequest }
    readonly connection: { serverNow(): number; readonly whenSent: Promise<void> }
    isAttemptOver(run: RunRef): Promise<boolean | undefined>
  }
  readonly run: RunRef
  readonly actor: Actor
  /** Whether nothing is written: what a refusal asks for. Default false. */
  readonly isOnlyRead?: boolean
  /** How long one transaction may try, in ms. */
  readonly deadlineMs: number
}

/** A ledger on a branch of a repository on GitHub. Nothing is asked of GitHub yet. */
export function openGithubLedger<State, Command, Event extends DomainEvent, Eff extends Effect, Answer, Index>(
  options: GithubLedgerOptions<State, Command, Event, Eff, Answer, Index>,
): Ledger<State, Command, Event, Eff, Answer, Index> {
  const { early, readDecider, given, clients, run, actor, deadlineMs, isOnlyRead = false } = options
  const { inputs, context, io } = given
  const { keeper, connection } = clients
  const late = createLateDecider(early, readDecider)
  const loading = connection.whenSent.then(() => late.load())
  return new Ledger({
    decider: late.decider,
    store: new GithubStore({
      graphql: async (...query) => {
        const answer = await keeper.graphql(...query)
        await loading
        return answer
      },
      rest: (route, parameters) => keeper.request(route, parameters),
      repository: inputs.ledgerRepository ?? context.repository.fullName,
      branch: inputs.ledgerBranch,
      ...(isOnlyRead && { isOnlyRead }),
    }),
    ports: { now: () => connection.serverNow(), random: io.random, sleep: io.sleep },
    run,
    actor,
    leaseMs: JOB_MS,
    isAttemptCompleted: (attempt) => clients.isAttemptOver(attempt),
    deadlineMs,
  })
}
