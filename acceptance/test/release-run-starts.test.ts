import type { Fault } from '@switchyard/local-github'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createHotfixStage, lookAtRelease, PLATFORM, playKilled, type ReleasePlay, type ReleaseStage, tickedIn } from '../src/index.ts'
import { carryOut, jobOf, RUN_PATH, RUN_WORKFLOW, runsOf } from '../src/release-runs.ts'

const BOARD = 2
const RUN = '/step run rotate eu-1/brede'
const DISPATCH = { method: 'POST', route: /\/dispatches$/ } as const
const FORM = { mode: 'run', release: 'hotfix', step: 'rotate', customers: 'eu-1/brede' } as const

async function prepare(files: Readonly<Record<string, string>> = { [RUN_PATH]: RUN_WORKFLOW }): Promise<ReleaseStage> {
  const made = await createHotfixStage({ files })
  return made
}

let stage: ReleaseStage
beforeEach(async () => void (stage = await prepare()))
afterEach(() => stage.close())

const answer = (): string => stage.commentsOf(BOARD).at(-1) ?? ''
const asked = async (): Promise<readonly string[]> =>
  (await lookAtRelease(stage)).events.filter(({ type }) => type === 'release.step-run-asked').map(({ actor }) => actor.login)

describe('a comment', () => {
  test('starts the run, which is done in its asker’s name and told on the board', async () => {
    const { outputs } = await stage.say(BOARD, RUN, 'writer')
    expect(outputs).toMatchObject({ decision: 'done', 'reason-code': 'run-started', changes: '0' })
    const [run, ...more] = runsOf(stage)
    expect(more).toEqual([])
    expect(run?.inputs).toMatchObject({ environment: 'eu-1', step: 'rotate', customers: 'eu-1/brede', issue: String(BOARD) })
    expect(answer()).toMatch(new RegExp(`^@writer\\n\\n- .*\\[run ${run?.id}\\].* was started in \`eu-1\``, 'm'))
    const done = await carryOut(stage, run)
    expect(done.outputs).toMatchObject({ decision: 'done', changes: '2', percent: '11' })
    expect(answer()).toMatch(/^@writer `rotate` for `eu-1\/brede`: ✅ it ended with exit code 0 in \[this run\]/)
    expect(tickedIn(stage.bodyOf(BOARD))).toEqual(['eu-1/brede rotate'])
    const { events } = await lookAtRelease(stage)
    expect(events.slice(-2).map(({ type, actor }) => [type, actor.login])).toEqual([
      ['release.step-ran', 'writer'],
      ['release.step-done', 'writer'],
    ])
  })

  test('that asks twice for the same starts one run; for others each its own', async () => {
    await stage.say(BOARD, `${RUN}\n${RUN}\n/step run rotate cluster:eu-*\n/step run reload us-1/pelican`)
    expect(runsOf(stage).map(({ inputs: { step, customers } }) => `${step} ${customers}`)).toEqual([
      'rotate eu-1/brede',
      'rotate eu-1/kaldvik',
      'reload us-1/pelican',
    ])
  })

  test('is told of each command’s own end: one that is refused hides none that was started', async () => {
    const { outputs } = await stage.say(BOARD, `/step done reload eu-1/brede\n${RUN}\n/step show nowhere eu-1/brede\n/release progress`)
    expect(outputs).toMatchObject({ decision: 'done', changes: '1' })
    expect(runsOf(stage)).toHaveLength(1)
    expect(answer()).toMatch(/`reload` done[\s\S]*run \d+.* was started[\s\S]*nowhere[\s\S]*of 9 steps/)
  })

  test('as a dry run starts nothing, and says what it would', async () => {
    const { outputs } = await stage.say(BOARD, `/step done reload eu-1/brede --dry-run\n${RUN}`)
    expect(outputs).toMatchObject({ decision: 'nothing-to-do', 'reason-code': 'dry-run' })
    expect([runsOf(stage), answer()]).toEqual([[], expect.stringContaining('a run would be started')])
    const payload = await stage.comment(BOARD, RUN)
    const { summary } = await stage.play({ eventName: 'issue_comment', payload, inputs: { 'dry-run': 'true' } })
    expect([runsOf(stage), summary]).toEqual([[], expect.stringContaining('a run would be started')])
  })

  test.each([
    ['reader', RUN, /write/],
    ['writer', '/step run nowhere eu-1/brede', /no step nowhere/],
    ['writer', '/step run rotate eu-1/nobody', /nobody/],
    ['writer', '/step run handshake eu-1/brede', /a text for people/],
  ])('by a %s that says %s starts nothing, and is told why', async (by, command, why) => {
    expect((await stage.say(BOARD, command, by)).outputs['decision']).toBe('refused')
    expect([runsOf(stage), answer()]).toEqual([[], expect.stringMatching(why)])
  })
})

describe('a dispatch', () => {
  test.each(['error-after', 'lost-answer-after'] as const)('with %s is found by its name, and not sent again', async (kind) => {
    stage.github.faults.add({ match: DISPATCH, kind })
    expect((await stage.say(BOARD, RUN)).outputs).toMatchObject({ 'reason-code': 'run-started' })
    expect(runsOf(stage)).toHaveLength(1)
    expect(answer()).toMatch(/\[run \d+\].* was started/)
  })

  test.each(['error-before', 'lost-answer-before'] as const)('with %s is not sent again: where to look is said', async (kind) => {
    stage.github.faults.add({ match: DISPATCH, kind })
    expect((await stage.say(BOARD, RUN)).outputs).toMatchObject({ decision: 'refused' })
    expect([runsOf(stage), answer()]).toEqual([[], expect.stringMatching(/not known whether a run was started.*ask for it again/)])
    await stage.say(BOARD, RUN)
    expect(runsOf(stage)).toHaveLength(1)
  })

  test.each([
    ['a workflow that is not there', {}, /no workflow release\\?-run\.yml.*actions: write/],
    [
      'a workflow without its inputs',
      { [RUN_PATH]: 'name: Run\non: workflow_dispatch\njobs: {}\n' },
      /does not start release.*Unexpected inputs.*correlation/s,
    ],
  ])('to %s is refused in the answer, and keeps no command behind it', async (_, files, why) => {
    await stage.close()
    stage = await prepare(files)
    expect((await stage.say(BOARD, RUN)).outputs).toMatchObject({ decision: 'refused' })
    expect(answer()).toMatch(why)
    expect((await stage.say(BOARD, '/step done rotate eu-1/brede')).outputs).toMatchObject({ decision: 'done', changes: '1' })
    expect(stage.commentsOf(BOARD)).toHaveLength(4)
  })

  test('of a token that may not start workflows names the permission', async () => {
    const permissions = { checks: 'write', contents: 'write', issues: 'write' } as const
    const token = stage.github.world.createToken({ kind: 'job', repository: PLATFORM, permissions })
    await stage.play({ eventName: 'issue_comment', payload: await stage.comment(BOARD, RUN), token })
    expect([runsOf(stage), answer()]).toEqual([[], expect.stringMatching(/actions: write/)])
  })

  test('among more than a hundred runs is still found', async () => {
    const play: ReleasePlay = { eventName: 'issue_comment', payload: await stage.comment(BOARD, RUN) }
    await playKilled(stage, play, { match: DISPATCH, kind: 'lost-answer-after' })
    const another = { repository: PLATFORM, workflow: 'release-run.yml', event: 'workflow_dispatch' } as const
    for (let count = 0; count < 101; count += 1) await stage.github.world.startRun(another)
    await stage.say(BOARD, '/release list')
    expect(runsOf(stage).filter(({ inputs }) => inputs['step'] === 'rotate')).toHaveLength(1)
  })
})

describe('a form', () => {
  test('starts the run, which is done in the name of whoever filled it in', async () => {
    const { outputs, summary } = await stage.play({ inputs: FORM, actor: 'writer' })
    expect(outputs).toMatchObject({ decision: 'done', 'reason-code': 'run-started' })
    expect(summary).toMatch(/\[run \d+\].* was started/)
    expect((await carryOut(stage, runsOf(stage)[0])).outputs).toMatchObject({ decision: 'done', percent: '11' })
    const { events } = await lookAtRelease(stage)
    expect(events.slice(-4).map(({ type, actor }) => [type, actor.login])).toEqual([
      ['release.step-run-asked', 'writer'],
      ['release.step-run-begun', 'writer'],
      ['release.step-ran', 'writer'],
      ['release.step-done', 'writer'],
    ])
  })

  test('of a run that is started again starts no second one', async () => {
    const run = await stage.startRun()
    for (const attempt of [1, 2]) {
      expect((await stage.play({ inputs: FORM, run, attempt })).outputs).toMatchObject({ 'reason-code': 'run-started' })
    }
    expect(runsOf(stage)).toHaveLength(1)
    expect(await asked()).toEqual(['maintainer'])
  })

  test.each<[string, Pick<Fault, 'kind' | 'status'>, string]>([
    ['is refused', { kind: 'error-before', status: 403 }, 'run-not-started'],
    ['is not there', { kind: 'error-before', status: 404 }, 'run-not-started'],
    ['does not take it', { kind: 'error-before', status: 422 }, 'run-not-started'],
    ['is not answered', { kind: 'lost-answer-before' }, 'run-start-unclear'],
  ])('whose workflow %s fails, is recorded as asked, and goes on when it is run again', async (_, fault, reason) => {
    stage.github.faults.add({ match: DISPATCH, ...fault })
    const run = await stage.startRun()
    const failed = await stage.play({ inputs: FORM, run })
    expect([failed.outputs['decision'], failed.outputs['reason-code'], failed.exitCode]).toEqual(['failed', reason, 1])
    expect([runsOf(stage), await asked()]).toEqual([[], ['maintainer']])
    expect((await stage.play({ inputs: FORM, run, attempt: 2 })).outputs).toMatchObject({ 'reason-code': 'run-started' })
    expect([runsOf(stage).length, await asked()]).toEqual([1, ['maintainer']])
  })

  test('as a dry run starts nothing, and records nothing', async () => {
    const { outputs } = await stage.play({ inputs: { ...FORM, 'dry-run': 'true' } })
    expect(outputs).toMatchObject({ decision: 'nothing-to-do', 'reason-code': 'dry-run' })
    expect([runsOf(stage), await asked()]).toEqual([[], []])
  })

  test('of somebody without the right is refused', async () => {
    expect((await stage.play({ inputs: FORM, actor: 'reader' })).outputs).toMatchObject({ 'reason-code': 'not-allowed' })
    expect([runsOf(stage), await asked()]).toEqual([[], []])
  })
})

describe('the asker of a run that the toolkit started', () => {
  const forged = async (correlation: string, more: Readonly<Record<string, string>> = {}): Promise<ReleasePlay> => {
    const job = jobOf(stage, runsOf(stage)[0])
    const inputs = { ...job.inputs, ...more }
    return { ...job, run: await stage.startRun(), inputs, payload: { inputs: { ...inputs, 'correlation-id': correlation } } }
  }
  const reasonOf = async (play: ReleasePlay): Promise<string | undefined> => (await stage.play(play)).outputs['reason-code']

  test('is nobody where the comment or the form asked for something else, or does not exist', async () => {
    await stage.say(BOARD, RUN)
    const [run] = runsOf(stage)
    const comment = run?.inputs['correlation-id'] ?? ''
    await stage.play({ inputs: FORM })
    const form = runsOf(stage).at(-1)?.inputs['correlation-id'] ?? ''
    for (const correlation of [comment, form]) {
      expect(await reasonOf(await forged(correlation, { step: 'reload' }))).toBe('asker-unknown')
      expect(await reasonOf(await forged(correlation, { customers: 'eu-1/kaldvik' }))).toBe('asker-unknown')
    }
    for (const correlation of ['', 'comment-1-rotate-eu-1/brede', 'run-1-rotate-eu-1/brede', 'comment-99999-x']) {
      expect(await reasonOf(await forged(correlation))).toBe('asker-unknown')
    }
    expect((await lookAtRelease(stage)).cells['eu-1/brede']).toBe('...')
  })

  test('is asked for their right again when the run is let, and told when it is gone', async () => {
    await stage.say(BOARD, RUN, 'writer')
    stage.github.world.addCollaborator(PLATFORM, 'writer', 'read')
    expect((await carryOut(stage, runsOf(stage)[0])).outputs).toMatchObject({ 'reason-code': 'not-allowed' })
    expect(answer()).toMatch(/^@writer `rotate` for `eu-1\/brede`: it was not carried out in \[this run\].*: .*write/)
  })

  test('is still known when a hundred comments have followed theirs', async () => {
    await stage.say(BOARD, RUN, 'writer')
    for (let count = 0; count < 101; count += 1) await stage.comment(BOARD, 'Waiting.')
    expect((await carryOut(stage, runsOf(stage)[0])).outputs).toMatchObject({ decision: 'done' })
    expect((await lookAtRelease(stage)).events.at(-1)).toMatchObject({ type: 'release.step-done', actor: { login: 'writer' } })
    const [run] = runsOf(stage)
    const correlation = run?.inputs['correlation-id'] ?? ''
    expect(await reasonOf(await forged(correlation, { step: 'reload' }))).toBe('asker-unknown')
  })

  test('is not taken from a comment that was edited', async () => {
    const payload = await stage.comment(BOARD, RUN)
    await stage.play({ eventName: 'issue_comment', payload })
    const id = Number(JSON.parse(JSON.stringify(payload['comment'])).id)
    const response = await fetch(`${stage.github.apiUrl}/repos/${PLATFORM}/issues/comments/${id}`, {
      method: 'PATCH',
      headers: { authorization: `bearer ${stage.tokenOf('maintainer')}` },
      body: JSON.stringify({ body: RUN.replace('rotate', 'reload') }),
    })
    expect(response.status).toBe(200)
    expect((await carryOut(stage, runsOf(stage)[0])).outputs).toMatchObject({ 'reason-code': 'asker-unknown' })
  })
})

test('a sweep that sees the same comment at the same time starts no second run', async () => {
  const payload = await stage.comment(BOARD, RUN)
  await Promise.all([
    stage.play({ eventName: 'issue_comment', payload }),
    stage.play({ eventName: 'schedule', inputs: { mode: 'sweep' } }),
    stage.play({ eventName: 'schedule', inputs: { mode: 'sweep' } }),
  ])
  expect([runsOf(stage).length, await asked()]).toEqual([1, ['maintainer']])
  expect(stage.commentsOf(BOARD).filter((text) => text.includes('was started'))).toHaveLength(1)
})
