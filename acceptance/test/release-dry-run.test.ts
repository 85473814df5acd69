import { afterEach, beforeEach, expect, test } from 'vitest'
import { createHotfixStage, flip, lookAtRelease, PLATFORM, type ReleaseStage } from '../src/index.ts'

const BOARD = 2
const DRY = { 'dry-run': 'true' }

let stage: ReleaseStage
beforeEach(async () => {
  stage = await createHotfixStage()
})
afterEach(() => stage.close())

const runsOfSteps = () => [...stage.github.world.state.runs.values()].filter(({ event }) => event === 'workflow_dispatch')

test('a comment with --dry-run ends with what would change, in the headline and on the page', async () => {
  const { outputs, log, summary } = await stage.say(BOARD, '/step done rotate --all --dry-run')
  expect(outputs).toMatchObject({ decision: 'nothing-to-do', 'reason-code': 'dry-run', changes: '0' })
  expect(log).toContain('3 changes would be made; nothing has changed.')
  expect(summary).toMatch(/3 changes would be made[^]*us-1\/pelican.*rotate/)
  const again = await stage.say(BOARD, '/step reset rotate --all --dry-run')
  expect(again.log).toContain('Nothing would change: everything asked for is so already.')
})

test('beside a comment that changed something, one with --dry-run adds nothing to what was done', async () => {
  await stage.comment(BOARD, '/step done rotate eu-1/brede')
  const { outputs } = await stage.say(BOARD, '/step done reload --all --dry-run')
  expect(outputs).toMatchObject({ decision: 'done', changes: '1' })
})

test('the input dry-run holds for comments: the run’s page says what would change, and nothing is written anywhere', async () => {
  const [ledger, board] = [await stage.readLedger(), stage.bodyOf(BOARD)]
  const payload = await stage.comment(BOARD, '/step done rotate --all\n/step add eu-1/brede deploy bash Warm --template\n```\necho\n```')
  const { outputs, summary } = await stage.play({ eventName: 'issue_comment', payload, inputs: DRY })
  expect(outputs).toMatchObject({ decision: 'nothing-to-do', 'reason-code': 'dry-run', changes: '0' })
  expect(summary).toContain('3 changes would be made')
  expect(await stage.readLedger()).toEqual(ledger)
  expect(stage.bodyOf(BOARD)).toBe(board)
  expect(stage.commentsOf(BOARD)).toHaveLength(1)
})

test('the input dry-run holds for ticks: the box stays as it was clicked, and the ledger as it was', async () => {
  const before = (await lookAtRelease(stage)).events.length
  const payload = await stage.change(BOARD, (body) => `${flip('eu-1/brede', 'rotate')(body)}\nMore words.`)
  const clicked = stage.bodyOf(BOARD)
  const { outputs, summary } = await stage.play({ eventName: 'issues', payload, inputs: DRY })
  expect(outputs).toMatchObject({ 'reason-code': 'dry-run', changes: '0', percent: '0' })
  expect(summary).toContain('1 change would be made')
  expect((await lookAtRelease(stage)).events).toHaveLength(before)
  expect([stage.bodyOf(BOARD), stage.commentsOf(BOARD)]).toEqual([clicked, []])
})

test('no step is started in a dry run, whether a comment or a form asks', async () => {
  await stage.github.world.commit({
    repository: PLATFORM,
    files: { '.github/workflows/release-run.yml': 'on: workflow_dispatch\njobs: {}\n' },
  })
  const before = runsOfSteps().length
  await stage.say(BOARD, '/step run rotate eu-1/brede\n/step done reload eu-1/brede --dry-run')
  expect(stage.commentsOf(BOARD).at(-1)).toMatch(/rotate.*a run would be started/)
  expect(runsOfSteps()).toHaveLength(before)
  const form = { mode: 'run', release: 'hotfix', step: 'rotate', customers: 'eu-1/brede', ...DRY }
  const { outputs, log } = await stage.play({ inputs: form })
  expect(outputs).toMatchObject({ decision: 'nothing-to-do', 'reason-code': 'dry-run' })
  expect(log).toContain('would be started')
  // The run that plays the form is one itself.
  expect(runsOfSteps()).toHaveLength(before + 1)
})

test('where there is no workflow that runs steps, the comment is answered and says so', async () => {
  const { outputs } = await stage.say(BOARD, '/step run rotate eu-1/brede')
  expect(outputs).toMatchObject({ decision: 'refused' })
  expect(stage.commentsOf(BOARD).at(-1)).toMatch(/no workflow release\\?-run\.yml.*run\\?-workflow/s)
})
