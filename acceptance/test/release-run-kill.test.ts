import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import {
  createHotfixStage,
  HOTFIX,
  lookAtRelease,
  playKilled,
  type ReleasePlay,
  type ReleaseStage,
  sample,
  tickedIn,
} from '../src/index.ts'
import { jobOf, RUN_PATH, RUN_WORKFLOW, runsOf } from '../src/release-runs.ts'

const KINDS = ['lost-answer-before', 'lost-answer-after'] as const
const BOARD = 2
const COMMAND = '/step run rotate eu-1/brede'
const COUNTED = HOTFIX.replace('echo rotated', 'echo ran >> "$COUNTER"')
const FORM = { mode: 'run', release: 'hotfix', step: 'rotate', customers: 'eu-1/brede' } as const

interface Scene {
  readonly stage: ReleaseStage
  /** The job that is killed. */
  readonly play: ReleasePlay
  /** How often the script ran. */
  executions(): Promise<number>
  close(): Promise<void>
}

async function prepare(what: 'comment' | 'form' | 'job'): Promise<Scene> {
  const folder = await mkdtemp(join(tmpdir(), 'switchyard-executions-'))
  const stage = await createHotfixStage({ files: { [RUN_PATH]: RUN_WORKFLOW, 'release/releases/hotfix.yml': COUNTED } })
  const count = join(folder, 'count')
  const close = async (): Promise<void> => {
    await stage.close()
    await rm(folder, { recursive: true })
  }
  const executions = async (): Promise<number> => (await readFile(count, 'utf8').catch(() => '')).split('\n').length - 1
  const scene = { stage, close, executions }
  if (what === 'comment') return { ...scene, play: { eventName: 'issue_comment', payload: await stage.comment(BOARD, COMMAND) } }
  if (what === 'form') return { ...scene, play: { inputs: FORM, run: await stage.startRun() } }
  await stage.say(BOARD, COMMAND)
  return { ...scene, play: { ...jobOf(stage, runsOf(stage)[0]), env: { COUNTER: count } } }
}

/** Every request of such a job, with and without its effect. */
async function killsOf(what: 'comment' | 'form' | 'job') {
  const { stage, play, close } = await prepare(what)
  stage.github.log.reset()
  await stage.play(play)
  const { length } = stage.github.log.entries()
  await close()
  return Array.from({ length }, (_, at) => at + 1).flatMap((nth) => KINDS.map((kind) => ({ nth, kind })))
}

test.concurrent.each(sample(await killsOf('comment')))(
  'a comment’s run killed at request $nth ($kind) starts the step’s workflow once, and is answered once',
  async ({ nth, kind }) => {
    const { stage, play, close } = await prepare('comment')
    try {
      expect((await playKilled(stage, play, { match: { nth }, kind })).killedBy).toBe('SIGKILL')
      await stage.say(BOARD, '/release list')
      expect(runsOf(stage).map(({ inputs }) => inputs['step'])).toEqual(['rotate'])
      expect(stage.commentsOf(BOARD).filter((text) => /run \d+.* was started/.test(text))).toHaveLength(1)
    } finally {
      await close()
    }
  },
)

test.concurrent.each(sample(await killsOf('form')))(
  'a form’s run killed at request $nth ($kind), and run again, starts the step’s workflow once',
  async ({ nth, kind }) => {
    const { stage, play, close } = await prepare('form')
    try {
      expect((await playKilled(stage, play, { match: { nth }, kind })).killedBy).toBe('SIGKILL')
      expect((await stage.play({ ...play, attempt: 2 })).outputs).toMatchObject({ 'reason-code': 'run-started' })
      expect(runsOf(stage)).toHaveLength(1)
      const { events } = await lookAtRelease(stage)
      expect(events.filter(({ type }) => type === 'release.step-run-asked')).toHaveLength(1)
    } finally {
      await close()
    }
  },
)

test.concurrent.each(sample(await killsOf('job')))(
  'a step’s job killed at request $nth ($kind), and run again, carries it out once at most, and says so where nobody knows its end',
  async ({ nth, kind }) => {
    const { stage, play, executions, close } = await prepare('job')
    try {
      expect((await playKilled(stage, play, { match: { nth }, kind })).killedBy).toBe('SIGKILL')
      const again = await stage.play({ ...play, attempt: 2 })
      for (const _ of [1, 2]) await stage.play({ eventName: 'schedule', inputs: { mode: 'sweep' } })
      const { events, cells } = await lookAtRelease(stage)
      const count = (type: string): number => events.filter((each) => each.type === type).length
      expect([count('release.step-run-begun'), count('release.step-ran') + count('release.step-run-lost')]).toEqual([1, 1])
      if (again.outputs['reason-code'] === 'run-open') {
        expect([await executions(), cells['eu-1/brede'], count('release.step-run-lost')]).toEqual([expect.any(Number), '...', 1])
        expect(await executions()).toBeLessThanOrEqual(1)
        expect(stage.commentsOf(BOARD).at(-1)).toMatch(/it was not carried out in .*A run of rotate .* began at .*its end is not recorded/)
        expect(stage.bodyOf(BOARD)).toMatch(/\*\*Look at first:\*\* ❌ \[cut off\]\(.*?\) in `rotate` of `eu-1\/brede`/)
        return
      }
      expect([await executions(), cells['eu-1/brede'], count('release.step-done')]).toEqual([1, 'd..', 1])
      expect(tickedIn(stage.bodyOf(BOARD))).toEqual(['eu-1/brede rotate'])
    } finally {
      await close()
    }
  },
)

/** A job that is killed when its script has run, and before that is recorded. */
async function cutOff(): Promise<Scene> {
  const scene = await prepare('job')
  const { stage, play } = scene
  const isRecord = { method: 'POST', route: /\/graphql$/, nth: 5 } as const
  expect((await playKilled(stage, play, { match: isRecord, kind: 'lost-answer-before' })).killedBy).toBe('SIGKILL')
  expect(await scene.executions()).toBe(1)
  return scene
}

test.each([
  ['/step done rotate eu-1/brede', 'd..'],
  ['/step skip rotate eu-1/brede it went well', 's..'],
  ['/step revert rotate eu-1/brede', 'r..'],
  ['/step reset rotate eu-1/brede', '...'],
])('a run that was cut off keeps others from the step until %s', async (says, cells) => {
  const { stage, executions, close } = await cutOff()
  try {
    expect((await stage.say(BOARD, COMMAND)).outputs['reason-code']).toBe('commands-refused')
    expect(stage.commentsOf(BOARD).at(-1)).toMatch(/its end is not recorded[\s\S]*`RUN_OPEN`/)
    expect([runsOf(stage).length, await executions()]).toEqual([1, 1])
    await stage.play({ eventName: 'schedule', inputs: { mode: 'sweep' } })
    await stage.say(BOARD, '/step show rotate eu-1/brede')
    expect(stage.commentsOf(BOARD).at(-1)).toMatch(/A run began .* for maintainer, and its end is not recorded/)
    expect((await stage.say(BOARD, says)).outputs['changes']).toBe('1')
    expect((await lookAtRelease(stage)).cells['eu-1/brede']).toBe(cells)
    expect(stage.bodyOf(BOARD)).not.toContain('cut off](')
    if (cells === 'd..') return
    expect((await stage.say(BOARD, COMMAND)).outputs['reason-code']).toBe('run-started')
  } finally {
    await close()
  }
})

test('a run that goes on is no run that was cut off: a sweep says nothing of it, and another is refused', async () => {
  const { stage, play, close } = await prepare('job')
  try {
    let swept: readonly unknown[] = []
    stage.github.faults.add({
      match: { method: 'POST', route: /\/graphql$/, nth: 5 },
      kind: 'hold',
      get until() {
        return (async () => {
          await stage.play({ eventName: 'schedule', inputs: { mode: 'sweep' } })
          const refused = await stage.say(BOARD, COMMAND)
          swept = [stage.bodyOf(BOARD).includes('❌ ['), refused.outputs['reason-code']]
        })()
      },
    })
    expect((await stage.play(play)).outputs).toMatchObject({ decision: 'done' })
    expect(swept).toEqual([false, 'commands-refused'])
  } finally {
    await close()
  }
})
