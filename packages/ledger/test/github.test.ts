import { afterAll, beforeAll, expect, it } from 'vitest'
import { verify } from '../src/maintenance.ts'
import { Courier } from './courier.ts'
import { ask, openLedger, runOf } from './fixture.ts'
import { type Lab, openLab } from './github-lab.ts'
import { parcels } from './parcels.ts'
import { systemPorts } from './system-ports.ts'

let lab: Lab
beforeAll(async () => {
  lab = await openLab()
})
afterAll(() => lab.github.close())

const open = (runId = 1, token?: string): ReturnType<typeof openLedger> =>
  openLedger(lab.open(token), { ports: systemPorts(runId), run: runOf(runId), deadlineMs: 900_000 })

it('begins the branch with one orphan root, and then needs two requests a transaction', async () => {
  await open().perform({ requests: [ask('a', { kind: 'pay', amount: 1 }, 'k1')], handlers: new Courier() })
  lab.github.log.reset()
  const { results } = await open().perform({ requests: [ask('a', { kind: 'pay', amount: 2 }, 'k2')], handlers: new Courier() })
  expect(results).toMatchObject([{ kind: 'done', state: { paid: 3 }, events: [{ seq: 2 }] }])
  expect([lab.github.log.count(), lab.github.log.depth()]).toEqual([2, 2])
})

it('answers a door in the request that reads the ledger', async () => {
  lab.github.log.reset()
  const beside = {
    fields: 'me: viewer { login }',
    variables: {},
    parse: (data: Readonly<Record<string, unknown>>) => JSON.stringify(data['me']),
  }
  const loaded = await open().load({ subjects: ['a'], idempotencyKeys: ['k1', 'k9'] }, beside)
  expect(loaded.beside).toContain('login')
  expect(loaded.getState('a').paid).toBe(3)
  expect([loaded.hasReceipt('k1'), loaded.hasReceipt('k9')]).toEqual([true, false])
  expect(lab.github.log.count()).toBe(1)
})

it('finds the receipt of a commit that was answered 502, and writes nothing twice', async () => {
  for (const kind of ['error-after', 'lost-answer-after', 'error-before', 'lost-answer-before'] as const) {
    lab.github.faults.add({ match: { operation: 'CommitToLedger' }, kind })
    const { results } = await open().perform({
      requests: [ask('faults', { kind: 'pay', amount: 1 }, `fault ${kind}`)],
      handlers: new Courier(),
    })
    expect(results).toMatchObject([{ kind: 'done' }])
  }
  expect((await open().load({ subjects: ['faults'], idempotencyKeys: [] })).getState('faults').paid).toBe(4)
})

it('gets along with a read that lags behind its own writes', async () => {
  await open().perform({ requests: [ask('lag', { kind: 'pay', amount: 1 }, 'lag 1')], handlers: new Courier() })
  lab.github.faults.add({ match: { route: /graphql/ }, kind: 'stale-head' })
  const { results } = await open().perform({ requests: [ask('lag', { kind: 'pay', amount: 1 }, 'lag 2')], handlers: new Courier() })
  expect(results).toMatchObject([{ kind: 'done', state: { paid: 2 } }])
  expect(lab.github.faults.pending()).toBe(0)
})

// How many requests that takes is the machine's matter here: `contention.test.ts` counts them in virtual time.
it('50 writers at once all land, once each', async () => {
  const all = await Promise.all(
    Array.from({ length: 50 }, (_, writer) =>
      open(100 + writer).perform({
        requests: [ask(`w${writer % 10}`, { kind: 'pay', amount: 1 }, `writer ${writer}`)],
        handlers: new Courier(),
      }),
    ),
  )
  expect(all.flatMap(({ results }) => results.map(({ kind }) => kind))).toEqual(Array.from({ length: 50 }, () => 'done'))
  const { loaded } = await open().recover({ handlers: new Courier() })
  expect(Object.keys(loaded.index.subjects)).toEqual(expect.arrayContaining(['w0', 'w9']))
  const { findings } = await verify(parcels, lab.open())
  expect(findings).toEqual([])
})

it('names the missing permission, and the ruleset to mend', async () => {
  const reader = lab.github.world.createToken({ kind: 'job', repository: 'acme/shop', permissions: { contents: 'read' } })
  const request = { requests: [ask('a', { kind: 'pay', amount: 1 } as const, 'never')], handlers: new Courier() }
  await expect(open(1, reader).perform(request)).rejects.toMatchObject({ code: 'LEDGER_FORBIDDEN' })
  lab.github.world.addRuleset('acme/shop', { name: 'all', include: ['~ALL'], exclude: [], rules: ['pull_request'] })
  await expect(open().perform(request)).rejects.toMatchObject({ code: 'LEDGER_PROTECTED' })
  expect((await open().load({ subjects: ['a'], idempotencyKeys: ['never'] })).hasReceipt('never')).toBe(false)
})
