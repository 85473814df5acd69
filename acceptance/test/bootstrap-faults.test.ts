import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import type { Fault } from '@switchyard/local-github'
import { type BootstrapStage, createBootstrapStage, FINISHES, type Killed, lookAtEnding, sample, saveShop } from '../src/index.ts'

const FAULTS = [
  { name: '502 before', kind: 'error-before' },
  { name: '502 after', kind: 'error-after' },
  { name: 'the answer lost', kind: 'lost-answer-after' },
  { name: 'the rate limited', kind: 'secondary-limit', ms: 1_000 },
] as const satisfies readonly (Pick<Fault, 'kind' | 'ms'> & { readonly name: string })[]

const folder = await mkdtemp(join(tmpdir(), 'bootstrap-faults-'))
afterAll(() => rm(folder, { recursive: true, force: true }))
const saved = await saveShop(folder)
const total = await countRequests()

async function countRequests(): Promise<number> {
  const stage = await createBootstrapStage({ saved })
  const payload = await stage.comment(1, '/bootstrap run')
  stage.github.log.reset()
  await stage.play({ eventName: 'issue_comment', payload })
  await stage.close()
  return stage.github.log.count()
}

/** Plays `/bootstrap run`. Returns how it ended, and what is needed to finish it. */
async function play(stage: BootstrapStage): Promise<{ readonly reason: string | undefined; readonly ended: Killed }> {
  const payload = await stage.comment(1, '/bootstrap run')
  const run = await stage.startRun()
  const { outputs, killedBy } = await stage.play({ eventName: 'issue_comment', payload, run })
  stage.github.faults.clear()
  await stage.github.world.completeRun(run.id, 'success')
  return { reason: outputs['reason-code'], ended: { run, payload, killedBy } }
}

async function expectComplete(stage: BootstrapStage): Promise<void> {
  const { repositories, runs, findings, openIntents, progressComments } = await lookAtEnding(stage)
  expect({ findings, openIntents, status: runs.at(-1)?.status }).toEqual({ findings: [], openIntents: [], status: 'SUCCEEDED' })
  const labels = expect.arrayContaining(['triage', 'urgent'])
  expect(repositories).toMatchObject([{ name: 'shop', description: 'From acme/template v1.0.0', topics: ['shop', 'web'], labels }])
  expect(await stage.git('acme/shop', 'rev-list', '--count', '--all')).toBe('1')
  expect(Math.max(...progressComments)).toBe(1)
}

const cases = Array.from({ length: total }, (_, at) => at + 1).flatMap((nth) => FAULTS.map((fault) => ({ nth, ...fault })))
test.concurrent.each(sample(cases))(
  'request $nth, $name: it is there once and complete all the same',
  async ({ nth, name: _, ...fault }) => {
    const stage = await createBootstrapStage({ saved })
    try {
      // The comment that asks for it is the first request.
      stage.github.faults.add({ match: { nth: nth + 1 }, ...fault })
      expect((await play(stage)).reason).toBe('created')
      await expectComplete(stage)
    } finally {
      await stage.close()
    }
  },
)

test.concurrent.each(['missing', 'empty'] as const)('a fresh repository that is %s for a while is waited for', async (as) => {
  const stage = await createBootstrapStage({ saved, freshRepositories: { as, answers: 4 } })
  try {
    expect((await play(stage)).reason).toBe('created')
    await expectComplete(stage)
  } finally {
    await stage.close()
  }
})

const writes = [
  { what: 'the creation', match: { method: 'POST', route: '/orgs/{org}/repos' } },
  { what: 'the push', match: { method: 'POST', route: /git-receive-pack$/ } },
  { what: 'the topics', match: { method: 'PUT', route: '/repos/{owner}/{repo}/topics' } },
  { what: 'the labels', match: { method: 'POST', route: '/repos/{owner}/{repo}/labels' } },
  { what: 'the description', match: { method: 'PATCH', route: '/repos/{owner}/{repo}' } },
] as const
const lasting = writes.flatMap((write) => (['error-before', 'error-after'] as const).map((kind) => ({ ...write, kind })))
test.concurrent.each(lasting)('$what that goes on answering 502 ($kind) leaves what recovery ends', async ({ match, kind }) => {
  const stage = await createBootstrapStage({ saved })
  try {
    stage.github.faults.add({ match, kind, times: 20 })
    const { reason, ended } = await play(stage)
    expect(reason).toBeOneOf(['created', 'unfinished'])
    if (reason === 'unfinished') await FINISHES['another run'](stage, ended)
    await expectComplete(stage)
  } finally {
    await stage.close()
  }
})
