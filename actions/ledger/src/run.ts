import { type Outcome, requireRepository, type RunArguments } from '@switchyard/action'
import { openClients } from '@switchyard/github'
import { GithubStore, readAhead } from '@switchyard/ledger'
import type { spec } from './inputs.ts'

export type Spec = typeof spec
export type Arguments = RunArguments<Spec>

/** Maintenance reads the whole branch, in ms. */
const STEP_MS = 30 * 60_000

export async function run(given: Arguments): Promise<Outcome<Spec>> {
  const { inputs, context } = given
  requireRepository('ledger-repository', inputs.ledgerRepository)
  const { connection, github } = openClients(given, STEP_MS)
  const store = readAhead(
    new GithubStore({
      graphql: github.graphql,
      rest: (route, parameters) => github.request(route, parameters),
      repository: inputs.ledgerRepository ?? context.repository.fullName,
      branch: inputs.ledgerBranch ?? `switchyard/${inputs.stream}`,
    }),
  )
  const { maintain } = await connection.whenSent.then(() => import('./maintain.ts'))
  return maintain(given, store)
}
