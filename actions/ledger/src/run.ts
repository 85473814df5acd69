import type { Outcome, RunArguments } from '@switchyard/action'
import { createConnection, createGitHub } from '@switchyard/github'
import { GithubStore, readAhead } from '@switchyard/ledger'
import type { spec } from './inputs.ts'

export type Spec = typeof spec
export type Arguments = RunArguments<Spec>

/** Maintenance reads the whole branch, in ms. */
const STEP_MS = 30 * 60_000

export async function run(given: Arguments): Promise<Outcome<Spec>> {
  const { inputs, secrets, context, io } = given
  const connection = createConnection({ proxyEnv: context.proxyEnv, ports: io })
  io.closeAtEnd(connection)
  const github = createGitHub({
    apiUrl: context.apiUrl,
    graphqlUrl: context.graphqlUrl,
    credential: { token: secrets.token ?? '' },
    deadline: io.now() + STEP_MS,
    connection,
    ports: io,
  })
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
