import { JOB_MS } from '@switchyard/core'
import { type LocalGitHub, startLocalGitHub } from '@switchyard/local-github'
import { createConnection, createGitHub } from '@switchyard/github'
import type { StartWorkflow } from '@switchyard/dispatching'
import type { Intent } from '@switchyard/ledger'
import { afterEach, expect, test } from 'vitest'
import { createStartHandler } from './start-workflow.ts'

let github: LocalGitHub
afterEach(() => github.close())

const CD = 'name: CD\nrun-name: "${{ inputs.correlation-id }}"\non: { workflow_dispatch: { inputs: { correlation-id: {} } } }\njobs: {}\n'

/** Asks what became of a dispatch whose holder began its step so many ms ago, and is dead. Returns how long that took. */
async function askAfter(sinceHolderBegan: number, openedBefore: number): Promise<{ readonly kind: string; readonly waited: number }> {
  github = await startLocalGitHub({ rateLimits: { enforced: false } })
  const { world, clock } = github
  world.addUser({ login: 'maintainer' })
  const repository = await world.addRepository({ owner: 'maintainer', name: 'target' })
  await world.commit({ repository: 'maintainer/target', files: { '.github/workflows/cd.yml': CD } })
  const token = world.createToken({ kind: 'classic', user: 'maintainer', scopes: ['repo'] })
  const ports = {
    now: () => clock.now(),
    random: () => 0,
    sleep: async () => undefined,
    log: { debug: () => undefined },
    mask: () => undefined,
  }
  const connection = createConnection({ ports })
  const client = createGitHub({
    apiUrl: github.apiUrl,
    graphqlUrl: github.graphqlUrl,
    credential: { token },
    deadline: Infinity,
    connection,
    ports,
  })
  // Stands still but for what is slept: what the machine itself takes must not count.
  const start = clock.now()
  let waited = 0
  const handler = createStartHandler({
    reach: { credential: 'personal-token', findReader: async () => client, findWriter: async () => client },
    serverNow: () => start + waited,
    async sleep(ms) {
      waited += ms
      clock.advance(ms)
    },
  })
  const target = {
    repository_id: repository.id,
    repository: 'maintainer/target',
    visibility: 'private',
    workflow: '.github/workflows/cd.yml',
    ref: 'main',
  } as const
  const effect: StartWorkflow = {
    id: 'a'.repeat(32),
    kind: 'start-workflow',
    key: 'k',
    target,
    issues: { create: 'never', repository: 'maintainer/source', visibility: 'private' },
    source: {
      repository_id: 1,
      repository: 'maintainer/source',
      visibility: 'private',
      workflow: 'ci.yml',
      run_id: 1,
      run_attempt: 1,
      url: 'https://github.example',
    },
    inputs: { 'correlation-id': 'sw:1' },
    marker: 'sw:1',
    chain: { correlation_id: 'c', depth: 1, ancestors: [] },
  }
  const intent: Intent<StartWorkflow> = {
    id: 'a'.repeat(32),
    subject: 's',
    effect,
    correlationId: 'c',
    openedAt: start - openedBefore,
    openedSeq: 1,
    claimedSeq: 2,
    claimedBy: { repository: 'maintainer/source', run_id: 2, run_attempt: 1, job: 'dispatch', url: 'https://github.example' },
    leaseUntil: start + JOB_MS,
    previousLease: start - sinceHolderBegan + JOB_MS,
  }
  const asked = await handler.ask(effect, intent)
  connection.close()
  return { kind: asked.kind, waited }
}

test('a dispatch that may have been held back and sent a moment ago is not judged until GitHub lists it', async () => {
  expect(await askAfter(4 * 60_000, 4 * 60_000)).toEqual({ kind: 'not-started', waited: 60_000 })
})

test('once the holder’s step must be over, only what is left of the minute is waited for', async () => {
  expect(await askAfter(5 * 60_000 + 20_000, 60_000)).toEqual({ kind: 'not-started', waited: 40_000 })
  await github.close()
  expect(await askAfter(7 * 60_000, 30_000)).toEqual({ kind: 'not-started', waited: 0 })
})
