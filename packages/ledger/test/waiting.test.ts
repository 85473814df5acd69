import { GitHubError } from '@switchyard/core'
import { expect, it } from 'vitest'
import { MemoryBranch, MemoryStore } from '../src/memory-store.ts'
import { VirtualClock } from './clock.ts'
import { Courier } from './courier.ts'
import { ask, openLedger } from './fixture.ts'

const request = { requests: [ask('a', { kind: 'pay', amount: 1 } as const, 'k')], handlers: new Courier() }

function limited(retryAfterMs: number): GitHubError {
  return new GitHubError('GITHUB_RATE_LIMITED', 'slow down', { status: 403, route: 'POST /graphql', retryAfterMs })
}

it.each(['read', 'create', 'commit'] as const)('waits as long as GitHub says when a %s is rate limited', async (name) => {
  const clock = new VirtualClock()
  const start = clock.now()
  let hits = 0
  const before = (current: string): void => {
    if (current === name && ++hits === 1) throw limited(30_000)
  }
  const { results } = await clock.run(openLedger(new MemoryStore(new MemoryBranch(), { before }), { clock }).perform(request))
  expect(results).toMatchObject([{ kind: 'done', state: { paid: 1 } }])
  expect(clock.now() - start).toBe(30_000)
})

it('does not wait beyond its deadline, and leaves everything to be run again', async () => {
  const clock = new VirtualClock()
  const branch = new MemoryBranch()
  const before = (current: string): void => {
    if (current === 'commit') throw limited(30_000)
  }
  const work = openLedger(new MemoryStore(branch, { before }), { clock, deadlineMs: 10_000 }).perform(request)
  await expect(clock.run(work)).rejects.toMatchObject({ code: 'GITHUB_RATE_LIMITED' })
  expect((await openLedger(new MemoryStore(branch)).perform(request)).results).toMatchObject([{ kind: 'done' }])
})

it('says LEDGER_BUSY when others were faster until the deadline', async () => {
  const clock = new VirtualClock()
  const branch = new MemoryBranch()
  await openLedger(new MemoryStore(branch)).perform({ ...request, requests: [ask('b', { kind: 'pay', amount: 1 }, 'other')] })
  const before = (current: string): void => {
    if (current === 'commit') branch.push(branch.files)
  }
  const work = openLedger(new MemoryStore(branch, { before }), { clock, deadlineMs: 5_000 }).perform(request)
  await expect(clock.run(work)).rejects.toMatchObject({ code: 'LEDGER_BUSY', retryPolicy: 'rerun' })
})

it('throws what went wrong when no commit was ever answered', async () => {
  const clock = new VirtualClock()
  const before = (current: string): void => {
    if (current === 'commit') throw new GitHubError('GITHUB_UNAVAILABLE', 'down', { status: 502, route: 'POST /graphql' })
  }
  const work = openLedger(new MemoryStore(new MemoryBranch(), { before }), { clock, deadlineMs: 5_000 }).perform(request)
  await expect(clock.run(work)).rejects.toMatchObject({ code: 'GITHUB_UNAVAILABLE' })
})
