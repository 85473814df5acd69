import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createReleaseStage, type ReleaseStage } from '../src/index.ts'

let stage: ReleaseStage
let issue: number
beforeEach(async () => {
  stage = await createReleaseStage()
  issue = await stage.openIssue('Hotfix')
})
afterEach(() => stage.close())

/** The number of the board, which is opened by the activation. */
const BOARD = 2

async function activate(): Promise<void> {
  const { outputs, log } = await stage.say(issue, '/release activate hotfix')
  expect([outputs['reason-code'], log]).toEqual(['commanded', expect.any(String)])
}

describe('activation', () => {
  test('gives every active customer the steps, opens the board and answers', async () => {
    await activate()
    const board = stage.bodyOf(BOARD)
    expect(board).toContain('eu-1/brede')
    expect(board).toContain('us-1/pelican')
    expect(board).not.toContain('old-quay')
    expect(board.match(/^- \[ \] /gm)).toHaveLength(9)
    expect(stage.commentsOf(issue).at(-1)).toMatch(/is active: 3 steps for 3 customers/)
  })

  test('twice is refused, and nothing changes', async () => {
    await activate()
    const before = stage.bodyOf(BOARD)
    const { outputs } = await stage.say(issue, '/release activate hotfix')
    expect(outputs['decision']).toBe('refused')
    expect(stage.commentsOf(issue).at(-1)).toContain('NOT_DRAFT')
    expect(stage.bodyOf(BOARD)).toBe(before)
  })
})

describe('commands on the board', () => {
  beforeEach(activate)

  test('done ticks the box, moves the bar and the check run, and is answered once', async () => {
    const { outputs } = await stage.say(BOARD, '/step done rotate cluster:eu-*')
    expect(outputs).toMatchObject({ decision: 'done', changes: '2', percent: '22' })
    expect(stage.bodyOf(BOARD).match(/^- \[x\] /gm)).toHaveLength(2)
    expect(stage.commentsOf(BOARD).filter((text) => text.includes('reply='))).toHaveLength(1)
    const checks = [...stage.github.world.state.checkRuns.values()].map(({ name, conclusion, output }) => ({
      name,
      conclusion,
      title: output.title,
    }))
    expect([...stage.github.world.state.checkRuns.values()].at(-1)?.output.summary).toContain(`on its board, issue #${BOARD}.`)
    expect(checks.at(-1)).toMatchObject({ name: 'release/hotfix', conclusion: 'action_required', title: expect.stringContaining('22 %') })
  })

  test('a dry run lists the changes and makes none', async () => {
    const before = stage.bodyOf(BOARD)
    const { outputs } = await stage.say(BOARD, '/step done rotate --all --dry-run')
    expect(outputs).toMatchObject({ 'reason-code': 'dry-run', changes: '0' })
    expect(stage.commentsOf(BOARD).at(-1)).toMatch(/3 changes would be made/)
    expect(stage.bodyOf(BOARD)).toBe(before)
  })

  test('a command in capitals is a command', async () => {
    expect((await stage.say(BOARD, '/Step Done rotate eu-1/brede')).outputs).toMatchObject({ decision: 'done', changes: '1' })
  })

  test.each(['eu-1/brede eu-1/kaldvik', 'brede, kaldvik', 'brede and kaldvik', '--all except kaldvik', 'brede cluster:us-1'])(
    'a customer is not kept as a note: %s',
    async (customers) => {
      const { outputs } = await stage.say(BOARD, `/step done rotate ${customers}`)
      expect(outputs['decision']).toBe('refused')
      expect(stage.bodyOf(BOARD)).not.toContain('[x]')
    },
  )

  test('notes may begin with a customer when they are in quotes', async () => {
    const { outputs } = await stage.say(BOARD, '/step done rotate brede "kaldvik went first"')
    expect(outputs).toMatchObject({ decision: 'done', changes: '1' })
  })

  test('a comment with one wrong command does nothing', async () => {
    const { outputs } = await stage.say(BOARD, '/step done rotate eu-1/brede\n/step skip reload eu-1/brede')
    expect(outputs['decision']).toBe('refused')
    expect(stage.bodyOf(BOARD)).not.toContain('[x]')
  })

  test('a reader may look and change nothing', async () => {
    const refused = await stage.say(BOARD, '/step done rotate eu-1/brede', 'reader')
    expect(refused.outputs['decision']).toBe('refused')
    await stage.say(BOARD, '/release progress', 'reader')
    expect(stage.commentsOf(BOARD).at(-1)).toContain('0 of 9 steps')
  })

  test('steps of a customer’s own, shown with their content', async () => {
    await stage.say(BOARD, '/step add eu-1/brede deploy bash "Warm the cache" --after rotate\n```\necho warm\n```')
    expect(stage.bodyOf(BOARD)).toContain('Warm the cache')
    await stage.say(BOARD, '/step show custom-1 eu-1/brede')
    expect(stage.commentsOf(BOARD).at(-1)).toContain('echo warm')
  })

  test('all done is 100 % and a success', async () => {
    await stage.say(BOARD, '/step done rotate --all\n/step done reload --all\n/step skip handshake --all "looked at by hand"')
    expect([...stage.github.world.state.checkRuns.values()].at(-1)).toMatchObject({ conclusion: 'success' })
    expect(stage.bodyOf(BOARD)).toContain('100 %')
  })
})

describe('boxes', () => {
  beforeEach(activate)

  test('ticking marks done, unticking reverts', async () => {
    const ticked = await stage.edit(BOARD, (body) => body.replace('- [ ] ', '- [x] '))
    expect(ticked.outputs).toMatchObject({ decision: 'done', changes: '1' })
    expect(stage.bodyOf(BOARD).match(/^- \[x\] /gm)).toHaveLength(1)
    const unticked = await stage.edit(BOARD, (body) => body.replace('- [x] ', '- [ ] '))
    expect(unticked.outputs).toMatchObject({ decision: 'done', changes: '1' })
    const again = await stage.edit(BOARD, (body) => body.replace('- [ ] ', '- [x] '))
    expect(again.outputs).toMatchObject({ decision: 'done', changes: '1' })
  })

  test('any other edit is put back and explained', async () => {
    const before = stage.bodyOf(BOARD)
    await stage.edit(BOARD, (body) => body.replace('A certificate', 'My certificate'))
    expect(stage.bodyOf(BOARD)).toBe(before)
    expect(stage.commentsOf(BOARD).at(-1)).toContain('put back')
  })
})
