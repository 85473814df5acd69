import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createHotfixStage, flip, lookAtRelease, PLATFORM, playKilled, type ReleaseStage, tickedIn } from '../src/index.ts'
import { releaseOf } from '../src/release-files.ts'

const BOARD = 2
const MINUTE = 60_000

let stage: ReleaseStage
beforeEach(async () => {
  stage = await createHotfixStage()
})
afterEach(() => stage.close())

const JOB = { actions: 'write', checks: 'write', contents: 'write', issues: 'write' } as const
/** Each with a token of its own job: they do not live for a day. */
const sweepNow = () =>
  stage.play({ eventName: 'schedule', token: stage.github.world.createToken({ kind: 'job', repository: PLATFORM, permissions: JOB }) })
const sweep = (after = 16 * MINUTE) => {
  stage.github.clock.advance(after)
  return sweepNow()
}
/** As two schedules that GitHub delivered late, at the same moment. */
const sweepTwice = async () => {
  stage.github.clock.advance(16 * MINUTE)
  return Promise.all([sweepNow(), sweepNow()])
}
const issues = () => [...stage.github.world.state.issues.values()]
const boardsOf = (slug: string): readonly number[] =>
  issues().flatMap(({ body, number }) => (body?.includes(`switchyard:release board=${slug} `) === true ? [number] : []))
const repliesOn = (issue: number): readonly string[] =>
  stage.commentsOf(issue).filter((text) => text.startsWith('<!-- switchyard:release reply='))
const checks = () => [...stage.github.world.state.checkRuns.values()]
/** As an admin does by “Delete issue”. */
const remove = (issue: number): void => {
  for (const [id, { number }] of stage.github.world.state.issues) if (number === issue) stage.github.world.state.issues.delete(id)
}
const eventsOf = async (type: string) => (await lookAtRelease(stage)).events.filter((event) => event.type === type)

describe('a sweep of what is sound', () => {
  test('writes nothing, and asks five times for one release', async () => {
    const before = [await stage.ledgerLog(), issues(), stage.commentsOf(BOARD), checks()]
    stage.github.log.reset()
    const { outputs, exitCode } = await sweep()
    expect([outputs['reason-code'], exitCode]).toEqual(['nothing-changed', 0])
    expect(stage.github.log.entries()).toHaveLength(5)
    expect(stage.github.log.depth()).toBe(5)
    expect([await stage.ledgerLog(), issues(), stage.commentsOf(BOARD), checks()]).toEqual(before)
  })

  test('asks twice more for each further release, and none for one that is closed for long', async () => {
    await stage.github.world.commit({
      repository: PLATFORM,
      files: { 'release/releases/second.yml': releaseOf(3), 'release/releases/third.yml': releaseOf(3) },
    })
    for (const slug of ['second', 'third']) await stage.play({ inputs: { mode: 'activate', release: slug } })
    await stage.play({ inputs: { mode: 'archive', release: 'third' } })
    stage.github.log.reset()
    expect((await sweep(25 * 60 * MINUTE)).outputs['reason-code']).toBe('nothing-changed')
    expect(stage.github.log.entries()).toHaveLength(7)
  })
})

describe('a command whose run never happened', () => {
  test('is taken once and answered once, by two sweeps at the same time', async () => {
    await stage.comment(BOARD, '/step done rotate --all', 'writer')
    const results = await sweepTwice()
    expect(results.map(({ exitCode }) => exitCode)).toEqual([0, 0])
    expect(results.map(({ outputs }) => Number(outputs['changes'])).reduce((sum, each) => sum + each, 0)).toBe(3)
    expect(repliesOn(BOARD)).toEqual([expect.stringContaining('**3 changes**')])
    expect((await eventsOf('release.step-done')).map(({ actor }) => actor.login)).toEqual(['writer', 'writer', 'writer'])
    expect(tickedIn(stage.bodyOf(BOARD))).toHaveLength(3)
    expect(checks().at(-1)?.output.title).toContain('33 %')
    expect((await sweep()).outputs['reason-code']).toBe('nothing-changed')
  })

  test('is left to its own run while that is on its way', async () => {
    await stage.comment(BOARD, '/step done rotate --all')
    expect((await sweepNow()).outputs['reason-code']).toBe('nothing-changed')
    expect(repliesOn(BOARD)).toEqual([])
    expect((await sweep()).outputs).toMatchObject({ 'reason-code': 'commanded', changes: '3', percent: '33' })
  })

  test.each([
    ['a refusal', '/step done nothing --all', 'no step nothing'],
    ['a question', '/help', '/step done'],
    ['a status', '/release status', 'kaldvik'],
  ])('is answered once by two sweeps at the same time: %s', async (_, command, answer) => {
    await stage.comment(BOARD, command)
    await sweepTwice()
    await sweep()
    expect(repliesOn(BOARD)).toEqual([expect.stringContaining(answer)])
  })

  test('is told that it counts for nothing when it was edited meanwhile', async () => {
    await stage.comment(BOARD, '/step done rotate --all')
    const { comments } = stage.github.world.state
    for (const one of [...comments.values()].filter(({ body }) => body.startsWith('/step'))) {
      comments.set(one.id, { ...one, body: '/step done reload --all', editedAt: one.updatedAt })
    }
    await sweep()
    expect(repliesOn(BOARD)).toEqual([expect.stringContaining('was changed after it was written')])
    expect(tickedIn(stage.bodyOf(BOARD))).toEqual([])
  })

  test('begins a release, also from an issue that is nobody’s board', async () => {
    await stage.github.world.commit({ repository: PLATFORM, files: { 'release/releases/second.yml': releaseOf(3) } })
    const issue = await stage.openIssue('Second')
    await stage.comment(issue, '/release activate second')
    expect((await sweep()).outputs).toMatchObject({ 'reason-code': 'commanded', changes: '1' })
    const [board] = boardsOf('second')
    expect(repliesOn(issue)).toEqual([expect.stringContaining(`Its board is #${board}`)])
    await sweep()
    expect(repliesOn(issue)).toHaveLength(1)
    expect(boardsOf('second')).toHaveLength(1)
  })

  test('is nobody’s wish any more after a day, where no board is', async () => {
    await stage.github.world.commit({ repository: PLATFORM, files: { 'release/releases/second.yml': releaseOf(3) } })
    await stage.comment(await stage.openIssue('Second'), '/release activate second')
    expect((await sweep(25 * 60 * MINUTE)).outputs['reason-code']).toBe('nothing-changed')
    expect(boardsOf('second')).toEqual([])
  })

  test('that somebody may not give is refused, and the sweep goes on', async () => {
    await stage.comment(BOARD, '/step done rotate --all', 'reader')
    await stage.comment(BOARD, '/step done reload --all', 'writer')
    expect((await sweep()).exitCode).toBe(0)
    expect(repliesOn(BOARD)).toEqual([expect.stringContaining('write'), expect.stringContaining('**3 changes**')])
  })
})

describe('a run that was killed', () => {
  const killed = async (body: string): Promise<void> => {
    const payload = await stage.comment(BOARD, body)
    const kill = { match: { operation: 'CommitToLedger' }, kind: 'lost-answer-after' } as const
    expect((await playKilled(stage, { eventName: 'issue_comment', payload }, kill)).killedBy).toBe('SIGKILL')
  }

  test('after its commit is answered once, by two sweeps at the same time', async () => {
    await killed('/step done rotate --all')
    await sweepTwice()
    expect(repliesOn(BOARD)).toEqual([expect.stringContaining('**3 changes**')])
    expect(await eventsOf('release.step-done')).toHaveLength(3)
    expect(tickedIn(stage.bodyOf(BOARD))).toHaveLength(3)
    expect((await sweep()).outputs['reason-code']).toBe('nothing-changed')
  })

  test('before it opened the board has it opened once, by two sweeps at the same time, and not while it may still come', async () => {
    await stage.github.world.commit({ repository: PLATFORM, files: { 'release/releases/second.yml': releaseOf(3) } })
    const play = { inputs: { mode: 'activate', release: 'second' } }
    await playKilled(stage, play, { match: { operation: 'CommitToLedger' }, kind: 'lost-answer-after' })
    await sweepNow()
    expect(boardsOf('second')).toEqual([])
    await sweepTwice()
    expect(boardsOf('second')).toHaveLength(1)
    expect((await sweep()).outputs['reason-code']).toBe('nothing-changed')
  })

  test('while it archived is answered, and the board is closed to ticks', async () => {
    await killed('/release archive')
    expect(stage.bodyOf(BOARD)).toMatch(/^- \[/m)
    expect((await sweep()).outputs).toMatchObject({ 'reason-code': 'commanded', changes: '1' })
    expect(repliesOn(BOARD)).toEqual([expect.stringContaining('archived')])
    expect(stage.bodyOf(BOARD)).not.toMatch(/^- \[/m)
    expect((await sweep()).outputs['reason-code']).toBe('nothing-changed')
  })
})

describe('a board', () => {
  test('that was deleted is opened anew once, and is worked on', async () => {
    await stage.say(BOARD, '/step done rotate --all')
    remove(BOARD)
    await sweepTwice()
    const [board = 0, ...others] = boardsOf('hotfix')
    expect(others).toEqual([])
    expect(tickedIn(stage.bodyOf(board))).toHaveLength(3)
    expect((await sweep()).outputs['reason-code']).toBe('nothing-changed')
    await stage.edit(board, flip('eu-1/brede', 'reload'))
    await stage.say(board, '/step done handshake brede')
    expect((await lookAtRelease(stage)).cells['eu-1/brede']).toBe('ddd')
  })

  test('that GitHub does not show yet, right after the activation, is not opened twice', async () => {
    remove(BOARD)
    await sweepNow()
    expect(boardsOf('hotfix')).toEqual([])
  })

  test('that was closed by hand is open again, is drawn, answers, and says once how a release is ended', async () => {
    for (const issue of issues().filter(({ number }) => number === BOARD)) {
      stage.github.world.state.issues.set(issue.id, { ...issue, state: 'closed' })
    }
    await stage.comment(BOARD, '/step done rotate --all')
    await sweep()
    expect(issues().find(({ number }) => number === BOARD)?.state).toBe('open')
    expect(tickedIn(stage.bodyOf(BOARD))).toHaveLength(3)
    expect(repliesOn(BOARD)).toHaveLength(1)
  })

  test('whose words somebody changed while nobody listened is drawn anew, without a word', async () => {
    const body = stage.bodyOf(BOARD)
    await stage.change(BOARD, (text) => text.replace('Port of Brede', 'Port of Breda'))
    expect((await sweep()).outputs).toMatchObject({ decision: 'done', 'reason-code': 'repaired' })
    expect(stage.bodyOf(BOARD)).toBe(body)
    expect(stage.commentsOf(BOARD)).toEqual([])
  })

  test('of which nothing is left but a word is drawn anew', async () => {
    const body = stage.bodyOf(BOARD)
    await stage.change(BOARD, () => 'gone')
    await sweep()
    expect(stage.bodyOf(BOARD)).toBe(body)
  })

  test('with a tick that no run took in has it taken once, as the editor’s, by two sweeps at the same time', async () => {
    await stage.change(BOARD, flip('eu-1/brede', 'rotate'), 'writer')
    await sweepTwice()
    expect(tickedIn(stage.bodyOf(BOARD))).toEqual(['eu-1/brede rotate'])
    expect((await eventsOf('release.step-done')).map(({ actor }) => actor.login)).toEqual(['writer'])
    expect(stage.commentsOf(BOARD)).toEqual([])
    expect((await sweep()).outputs['reason-code']).toBe('nothing-changed')
  })

  test('with ticks of whom cannot be told is put back, and says so once', async () => {
    await stage.change(BOARD, (body) => flip('eu-1/brede', 'rotate')(flip('us-1/pelican', 'reload')(body)))
    await sweepTwice()
    expect(tickedIn(stage.bodyOf(BOARD))).toEqual([])
    expect(stage.commentsOf(BOARD)).toEqual([expect.stringMatching(/`rotate` of `eu-1\/brede`.*click again/)])
    await sweep()
    expect(stage.commentsOf(BOARD)).toHaveLength(1)
  })

  test('that somebody ticked just now is left to the tick’s own run', async () => {
    const payload = await stage.change(BOARD, flip('eu-1/brede', 'rotate'))
    expect((await sweepNow()).outputs['reason-code']).toBe('nothing-changed')
    await stage.play({ eventName: 'issues', payload })
    expect(tickedIn(stage.bodyOf(BOARD))).toEqual(['eu-1/brede rotate'])
    expect(stage.commentsOf(BOARD)).toEqual([])
  })
})
