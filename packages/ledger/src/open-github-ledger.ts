import type { Actor, Decider, DomainEvent, Effect, GraphqlRequest, RunRef } from '@switchyard/core'
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
  /** GitHub as whoever keeps the ledger sees it. */
  readonly keeper: { readonly graphql: GraphqlRequest; readonly request: RestRequest }
  readonly connection: { serverNow(): number; readonly whenSent: Promise<void> }
  readonly ports: Pick<Ports, 'random' | 'sleep'>
  readonly repository: string
  readonly branch: string
  readonly run: RunRef
  readonly actor: Actor
  /** How long a job may go on at the most, in ms. */
  readonly leaseMs: number
  readonly deadlineMs: number
  readonly isAttemptCompleted: (run: RunRef) => Promise<boolean | undefined>
}

/** A ledger on a branch of a repository on GitHub. Nothing is asked of GitHub yet. */
export function openGithubLedger<State, Command, Event extends DomainEvent, Eff extends Effect, Answer, Index>(
  options: GithubLedgerOptions<State, Command, Event, Eff, Answer, Index>,
): Ledger<State, Command, Event, Eff, Answer, Index> {
  const { early, keeper, connection, ports, repository, branch, run, actor, leaseMs, deadlineMs, isAttemptCompleted } = options
  const late = createLateDecider(early, options.readDecider)
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
      repository,
      branch,
    }),
    ports: { now: () => connection.serverNow(), random: ports.random, sleep: ports.sleep },
    run,
    actor,
    leaseMs,
    isAttemptCompleted,
    deadlineMs,
  })
}
