import { sha256 } from '@switchyard/core'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createHotfixStage, type ReleaseStage } from '../src/index.ts'
import { HOTFIX } from '../src/release-files.ts'
import { PLATFORM } from '../src/release-stage.ts'

const FILE = 'release/releases/hotfix.yml'
const BOARD = 2
const RUN = {
  mode: 'run',
  environment: 'eu-1',
  release: 'hotfix',
  step: 'rotate',
  customers: 'eu-1/brede',
}
let stage: ReleaseStage
beforeEach(async () => {
  stage = await createHotfixStage()
})
afterEach(() => stage.close())

const push = (text: string) => stage.github.world.commit({ repository: PLATFORM, files: { [FILE]: text } })

describe('sync', () => {
  test('an added step becomes pending for everybody, and the board shows it', async () => {
    await push(`${HOTFIX}    - { id: signed, name: Sign off, type: text, content: Ask them. }\n`)
    const { outputs } = await stage.play({ inputs: { mode: 'sync' } })
    expect(outputs).toMatchObject({ decision: 'done', release: 'hotfix' })
    expect(stage.bodyOf(BOARD).match(/^- \[ \] /gm)).toHaveLength(12)
    expect((await stage.play({ inputs: { mode: 'sync' } })).outputs).toMatchObject({ 'reason-code': 'nothing-changed' })
  })

  test('a faulty file is refused', async () => {
    await push('name: [\n')
    const { outputs } = await stage.play({ inputs: { mode: 'sync' } })
    expect(outputs).toMatchObject({ decision: 'refused' })
  })
})

describe('run', () => {
  test('the default branch’s step runs and is done; a second run is refused', async () => {
    const { outputs, log } = await stage.play({ inputs: RUN })
    expect(outputs).toMatchObject({ decision: 'done', percent: '11' })
    expect(log).toContain('rotated')
    expect((await stage.play({ inputs: RUN })).outputs).toMatchObject({ 'reason-code': 'already-done' })
  })

  test('content of a customer’s own runs after an admin approved it', async () => {
    await stage.say(BOARD, '/step override rotate eu-1/brede\n```\necho "::warning::other"; exit 3\n```')
    expect((await stage.play({ inputs: RUN })).outputs).toMatchObject({ 'reason-code': 'content-not-approved' })
    expect((await stage.say(BOARD, `/step approve rotate eu-1/brede ${sha256('echo "::warning::other"; exit 3')}`)).outputs).toMatchObject({
      decision: 'done',
    })
    const { outputs, log } = await stage.play({ inputs: RUN })
    expect(outputs).toMatchObject({ 'reason-code': 'step-failed', percent: '0' })
    expect(log).not.toMatch(/^::warning::other/m)
  })

  test.each([
    ['environment-differs', { environment: 'us-1' }],
    ['text-not-run', { step: 'handshake' }],
  ])('%s', async (reason, more) => {
    expect((await stage.play({ inputs: { ...RUN, ...more } })).outputs).toMatchObject({ 'reason-code': reason })
  })
})

test('a step for the template is committed into the release’s file, and its push brings it', async () => {
  await stage.say(BOARD, '/step add eu-1/brede verify bash "Warm up" --after handshake --template\n```\necho warm\n```')
  expect(stage.commentsOf(BOARD).at(-1)).toMatch(/warm-up.* was written into/)
  await stage.play({ inputs: { mode: 'sync' } })
  expect(stage.bodyOf(BOARD).match(/^- \[ \] /gm)).toHaveLength(12)
})

test('a sweep of what is sound changes nothing', async () => {
  const { outputs } = await stage.play({ eventName: 'schedule', inputs: { mode: 'sweep' } })
  expect(outputs).toMatchObject({ 'reason-code': 'nothing-changed' })
})
