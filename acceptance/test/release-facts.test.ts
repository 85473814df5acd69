import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  createHotfixStage,
  createReleaseStage,
  flip,
  HOTFIX,
  inventoryOf,
  lookAtRelease,
  PLATFORM,
  releaseOf,
  type ReleaseStage,
} from '../src/index.ts'

const FILE = 'release/releases/hotfix.yml'
const MINUTE = 60_000
const JOB = { actions: 'write', checks: 'write', contents: 'write', issues: 'write' } as const

let stage: ReleaseStage
afterEach(() => stage.close())

const commit = (files: Readonly<Record<string, string | null>>, branch = 'main') =>
  stage.github.world.commit({ repository: PLATFORM, files, branch })
const push = async (files: Readonly<Record<string, string | null>>) => {
  await commit(files)
  return stage.play({ eventName: 'push' })
}
const sweep = () => {
  stage.github.clock.advance(6 * MINUTE)
  // A token of its own job: it does not live for so long.
  return stage.play({
    eventName: 'schedule',
    token: stage.github.world.createToken({ kind: 'job', repository: PLATFORM, permissions: JOB }),
  })
}
const checks = () => [...stage.github.world.state.checkRuns.values()]
const percents = () => checks().map(({ output }) => Number(/^\d+/.exec(output.title ?? '')?.[0]))
const titleOf = (issue: number) => [...stage.github.world.state.issues.values()].find(({ number }) => number === issue)?.title
const eventsOf = async (type: string) => (await lookAtRelease(stage)).events.filter((event) => event.type === type)

describe('updateRelease: a pushed change of what a release’s file says of it', () => {
  const CHANGED = HOTFIX.replace('A certificate that ends too early', 'A new certificate')
    .replace("'4.1.3'", "'4.1.4'")
    .replace('release_date: 2026-11-20', 'release_date: 2026-11-27')
    .replace('type: hotfix', 'type: release\nmetadata: { ticket: 17 }')
  const BOARD = 2
  beforeEach(async () => {
    stage = await createHotfixStage()
  })

  test('reaches the active release as one event, its board with title, and the list', async () => {
    const before = (await stage.ledgerLog()).length
    const { outputs, summary } = await push({ [FILE]: CHANGED })
    expect(outputs).toMatchObject({ decision: 'done', changes: '1' })
    expect(summary).toMatch(
      /the release: name is now A new certificate; type is now release; version is now 4\S+4; date is now .*; metadata changed/,
    )
    expect((await stage.ledgerLog()).length).toBe(before + 1)
    expect(await eventsOf('release.facts-changed')).toMatchObject([
      {
        data: {
          version_number: '4.1.4',
          metadata: { ticket: 17 },
          changed: ['name', 'type', 'version_number', 'release_date', 'metadata'],
        },
      },
    ])
    expect(titleOf(BOARD)).toBe('Release A new certificate 4.1.4')
    expect(stage.bodyOf(BOARD)).toMatch(/## A new certificate[\s\S]*version 4\S+4 · release · due 2026/)
    await stage.say(BOARD, '/release list')
    expect(stage.commentsOf(BOARD).at(-1)).toMatch(/`hotfix` \| A new certificate \| 4\S+4 \| release \| active/)
    expect(checks()).toHaveLength(1)
    expect((await push({ 'README.md': 'words' })).outputs['reason-code']).toBe('nothing-changed')
    expect((await sweep()).outputs['reason-code']).toBe('nothing-changed')
  })

  test('together with one of its steps is one commit, told as both', async () => {
    const before = (await stage.ledgerLog()).length
    const { outputs, summary } = await push({ [FILE]: CHANGED.replace('Reload the gateway', 'Reload it') })
    expect(outputs['changes']).toBe('2')
    expect(summary).toContain('- the template: changed `reload`')
    expect((await stage.ledgerLog()).slice(before)).toEqual(['release: release.facts-changed, release.template-changed'])
  })

  test('is taken by the sweep where no push brought it, a title that was lost too', async () => {
    await commit({ [FILE]: CHANGED })
    expect((await sweep()).outputs['decision']).toBe('done')
    expect(titleOf(BOARD)).toBe('Release A new certificate 4.1.4')
    const [board] = [...stage.github.world.state.issues.values()].filter(({ number }) => number === BOARD)
    if (board !== undefined) stage.github.world.state.issues.set(board.id, { ...board, title: 'Something else' })
    expect((await sweep()).outputs['reason-code']).toBe('repaired')
    expect(titleOf(BOARD)).toBe('Release A new certificate 4.1.4')
  })

  test('says only what it would change, when it is asked to', async () => {
    await commit({ [FILE]: CHANGED })
    const { summary } = await stage.play({ eventName: 'push', inputs: { 'dry-run': 'true' } })
    expect(summary).toContain('the release: name is now A new certificate')
    expect(await eventsOf('release.facts-changed')).toEqual([])
    expect(titleOf(BOARD)).toBe('Release A certificate that ends too early 4.1.3')
  })
})

describe('the ref of a release', () => {
  const withRef = (ref: string) => HOTFIX.replace('type: hotfix', `type: hotfix\nref: ${ref}`)
  const activate = async (ref: string | undefined) => {
    await commit({ [FILE]: ref === undefined ? HOTFIX : withRef(ref) })
    const issue = await stage.openIssue('Hotfix')
    return stage.say(issue, '/release activate hotfix')
  }
  beforeEach(async () => {
    stage = await createReleaseStage()
  })

  test.each([
    ['a branch', 'release/4.1'],
    ['a tag', 'v4.1.3'],
    ['a commit', undefined],
  ])('that is %s is the commit that the check run stands on, to the end', async (_, ref) => {
    const { world } = stage.github
    const git = world.git(PLATFORM)
    await commit({ 'app.txt': 'fixed' }, 'release/4.1')
    const fixed = (await git.readRef('refs/heads/release/4.1')) ?? ''
    await git.updateRefs([{ name: 'refs/tags/v4.1.3', oid: fixed }])
    expect((await activate(ref ?? fixed)).outputs['decision']).toBe('done')
    expect(checks().map(({ headSha }) => headSha)).toEqual([fixed])
    await commit({ 'app.txt': 'more' }, 'release/4.1')
    await stage.say(2, '/step done rotate --all')
    expect(checks().map(({ headSha }) => headSha)).toEqual([fixed, fixed])
  })

  test('that is not there refuses the activation, with its place and what to do', async () => {
    const { outputs } = await activate('no-such-branch')
    expect(outputs).toMatchObject({ decision: 'refused', changes: '0' })
    expect(stage.commentsOf(1).at(-1)).toMatch(
      /release\/releases\/hotfix\\?\.yml:3:6: acme\/platform has no branch, tag or commit “no\\?-such\\?-branch”[\s\S]*Push it first/,
    )
    const pressed = await stage.play({ inputs: { mode: 'activate', release: 'hotfix' } })
    expect(pressed.outputs['reason-code']).toBe('ref-not-found')
    expect(checks()).toEqual([])
    expect((await lookAtRelease(stage)).events).toEqual([])
    expect((await stage.play({ inputs: { mode: 'archive', release: 'hotfix' } })).outputs['decision']).toBe('done')
  })

  test('is left out for the default branch’s head when it is activated', async () => {
    await activate(undefined)
    const head = await stage.github.world.git(PLATFORM).readRef('refs/heads/main')
    expect(checks().map(({ headSha }) => headSha)).toEqual([head])
  })
})

describe('the check run of a release of 500 copies', () => {
  const BOARD = 1
  const done = (step: string, customers: string) => stage.play({ inputs: { mode: 'done', release: 'autumn', step, customers } })
  beforeEach(async () => {
    stage = await createReleaseStage({ files: { 'release/inventory.yml': inventoryOf(10), 'release/releases/autumn.yml': releaseOf(50) } })
    await stage.play({ inputs: { mode: 'activate', release: 'autumn' } })
  })

  test('is written when the whole per cent changes, by forms, comments, ticks, pushes and sweeps alike', async () => {
    await done('step-1', 'harbour-1')
    await stage.say(BOARD, '/step done step-1 harbour-2')
    expect(percents()).toEqual([0])
    await done('step-1', 'harbour-3')
    expect(percents()).toEqual([0, 1])
    await push({ 'release/releases/autumn.yml': releaseOf(51) })
    expect(percents()).toEqual([0, 1])
    expect((await sweep()).outputs['reason-code']).toBe('nothing-changed')
    expect(percents()).toEqual([0, 1])
    await stage.say(BOARD, '/step done step-2 --all')
    expect(percents()).toEqual([0, 1, 3])
  })

  test('is not written for a tick within a whole per cent', async () => {
    const page = [...stage.github.world.state.issues.values()].find(({ body }) => body?.includes('`step-1` <!-- cluster-1/harbour-1 -->'))
    await stage.edit(page?.number ?? 0, flip('cluster-1/harbour-1', 'step-1'))
    expect((await lookAtRelease(stage, 'autumn')).cells['cluster-1/harbour-1']).toMatch(/^d\./)
    expect(percents()).toEqual([0])
  })

  test('that was lost is written by the next sweep', async () => {
    const kept = stage.github.world.state.checkRuns
    await stage.say(BOARD, '/step done step-2 --all')
    for (const id of [...kept.keys()].slice(1)) kept.delete(id)
    expect((await sweep()).outputs['reason-code']).toBe('repaired')
    expect(percents()).toEqual([0, 2])
  })
})
