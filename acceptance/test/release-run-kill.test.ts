import { expect, test } from 'vitest'
import { createHotfixStage, lookAtRelease, playKilled, type ReleasePlay, type ReleaseStage, tickedIn } from '../src/index.ts'
import { jobOf, RUN_PATH, RUN_WORKFLOW, runsOf } from '../src/release-runs.ts'

const KINDS = ['lost-answer-before', 'lost-answer-after'] as const
const BOARD = 2
const COMMAND = '/step run rotate eu-1/brede'
const FORM = { mode: 'run', release: 'hotfix', step: 'rotate', customers: 'eu-1/brede' } as const

interface Scene {
  readonly stage: ReleaseStage
  /** The job that is killed. */
  readonly play: ReleasePlay
}

async function prepare(what: 'comment' | 'form' | 'job'): Promise<Scene> {
  const stage = await createHotfixStage({ files: { [RUN_PATH]: RUN_WORKFLOW } })
  if (what === 'comment') return { stage, play: { eventName: 'issue_comment', payload: await stage.comment(BOARD, COMMAND) } }
  if (what === 'form') return { stage, play: { inputs: FORM, run: await stage.startRun() } }
  await stage.say(BOARD, COMMAND)
  return { stage, play: jobOf(stage, runsOf(stage)[0]) }
}

/** Every request of such a job, with and without its effect. */
async function killsOf(what: 'comment' | 'form' | 'job') {
  const { stage, play } = await prepare(what)
  stage.github.log.reset()
  await stage.play(play)
  const { length } = stage.github.log.entries()
  await stage.close()
  return Array.from({ length }, (_, at) => at + 1).flatMap((nth) => KINDS.map((kind) => ({ nth, kind })))
}

test.concurrent.each(await killsOf('comment'))(
  'a comment’s run killed at request $nth ($kind) starts the step’s workflow once, and is answered once',
  { timeout: 60_000 },
  async ({ nth, kind }) => {
    const { stage, play } = await prepare('comment')
    try {
      expect((await playKilled(stage, play, { match: { nth }, kind })).killedBy).toBe('SIGKILL')
      await stage.say(BOARD, '/release list')
      expect(runsOf(stage).map(({ inputs }) => inputs['step'])).toEqual(['rotate'])
      expect(stage.commentsOf(BOARD).filter((text) => /run \d+.* was started/.test(text))).toHaveLength(1)
    } finally {
      await stage.close()
    }
  },
)

test.concurrent.each(await killsOf('form'))(
  'a form’s run killed at request $nth ($kind), and run again, starts the step’s workflow once',
  { timeout: 60_000 },
  async ({ nth, kind }) => {
    const { stage, play } = await prepare('form')
    try {
      expect((await playKilled(stage, play, { match: { nth }, kind })).killedBy).toBe('SIGKILL')
      expect((await stage.play({ ...play, attempt: 2 })).outputs).toMatchObject({ 'reason-code': 'run-started' })
      expect(runsOf(stage)).toHaveLength(1)
      const { events } = await lookAtRelease(stage)
      expect(events.filter(({ type }) => type === 'release.step-run-asked')).toHaveLength(1)
    } finally {
      await stage.close()
    }
  },
)

test.concurrent.each(await killsOf('job'))(
  'a step’s job killed at request $nth ($kind), and run again, is recorded as done once',
  { timeout: 60_000 },
  async ({ nth, kind }) => {
    const { stage, play } = await prepare('job')
    try {
      expect((await playKilled(stage, play, { match: { nth }, kind })).killedBy).toBe('SIGKILL')
      await stage.play({ ...play, attempt: 2 })
      await stage.play({ eventName: 'schedule', inputs: { mode: 'sweep' } })
      const { events, cells } = await lookAtRelease(stage)
      expect(events.filter(({ type }) => type === 'release.step-done')).toHaveLength(1)
      expect(cells['eu-1/brede']).toBe('d..')
      expect(tickedIn(stage.bodyOf(BOARD))).toEqual(['eu-1/brede rotate'])
    } finally {
      await stage.close()
    }
  },
)
