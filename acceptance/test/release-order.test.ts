import { sha256, type JsonObject } from '@switchyard/core'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  createHotfixStage,
  createReleaseStage,
  HOTFIX,
  inventoryOf,
  lookAtRelease,
  playKilled,
  releaseOf,
  type ReleaseStage,
} from '../src/index.ts'

const BOARD = 2
const FENCE = '```'
const idOf = ({ comment }: JsonObject): number => Number((comment as JsonObject)['id'])

let stage: ReleaseStage
afterEach(() => stage.close())

/** Who comments, and the run that each comment wakes. */
async function sayAll(issue: number, bodies: readonly string[], isApart: boolean): Promise<void> {
  const payloads: JsonObject[] = []
  for (const body of bodies) {
    const payload = await stage.comment(issue, body)
    payloads.push(payload)
    if (isApart) await stage.play({ eventName: 'issue_comment', payload })
  }
  if (!isApart) await stage.play({ eventName: 'issue_comment', payload: payloads.at(-1) ?? {} })
}

const answerTo = (issue: number, payload: JsonObject): readonly string[] =>
  stage.commentsOf(issue).filter((text) => text.startsWith(`<!-- switchyard:release reply=${idOf(payload)} -->`))

/** What the ledger has of steps and customers, in its order. */
async function outcomes(): Promise<readonly string[]> {
  const { events } = await lookAtRelease(stage)
  return events
    .filter(({ type }) => !['release.comments-handled', 'release.board-made'].includes(type))
    .map(({ type, subject }) => `${type.replace('release.', '')} ${subject.split('~')[1] ?? ''}`.trim())
}

const reactionsOf = (payload: JsonObject): readonly string[] =>
  [...stage.github.world.state.reactions.values()].flatMap(({ subject, content }) => (subject.id === idOf(payload) ? [content] : []))

describe.each([
  ['in one comment', (bodies: readonly string[]) => [bodies.join('\n')], false],
  ['in one run', (bodies: readonly string[]) => bodies, false],
  ['in a run each', (bodies: readonly string[]) => bodies, true],
] as const)('%s, commands are decided one on another:', (_, write, isApart) => {
  beforeEach(async () => {
    stage = await createReleaseStage()
    await stage.openIssue('Hotfix')
    await stage.say(1, '/release activate hotfix eu-1/brede')
  })

  test('who was just added is worked on, by name and by selector', async () => {
    await sayAll(BOARD, write(['/release add eu-1/kaldvik', '/step done rotate eu-1/kaldvik', '/step skip reload --all not here']), isApart)
    expect((await outcomes()).slice(1)).toEqual([
      'customers-added',
      'step-done eu-1/kaldvik',
      'step-skipped eu-1/brede',
      'step-skipped eu-1/kaldvik',
    ])
  })

  test('what was just overridden is approved, and run', async () => {
    const content = 'echo mine'
    const override = `/step override reload eu-1/brede\n${FENCE}\n${content}\n${FENCE}`
    const approve = `/step approve reload eu-1/brede ${sha256(content)}`
    await sayAll(BOARD, write([override, approve, '/step run reload eu-1/brede']), isApart)
    expect((await outcomes()).slice(1)).toEqual(['step-overridden eu-1/brede', 'content-approved', 'step-run-asked eu-1/brede'])
  })

  test('nothing goes on behind the end of the release', async () => {
    await sayAll(BOARD, write(['/step done rotate eu-1/brede', '/release archive', '/step done reload eu-1/brede']), isApart)
    const isOne = write(['a', 'b']).length === 1
    expect((await outcomes()).slice(1)).toEqual(isOne ? [] : ['step-done eu-1/brede', 'archived'])
  })
})

describe('comments of one issue', () => {
  beforeEach(async () => {
    stage = await createReleaseStage({ files: { 'release/releases/autumn.yml': releaseOf(2) } })
    await stage.openIssue('Hotfix')
  })

  test('begin a release each, and each is answered', async () => {
    const first = await stage.comment(1, '/release activate hotfix')
    const second = await stage.comment(1, '/release activate autumn')
    const third = await stage.comment(1, '/release status')
    await stage.play({ eventName: 'issue_comment', payload: third })
    expect(answerTo(1, first)).toEqual([expect.stringContaining('`hotfix` is active')])
    expect(answerTo(1, second)).toEqual([expect.stringContaining('`autumn` is active')])
    expect(answerTo(1, third)).toEqual([expect.stringContaining('Which release is meant is not said')])
    expect(Object.keys((await lookAtRelease(stage, 'autumn')).cells)).toHaveLength(3)
  })

  test('name a release by their commands, and not by what they quote', async () => {
    const payload = await stage.comment(
      1,
      `${FENCE}\n/release activate ghost\n${FENCE}\n> /release activate ghost\n\n/release activate hotfix`,
    )
    const { outputs } = await stage.play({ eventName: 'issue_comment', payload })
    expect(outputs).toMatchObject({ 'reason-code': 'commanded', release: 'hotfix' })
  })

  test('that only show something end as shown; who is in already is named', async () => {
    await stage.say(1, '/release activate hotfix eu-1/brede')
    expect((await stage.say(BOARD, '/release list')).outputs).toMatchObject({ decision: 'done', 'reason-code': 'shown' })
    await stage.say(BOARD, '/release add eu-1/brede eu-1/kaldvik')
    expect(stage.commentsOf(BOARD).at(-1)).toMatch(/1 customer added: `eu-1\/kaldvik`; in already, and left alone: `eu-1\/brede`/)
  })
})

describe('a burst on a board', () => {
  beforeEach(async () => {
    stage = await createHotfixStage()
  })

  test('has each outcome in the ledger: who was killed behind the commit leaves a refusal that is told as it was', async () => {
    const refused = await stage.comment(BOARD, '/step revert rotate eu-1/brede')
    const done = await stage.comment(BOARD, '/step done rotate eu-1/brede')
    const kill = { match: { operation: 'CommitToLedger' }, kind: 'lost-answer-after' } as const
    expect((await playKilled(stage, { eventName: 'issue_comment', payload: done }, kill)).killedBy).toBe('SIGKILL')
    await stage.say(BOARD, '/release list')
    expect(answerTo(BOARD, refused)).toEqual([expect.stringMatching(/pending/)])
    expect(answerTo(BOARD, done)).toEqual([expect.stringContaining('`rotate` done')])
    expect((await outcomes()).slice(1)).toEqual(['step-done eu-1/brede'])
  })

  test('judges a dry run where it stands among the others', async () => {
    await stage.comment(BOARD, '/step done rotate eu-1/brede')
    const dry = await stage.comment(BOARD, '/step revert rotate eu-1/brede --dry-run')
    await stage.say(BOARD, '/step revert rotate eu-1/brede')
    expect(answerTo(BOARD, dry)).toEqual([expect.stringMatching(/Dry run:.*1 change would be made[\s\S]*`rotate` reverted/)])
    expect((await outcomes()).slice(1)).toEqual(['step-done eu-1/brede', 'step-reverted eu-1/brede'])
  })

  test('that was lost is done however many comments have followed', async () => {
    for (const [nth, customer] of ['eu-1/brede', 'eu-1/kaldvik', 'us-1/pelican'].entries()) {
      await stage.comment(BOARD, `/step done rotate ${customer} number ${nth + 1}`)
    }
    for (let count = 0; count < 100; count += 1) await stage.comment(BOARD, 'We wait.')
    await stage.say(BOARD, '/step done reload eu-1/brede number 4')
    const { events } = await lookAtRelease(stage)
    const notes = events.filter(({ type }) => type === 'release.step-done').map(({ data }) => data['notes'])
    expect(notes).toEqual(['number 1', 'number 2', 'number 3', 'number 4'])
    expect(stage.commentsOf(BOARD).filter((text) => text.startsWith('<!-- switchyard:release reply='))).toHaveLength(4)
  })
})

describe('a comment', () => {
  beforeEach(async () => {
    const large = (id: string) => `    - { id: ${id}, name: Large, type: bash, content: ${JSON.stringify(`echo ${'x'.repeat(40_000)}`)} }\n`
    stage = await createHotfixStage({ files: { 'release/releases/hotfix.yml': `${HOTFIX}${large('one')}${large('two')}` } })
  })

  test('of which one command may not be does nothing at all, and gets 😕', async () => {
    const payload = await stage.comment(BOARD, '/step done rotate eu-1/brede\n/step run reload eu-1/brede\n/step run handshake eu-1/brede')
    const { outputs } = await stage.play({ eventName: 'issue_comment', payload })
    expect(outputs).toMatchObject({ decision: 'refused', changes: '0' })
    expect((await outcomes()).slice(1)).toEqual([])
    expect([...stage.github.world.state.runs.values()].filter(({ event }) => event === 'workflow_dispatch')).toEqual([])
    expect(reactionsOf(payload)).toEqual(['confused'])
  })

  test('of which something was done is no refusal, whatever could not be shown', async () => {
    const payload = await stage.comment(BOARD, '/step done rotate eu-1/brede\n/step show nowhere eu-1/brede')
    const { outputs } = await stage.play({ eventName: 'issue_comment', payload })
    expect(outputs).toMatchObject({ decision: 'done', changes: '1' })
    expect(answerTo(BOARD, payload)).toEqual([expect.stringMatching(/`rotate` done[\s\S]*nowhere/)])
    expect(reactionsOf(payload)).toEqual(['rocket'])
  })

  test('whose answer would be too long is answered with what fits, and told what is left out', async () => {
    const payload = await stage.comment(BOARD, '/step done rotate eu-1/brede\n/step show one eu-1/brede\n/step show two eu-1/brede')
    await stage.play({ eventName: 'issue_comment', payload })
    const [text = '', ...more] = answerTo(BOARD, payload)
    expect(more).toEqual([])
    expect(text.length).toBeLessThanOrEqual(65_536)
    expect(text).toMatch(/`rotate` done[\s\S]*xxx[\s\S]*Left out: `\/step show`/)
  })
})

test('the pages of a release and its board are commanded at the same time, and each outcome is recorded', async () => {
  stage = await createReleaseStage({ files: { 'release/inventory.yml': inventoryOf(120), 'release/releases/autumn.yml': releaseOf(20) } })
  await stage.openIssue('Autumn')
  await stage.say(1, '/release activate autumn')
  const [page, other] = [BOARD + 1, BOARD + 2]
  expect(stage.bodyOf(other)).toContain('board=autumn')
  const first = await stage.comment(page, '/step done step-1 cluster-1/harbour-1 from a page')
  const second = await stage.comment(other, '/step done step-1 cluster-1/harbour-2 from another')
  const third = await stage.comment(BOARD, '/step done step-1 cluster-1/harbour-3 from the board')
  // The board's run is faster than those of the pages.
  await stage.play({ eventName: 'issue_comment', payload: third })
  await Promise.all([first, second].map((payload) => stage.play({ eventName: 'issue_comment', payload })))
  const { events } = await lookAtRelease(stage, 'autumn')
  const notes = events.filter(({ type }) => type === 'release.step-done').map(({ data }) => data['notes'])
  expect(new Set(notes)).toEqual(new Set(['from a page', 'from another', 'from the board']))
  expect(notes).toHaveLength(3)
  expect([answerTo(page, first), answerTo(other, second), answerTo(BOARD, third)].map(({ length }) => length)).toEqual([1, 1, 1])
})
