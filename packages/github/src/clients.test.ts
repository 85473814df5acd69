import { expect, test } from 'vitest'
import { caught, type Lab, openLab } from '../test/lab.ts'
import { type Clients, openClients } from './clients.ts'

const OWN = 'ghp_000000000000000000000000000000000own'
const LEDGER = 'ghp_000000000000000000000000000000ledger'
const RUN = { repository: 'acme/app', run_id: 7, run_attempt: 2, job: 'plan', url: 'https://github.example/run' }

function open({ server, ports }: Lab, { ledgerToken, stepMs = 30_000 }: { ledgerToken?: string | undefined; stepMs?: number } = {}) {
  const closeables: { close(): void }[] = []
  const context = { apiUrl: server.url, graphqlUrl: `${server.url}/graphql`, proxyEnv: {} }
  const io = { ...ports, closeAtEnd: (closeable: { close(): void }) => void closeables.push(closeable) }
  const clients: Clients = openClients({ context, secrets: { token: OWN, ledgerToken }, io }, stepMs)
  return { ...clients, [Symbol.dispose]: () => closeables.forEach((each) => each.close()) }
}

test.each([
  ['one token sees both', undefined, [OWN, OWN], false],
  ['the ledger has a token of its own', LEDGER, [OWN, LEDGER], true],
])('where %s, each is asked as its own token, and who reads beside the ledger is known', async (_, ledgerToken, asked, isBeside) => {
  await using lab = await openLab(() => ({ body: { data: {} } }))
  using clients = open(lab, { ledgerToken })
  const { github, keeper, beside } = clients
  for (const one of [github, keeper]) await one.graphql('{ viewer { login } }', {})
  expect(lab.server.seen.map(({ headers }) => headers['authorization'])).toEqual(asked.map((token) => `bearer ${token}`))
  expect(beside).toBe(isBeside ? github : undefined)
})

test('nothing waits beyond the end of the step', async () => {
  await using lab = await openLab(() => ({ status: 503, body: {} }))
  using clients = open(lab, { stepMs: 0 })
  expect(await caught(clients.github.request('GET /x'))).toMatchObject({ code: 'GITHUB_UNAVAILABLE' })
  expect(lab.ports.slept).toEqual([])
})

test('the door that opened them closes them at its end', async () => {
  await using lab = await openLab(() => 'hang')
  const clients = open(lab, { stepMs: 0 })
  const asking = caught(clients.github.request('GET /x'))
  await clients.connection.whenSent
  clients[Symbol.dispose]()
  expect(await asking).toMatchObject({ name: 'GitHubError' })
})

test('an attempt of a run is asked for as this repository sees it', async () => {
  await using lab = await openLab(() => ({ status: 404, body: { message: 'Not Found' } }))
  using clients = open(lab, { ledgerToken: LEDGER })
  expect(await clients.isAttemptOver(RUN)).toBeUndefined()
  expect(lab.server.seen).toMatchObject([{ url: '/repos/acme/app/actions/runs/7/attempts/2', headers: { authorization: `bearer ${OWN}` } }])
})
