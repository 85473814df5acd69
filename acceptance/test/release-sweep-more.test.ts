import { afterEach, describe, expect, test } from 'vitest'
import { createReleaseStage, flip, inventoryOf, PLATFORM, releaseOf, type ReleaseStage, tickedIn } from '../src/index.ts'

const MINUTE = 60_000
let stage: ReleaseStage
afterEach(() => stage.close())

const sweepNow = () => stage.play({ eventName: 'schedule' })
const sweep = () => {
  stage.github.clock.advance(16 * MINUTE)
  return sweepNow()
}
const issues = () => [...stage.github.world.state.issues.values()]
const marked = (slug: string, page: number): readonly number[] =>
  issues().flatMap(({ body, number }) =>
    body?.startsWith(`<!-- switchyard:release board=${slug} page=${page} -->`) === true ? [number] : [],
  )
const remove = (issue: number): void => {
  for (const [id, { number }] of stage.github.world.state.issues) if (number === issue) stage.github.world.state.issues.delete(id)
}
const activate = (slug: string) => stage.play({ inputs: { mode: 'activate', release: slug } })

describe('a release on several pages', () => {
  const setUp = async (): Promise<void> => {
    stage = await createReleaseStage({ files: { 'release/inventory.yml': inventoryOf(40), 'release/releases/large.yml': releaseOf(30) } })
    await activate('large')
  }
  const page = (number: number): number => marked('large', number)[0] ?? 0

  test('gets a page back that was deleted, with what is recorded, under its board', async () => {
    await setUp()
    await stage.say(page(2), '/step done step-1 --all')
    const gone = page(2)
    const before = stage.bodyOf(gone)
    remove(gone)
    const { outputs } = await sweep()
    expect(outputs['reason-code']).toBe('repaired')
    expect(marked('large', 2)).toHaveLength(1)
    expect(page(2)).not.toBe(gone)
    expect(stage.bodyOf(page(2))).toBe(before)
    expect(stage.bodyOf(page(0))).toContain(`/issues/${page(2)})`)
    expect(stage.bodyOf(page(0))).not.toContain(`/issues/${gone})`)
    const [board] = issues().filter(({ number }) => number === page(0))
    expect(issues().find(({ number }) => number === page(2))?.parentId).toBe(board?.id)
    const [line = ''] = stage.bodyOf(page(2)).match(/^- \[ \] .*$/m) ?? []
    const [, step = '', address = ''] = /`([^`]+)` <!-- (\S+) -->/.exec(line) ?? []
    await stage.edit(page(2), flip(address, step))
    expect(tickedIn(stage.bodyOf(page(2)))).toContain(`${address} ${step}`)
  })

  test('gets its board back, and every page leads to the new one', async () => {
    await setUp()
    const gone = page(0)
    const pages = issues().filter(({ body }) => body?.includes('board=large page=') === true).length - 1
    remove(gone)
    await sweep()
    expect(marked('large', 0)).toHaveLength(1)
    for (let at = 1; at <= pages; at += 1) {
      expect(marked('large', at)).toHaveLength(1)
      expect(stage.bodyOf(page(at))).toContain(`/issues/${page(0)})`)
      expect(stage.bodyOf(page(0))).toContain(`/issues/${page(at)})`)
    }
    expect((await sweep()).outputs['reason-code']).toBe('nothing-changed')
  })

  test('gets all of it back, and commands that waited on one page are taken with it', async () => {
    await setUp()
    await stage.comment(page(2), '/step done step-1 --all')
    remove(page(0))
    remove(page(1))
    await sweep()
    expect((await sweep()).outputs['reason-code']).toBe('nothing-changed')
    expect([0, 1, 2].map((at) => marked('large', at).length)).toEqual([1, 1, 1])
    expect(tickedIn(stage.bodyOf(page(1))).length).toBeGreaterThan(5)
    expect(stage.commentsOf(page(2)).filter((text) => text.includes('40 changes'))).toHaveLength(1)
  })
})

describe('a check run', () => {
  const setUp = async (): Promise<void> => {
    stage = await createReleaseStage()
    await activate('hotfix')
    await stage.say(1, '/step done rotate --all')
  }
  const checks = () => [...stage.github.world.state.checkRuns.values()]

  test('that is lost is drawn again, on the release’s own commit though the branch went on', async () => {
    await setUp()
    const commit = checks().at(-1)?.headSha
    stage.github.world.state.checkRuns.clear()
    await stage.github.world.commit({ repository: PLATFORM, files: { 'README.md': 'on' } })
    expect((await sweep()).outputs['reason-code']).toBe('repaired')
    expect(checks()).toMatchObject([
      { name: 'release/hotfix', headSha: commit, conclusion: 'action_required', output: { title: '33 %: 3 of 9 steps' } },
    ])
    expect((await sweep()).outputs['reason-code']).toBe('nothing-changed')
  })

  test('that shows another per cent is drawn anew, after more than a page of others', async () => {
    await setUp()
    const [last] = checks().slice(-1)
    if (last === undefined) throw new Error('there is a check run')
    for (let nth = 1; nth <= 130; nth += 1) {
      stage.github.world.state.checkRuns.set(-nth, { ...last, id: -nth, output: { ...last.output, title: `${nth}` } })
    }
    stage.github.world.state.checkRuns.set(last.id, { ...last, output: { ...last.output, title: 'of long ago' } })
    expect((await sweep()).outputs['reason-code']).toBe('repaired')
    expect((await sweep()).outputs['reason-code']).toBe('nothing-changed')
  })

  test('whose commit is gone is warned of, and fails nothing', async () => {
    await setUp()
    stage.github.faults.add({ match: { method: 'GET', route: /check-runs/ }, kind: 'error-before', status: 422 })
    const { annotations, exitCode } = await sweep()
    expect(exitCode).toBe(0)
    const told = annotations.map(({ message }) => message).join()
    expect(told).toContain('The check run of hotfix could not be drawn')
    // An annotation is no Markdown.
    expect(told).not.toContain('\\')
  })
})

test('a release that cannot be looked after is named and fails the run, and the others are put right', async () => {
  stage = await createReleaseStage({ files: { 'release/releases/second.yml': releaseOf(3) } })
  await activate('hotfix')
  await activate('second')
  const [hotfix = 0, second = 0] = [...marked('hotfix', 0), ...marked('second', 0)]
  const body = stage.bodyOf(second)
  await stage.change(second, () => 'gone')
  await stage.comment(hotfix, '/step done rotate --all')
  await stage.github.world.commit({ repository: PLATFORM, files: { '.github/switchyard.yml': 'commands: nobody\n' } })
  const { exitCode, outputs, summary } = await sweep()
  expect([exitCode === 0, outputs['decision']]).toEqual([false, 'refused'])
  expect(summary).toContain('hotfix could not be looked after')
  expect(stage.bodyOf(second)).toBe(body)
  await stage.github.world.commit({ repository: PLATFORM, files: { '.github/switchyard.yml': null } })
  expect((await sweep()).outputs).toMatchObject({ 'reason-code': 'commanded', changes: '3' })
})
