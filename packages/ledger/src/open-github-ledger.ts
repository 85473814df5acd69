import type { Actor, Decider, DomainEvent, Effect, GraphqlRequest, RunRef } from '@switchyard/core'
import type { RestRequest } from './github-branch.ts'
import { GithubStore } from './github-store.ts'
import { createLateParsers } from './late-parsers.ts'
import { Ledger } from './ledger.ts'
import type { Ports } from './ports.ts'

/** What a door hands over to work with its capability's ledger on GitHub. */
export interface GithubLedgerOptions<State, Command, Event extends DomainEvent, Eff extends Effect, Answer, Index> {
  readonly rules: Omit<Decider<State, Command, Event, Eff, Answer, Index>, 'parse'>
  /** Loads the records' parsers, and zod with them: done while the first answer is awaited. */
  readonly readParsers: () => Promise<Decider<State, Command, Event, Eff, Answer, Index>['parse']>
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
  const { rules, keeper, connection, ports, repository, branch, run, actor, leaseMs, deadlineMs, isAttemptCompleted } = options
  const parsers = createLateParsers<State, Event, Eff, Index>(options.readParsers)
  const parsersLoaded = connection.whenSent.then(() => parsers.load())
  return new Ledger({
    decider: { ...rules, parse: parsers.parse },
    store: new GithubStore({
      graphql: async (...query) => {
        const answer = await keeper.graphql(...query)
        await parsersLoaded
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
