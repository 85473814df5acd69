import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { type BootstrapStage, endOf, FINISHES, lookAtEnding, runKilled, sample, saveShop } from '../src/index.ts'

const CREATION = { method: 'POST', route: '/orgs/{org}/repos' } as const
const PUSH = { route: /git-receive-pack$/, method: 'POST' } as const

const folder = await mkdtemp(join(tmpdir(), 'bootstrap-strangers-'))
afterAll(() => rm(folder, { recursive: true, force: true }))
const saved = await saveShop(folder)

async function withStage(work: (stage: BootstrapStage) => Promise<void>): Promise<void> {
  const { findings, openIntents } = await endOf(saved, work)
  expect({ findings, openIntents }).toEqual({ findings: [], openIntents: [] })
}

/** It is there as somebody else made it, and nothing of ours is. */
async function expectTheirs(stage: BootstrapStage): Promise<void> {
  const { repositories } = await lookAtEnding(stage)
  expect(repositories).toEqual([
    { name: 'shop', description: 'Somebody else’s', topics: [], labels: expect.not.arrayContaining(['triage']) },
  ])
}

/** A repository of the very name, made by somebody else; empty unless told. */
async function makeTheirs({ github: { world } }: BootstrapStage, files?: Readonly<Record<string, string>>): Promise<void> {
  await world.addRepository({ owner: 'acme', name: 'shop', visibility: 'private', description: 'Somebody else’s' })
  if (files) await world.commit({ repository: 'acme/shop', files })
}

async function replaceByTheirs(stage: BootstrapStage): Promise<void> {
  await stage.github.world.removeRepository('acme/shop')
  await makeTheirs(stage)
}

const refsOf = (stage: BootstrapStage): Promise<string> => stage.git('acme/shop', 'for-each-ref', '--format=%(refname) %(objectname)')
const cleanUp = (stage: BootstrapStage, what: 'delete' | 'resolve', confirm = 'acme/shop') =>
  stage.play({ inputs: { mode: 'cleanup', cleanup: what, owner: 'acme', name: 'shop', confirm } })

const contents = [{ files: { 'README.md': 'theirs' } }, { files: undefined }] as const
test.concurrent.each(contents)('a repository that somebody makes after our preflight is not touched (%o)', ({ files }) =>
  withStage(async (stage) => {
    stage.github.behaviour.onExchange = async ({ path, status }) => {
      if (path.endsWith('/repos/acme/shop') && status === 404) await makeTheirs(stage, files)
    }
    const payload = await stage.comment(1, '/bootstrap run')
    const before = stage.commentsOf(1).length
    const result = await stage.play({ eventName: 'issue_comment', payload })
    expect(result.outputs).toMatchObject({ decision: 'failed', 'reason-code': 'name-taken' })
    await expectTheirs(stage)
    const { runs } = await lookAtEnding(stage)
    expect(runs).toMatchObject([{ status: 'FAILED', needs_cleanup: false, error: { code: 'NAME_TAKEN' } }])
    expect((await refsOf(stage)).split('\n').filter(Boolean)).toHaveLength(files ? 1 : 0)
    expect(stage.commentsOf(1).slice(before).join()).toContain('NAME\\_TAKEN')
  }),
)

describe.concurrent('a process that was killed at the creation, and a repository that somebody made then', () => {
  test.each(['its own next attempt', 'another run'] as const)('found by %s, is not touched', (how) =>
    withStage(async (stage) => {
      const killed = await runKilled(stage, { match: CREATION, kind: 'lost-answer-before' })
      await makeTheirs(stage, { 'README.md': 'theirs' })
      const refs = await refsOf(stage)
      await FINISHES[how](stage, killed)
      await expectTheirs(stage)
      const { runs } = await lookAtEnding(stage)
      const code = how === 'another run' ? 'RUN_ABANDONED' : 'NAME_TAKEN'
      expect(runs).toMatchObject([{ status: 'FAILED', needs_cleanup: false, error: { code } }])
      expect(await refsOf(stage)).toBe(refs)
    }),
  )

  test('in place of ours, is not taken for ours', () =>
    withStage(async (stage) => {
      const killed = await runKilled(stage, { match: CREATION, kind: 'lost-answer-after' })
      await replaceByTheirs(stage)
      await FINISHES['its own next attempt'](stage, killed)
      await expectTheirs(stage)
      const { runs } = await lookAtEnding(stage)
      expect(runs).toMatchObject([{ status: 'FAILED', needs_cleanup: false }])
      expect(await refsOf(stage)).toBe('')
    }))
})

describe.concurrent('a repository that somebody puts in place of ours', () => {
  const ends = ['its own next attempt', 'recovery'] as const
  const kills = [
    { at: 'the push', match: PUSH },
    { at: 'the topics', match: { method: 'PUT', route: '/repos/{owner}/{repo}/topics' } },
    { at: 'the labels', match: { method: 'POST', route: '/repos/{owner}/{repo}/labels' } },
    { at: 'the description', match: { method: 'PATCH', route: '/repos/{owner}/{repo}' } },
  ]
  const cases = kills.flatMap((kill) => ends.map((end) => ({ ...kill, end })))
  test.each(sample(cases))('before $at is neither pushed to nor set by $end, and a clean-up refuses to delete it', ({ match, end }) =>
    withStage(async (stage) => {
      const killed = await runKilled(stage, { match, kind: 'lost-answer-before' })
      expect(killed.killedBy).toBe('SIGKILL')
      await replaceByTheirs(stage)
      if (end === 'recovery') await stage.play({ eventName: 'schedule' })
      else await FINISHES[end](stage, killed)
      await expectTheirs(stage)
      const { runs } = await lookAtEnding(stage)
      expect(await refsOf(stage)).toBe('')
      expect(runs).toMatchObject([{ status: 'FAILED_NEEDS_CLEANUP', needs_cleanup: true, error: { code: 'REPOSITORY_CHANGED' } }])
      expect((await cleanUp(stage, 'delete')).outputs).toMatchObject({ decision: 'failed', 'reason-code': 'cleanup-failed' })
      await expectTheirs(stage)
      expect((await cleanUp(stage, 'resolve')).outputs).toMatchObject({ decision: 'done', 'reason-code': 'cleaned-up' })
    }),
  )
})

describe.concurrent('a clean-up of what a run left over', () => {
  const works = [
    { what: 'another branch', branch: 'work' },
    { what: 'a first commit', branch: 'main' },
  ] as const
  test.each(works)('refuses to delete a repository in which somebody has pushed $what', ({ branch }) =>
    withStage(async (stage) => {
      await runKilled(stage, { match: PUSH, kind: 'lost-answer-before' })
      await stage.play({ eventName: 'schedule' })
      await stage.github.world.commit({ repository: 'acme/shop', branch, files: { mine: 'x' } })
      const refs = await refsOf(stage)
      expect((await cleanUp(stage, 'delete')).outputs).toMatchObject({ decision: 'failed', 'reason-code': 'cleanup-failed' })
      expect(await refsOf(stage)).toBe(refs)
      const { runs } = await lookAtEnding(stage)
      expect(runs).toMatchObject([{ status: 'FAILED_NEEDS_CLEANUP', error: { code: 'REPOSITORY_CHANGED' } }])
    }),
  )

  test('deletes nothing when another name is confirmed', () =>
    withStage(async (stage) => {
      await runKilled(stage, { match: PUSH, kind: 'lost-answer-before' })
      const { outputs } = await cleanUp(stage, 'delete', 'acme/template')
      expect(outputs).toMatchObject({ decision: 'refused', 'reason-code': 'not-confirmed' })
      expect((await lookAtEnding(stage)).repositories).toHaveLength(1)
    }))
})
