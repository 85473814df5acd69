import { JOB_MS } from '@switchyard/core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openGithubLedger } from '../src/index.ts'
import { Courier } from './courier.ts'
import { ask, type ParcelLedger, runOf } from './fixture.ts'
import { BRANCH, connect, type Lab, openLab } from './github-lab.ts'
import { parcels } from './parcels.ts'
import { systemPorts } from './system-ports.ts'

let lab: Lab
const NOW = Date.UTC(2026, 2, 1)
beforeAll(async () => {
  lab = await openLab()
})
afterAll(() => lab.github.close())

interface Opening {
  readonly runId?: number
  readonly ledgerRepository?: string
  readonly isOver?: (runId: number) => void
}

/** As a door in `acme/shop` opens it. */
function open({ runId = 1, ledgerRepository, isOver = () => undefined }: Opening = {}): ParcelLedger {
  const { graphql, rest } = connect(lab.github, lab.token)
  return openGithubLedger({
    early: { stream: parcels.stream, views: parcels.views },
    readDecider: async () => parcels,
    given: {
      inputs: { ledgerRepository, ledgerBranch: BRANCH },
      context: { repository: { fullName: 'acme/shop' } },
      io: systemPorts(runId),
    },
    clients: {
      keeper: { graphql, request: rest },
      connection: { serverNow: () => NOW, whenSent: Promise.resolve() },
      isAttemptOver: async ({ run_id }) => {
        isOver(run_id)
        return true
      },
    },
    run: runOf(runId),
    actor: { login: 'octocat', kind: 'user' },
    deadlineMs: 900_000,
  })
}

test.each([
  [undefined, 'acme/shop'],
  ['acme/ledgers', 'acme/ledgers'],
])('a ledger is where the input says, else in the run’s own repository: %s', (ledgerRepository, repository) => {
  expect(open(ledgerRepository === undefined ? {} : { ledgerRepository }).place).toEqual({ repository, branch: BRANCH })
})

test('an intent is held as long as a job may last, and whether it still does is asked of GitHub before it is taken over', async () => {
  const leases: number[] = []
  const dying = {
    apply: async (_: unknown, { leaseUntil }: { readonly leaseUntil: number }) => {
      leases.push(leaseUntil)
      throw new Error('The process died.')
    },
    ask: async () => ({ kind: 'not-started' }) as const,
  }
  const request = ask('a', { kind: 'send', parcels: ['one'] }, 'k1')
  await open().perform({ requests: [ask('a', { kind: 'pay', amount: 1 }, 'k0'), request], handlers: dying })

  expect(leases).toEqual([NOW + JOB_MS])
  const asked: number[] = []
  const { claimed } = await open({ runId: 2, isOver: (runId) => asked.push(runId) }).recover({ handlers: new Courier() })
  expect([claimed.length, asked]).toEqual([1, [1]])
})
