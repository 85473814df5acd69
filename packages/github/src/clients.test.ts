import { expect, test } from 'vitest'
import { openLab } from '../test/lab.ts'
import { createClients } from './clients.ts'

const OWN = 'ghp_000000000000000000000000000000000own'
const LEDGER = 'ghp_000000000000000000000000000000ledger'

test.each([
  ['one token sees both', undefined, [OWN, OWN], false],
  ['the ledger has a token of its own', LEDGER, [OWN, LEDGER], true],
])('where %s, each is asked as its own token, and who reads beside the ledger is known', async (_, ledgerToken, asked, isBeside) => {
  await using lab = await openLab(() => ({ body: { data: {} } }))
  const { connection, ports, server } = lab
  const options = { apiUrl: server.url, graphqlUrl: `${server.url}/graphql`, deadline: ports.time + 30_000, connection, ports }
  const { github, keeper, beside } = createClients(options, { token: OWN, ledgerToken })
  for (const one of [github, keeper]) await one.graphql('{ viewer { login } }', {})
  expect(server.seen.map(({ headers }) => headers['authorization'])).toEqual(asked.map((token) => `bearer ${token}`))
  expect(beside).toBe(isBeside ? github : undefined)
})
