import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createPlanStage, planOf, type PlanPlay, type PlanStage } from '../src/index.ts'

const FAULTY = '---\ntitle: x\nidea: 1\n---\n# Epic: x\n### Taks: y\n'
const ROUND = { schema_version: 1, verdict: 'approved', findings: [] }

let stage: PlanStage
beforeAll(async () => {
  stage = await createPlanStage({ files: { 'plans/faulty.md': FAULTY, 'plans/nobody.md': FAULTY.replace('idea: 1\n', '') } })
})
afterAll(() => stage.close())

type Inputs = Readonly<Record<string, string>>

/** How a step ended that was asked by its inputs, in one line. */
async function run(inputs: Inputs, play: PlanPlay = {}): Promise<string> {
  const { outputs, exitCode } = await stage.play({ inputs, ...play })
  return `${outputs['decision']} ${outputs['reason-code']} ${outputs['status']} ${exitCode}`
}

/** All that a run can leave behind, but for the run itself. */
async function traces(): Promise<unknown> {
  const { issues, comments, reactions, checkRuns } = stage.github.world.state
  return {
    ledger: await stage.readLedger(),
    issues: structuredClone([...issues]),
    comments: [...comments],
    sizes: [reactions.size, checkRuns.size],
  }
}

/** Dry and then in earnest: the dry run says how it would end, and leaves nothing behind. */
async function dryFirst(inputs: Inputs): Promise<readonly string[]> {
  const before = await traces()
  const dry = await run({ ...inputs, 'dry-run': 'true' })
  expect(await traces()).toEqual(before)
  return [dry, await run(inputs)]
}

test('each mode does by inputs what its command does, and nothing at all in a dry run', async () => {
  const idea = { idea: '1' }
  const moved = (from: string, to: string): readonly string[] => [`nothing-to-do dry-run ${from} 0`, `done commanded ${to} 0`]
  expect(await dryFirst({ mode: 'status', ...idea })).toEqual(['done shown DRAFT 0', 'done shown DRAFT 0'])
  expect(await dryFirst({ mode: 'grill-start', ...idea })).toEqual(moved('DRAFT', 'GRILLING'))
  expect(await dryFirst({ mode: 'cancel', ...idea })).toEqual(moved('GRILLING', 'DRAFT'))
  expect(await run({ mode: 'grill-start', ...idea })).toBe('done commanded GRILLING 0')
  expect(await dryFirst({ mode: 'grill-done', ...idea })).toEqual(moved('GRILLING', 'GRILLED'))
  expect(await dryFirst({ mode: 'plan-start', ...idea })).toEqual(moved('GRILLED', 'PLANNING'))
  expect(await dryFirst({ mode: 'plan-failed', ...idea })).toEqual(moved('PLANNING', 'PLAN_FAILED'))
  const upload = { mode: 'upload', 'plan-path': 'plans/small.md' }
  expect(await dryFirst(upload)).toEqual(['nothing-to-do dry-run PLAN_FAILED 0', 'done uploaded PLAN_READY 0'])
  expect(await dryFirst({ mode: 'review-start', ...idea })).toEqual(moved('PLAN_READY', 'REVIEWING_PLAN'))
  const review = { mode: 'review', ...idea, review: JSON.stringify({ ...ROUND, revised_plan: planOf(1, 2) }) }
  expect(await dryFirst(review)).toEqual(['nothing-to-do dry-run REVIEWING_PLAN 0', 'done reviewed PLAN_REVIEWED 0'])
  const made = ['nothing-to-do dry-run PLAN_REVIEWED 0', 'done materialised PLANNED 0']
  expect(await dryFirst({ mode: 'materialise', ...idea })).toEqual(made)
  const sync = { mode: 'sync', 'plan-path': 'plans/small.md' }
  expect(await dryFirst(sync)).toEqual(['nothing-to-do dry-run PLANNED 0', 'nothing-to-do difference-shown PLANNED 0'])
  const { hash = '' } = (await stage.play({ inputs: sync })).outputs
  expect(await run({ ...sync, confirm: 'abcdef012345' })).toBe('refused difference-moved PLANNED 1')
  expect(await dryFirst({ ...sync, confirm: hash })).toEqual(['nothing-to-do dry-run PLANNED 0', 'done synced PLANNED 0'])
  expect(stage.issues()).toHaveLength(6)
  expect(stage.commentsOf(1)).toHaveLength(1)
})

test('the input dry-run holds for comments, and for what only repairs: nothing is written anywhere', async () => {
  const payload = await stage.comment(1, '/plan status', 'owner')
  const closed = await stage.change(2, { state: 'closed' })
  const before = await traces()
  const commented = await stage.play({ eventName: 'issue_comment', payload, actor: 'owner', inputs: { 'dry-run': 'true' } })
  expect(commented.outputs).toMatchObject({ 'reason-code': 'shown' })
  expect(commented.summary).toContain('0 of 3 tasks')
  expect(await run({ 'dry-run': 'true' }, { eventName: 'issues', payload: closed })).toBe('nothing-to-do dry-run PLANNED 0')
  expect(await run({ 'dry-run': 'true', mode: 'sweep' })).toBe('nothing-to-do dry-run  0')
  expect(await traces()).toEqual(before)
})

describe('a step that is refused fails, says why, and changes nothing', () => {
  test.each([
    ['a status that does not allow it', { mode: 'grill-done', idea: '1' }, 'refused', 'already-planned'],
    ['a plan with faults', { mode: 'upload', 'plan-path': 'plans/faulty.md' }, 'refused', 'plan-faulty'],
    ['a file that is not there', { mode: 'upload', 'plan-path': 'plans/none.md' }, 'failed', 'plan-not-found'],
    ['a plan of nobody', { mode: 'upload', 'plan-path': 'plans/nobody.md' }, 'failed', 'idea-missing'],
    ['no idea', { mode: 'cancel' }, 'failed', 'idea-missing'],
    ['an issue that is not there', { mode: 'cancel', idea: '4711' }, 'failed', 'issue-not-found'],
    ['a result with faults', { mode: 'review', idea: '1', review: '{}' }, 'failed', 'review-invalid'],
    ['no result', { mode: 'review', idea: '1' }, 'failed', 'request-invalid'],
    ['an unknown mode', { mode: 'sing' }, 'failed', 'invalid-input'],
  ])('%s', async (_, inputs, decision, reason) => {
    const before = await traces()
    const { outputs, exitCode, log } = await stage.play({ inputs })
    expect([outputs['decision'], outputs['reason-code'], exitCode]).toEqual([decision, reason, 1])
    expect(log).toContain('##[error]')
    expect(await traces()).toEqual(before)
  })
})

test('a run that is started again answers as it did, and does nothing twice', async () => {
  const { issue } = await stage.open('Again', 'Why?', 'owner')
  const idea = String((issue as { number: number }).number)
  const inputs = { mode: 'grill-start', idea }
  const given = await stage.startRun()
  expect(await run(inputs, { run: given })).toBe('done commanded GRILLING 0')
  expect(await run({ mode: 'grill-done', idea })).toBe('done commanded GRILLED 0')
  const before = await traces()
  const again = await stage.play({ inputs, run: given, attempt: 2 })
  expect(again.outputs).toMatchObject({ decision: 'done', 'reason-code': 'commanded', status: 'GRILLED' })
  expect(again.summary).toContain('`DRAFT` → `GRILLING`')
  expect(await traces()).toEqual(before)
})

test('another round that the same job posts is another round', async () => {
  const { issue } = await stage.open('Rounds', 'Why?', 'owner')
  const { number } = issue as { number: number }
  const idea = String(number)
  await stage.say(number, `/plan upload\n\`\`\`\`\n${planOf(1, 1, { idea: number })}\n\`\`\`\`\n\n/plan review start`)
  const given = await stage.startRun()
  const review = (round: object): Inputs => ({ mode: 'review', idea, review: JSON.stringify({ ...ROUND, ...round }) })
  const finding = { severity: 'minor', where: 'Do 1.1', text: 'Say more.' }
  expect(await run(review({ verdict: 'continue', findings: [finding] }), { run: given })).toBe('done reviewed REVIEWING_PLAN 0')
  expect(await run(review({}), { run: given, attempt: 2 })).toBe('done reviewed PLAN_REVIEWED 0')
  expect(stage.cardOf(number)).toMatch(/\| 1 \|.*another round[^]*\| 2 \|.*approved/)
})

describe('an issue that was opened with the form', () => {
  const form = (plan: string): string => `### Plan\n\n${plan}\n`

  test('is an idea whose plan is taken; a faulty one is told on it, once, with lines of the issue', async () => {
    const payload = await stage.open('A form', form('---\ntitle: Form\n---\n\n# Epic: Form\n\n## Story: y\n\n### Taks: x\n'), 'owner')
    const { number } = payload.issue as { number: number }
    const play = { eventName: 'issues', payload, actor: 'owner' }
    for (let count = 0; count < 2; count += 1) expect(await run({}, play)).toBe('refused plan-faulty DRAFT 0')
    expect(stage.commentsOf(number)).toEqual([expect.stringMatching(/^<!-- switchyard:plan told=[^]*@owner[^]*\| 11 \| 1 \|/)])
    const edited = await stage.change(
      number,
      { body: form('---\ntitle: Form\n---\n\n# Epic: Form\n\n## Story: y\n\n### Task: x\n') },
      'owner',
    )
    expect(await run({}, { ...play, payload: edited })).toBe('done uploaded PLAN_READY 0')
    expect(stage.cardOf(number)).toContain('**1 story · 1 task**')
  })

  test('by somebody else’s hand waits for its owner', async () => {
    const payload = await stage.open('A form', form(planOf(1, 1).replace('idea: 1\n', '')), 'owner')
    expect(await run({}, { eventName: 'issues', payload, actor: 'owner', startedBy: 'reader' })).toMatch(/^nothing-to-do plan-waits DRAFT/)
  })
})

test('a schedule asks for itself, whoever changed its workflow last', async () => {
  const { issue } = await stage.open('By night', 'Why?', 'owner')
  const idea = String((issue as { number: number }).number)
  stage.github.log.reset()
  expect(await run({ mode: 'grill-start', idea }, { eventName: 'schedule', actor: 'reader' })).toBe('done commanded GRILLING 0')
  expect(stage.github.log.count(({ route }) => route.includes('collaborators'))).toBe(0)
  const events = [...(await stage.readLedger()).values()].join('\n')
  expect(events).toContain('"kind":"schedule"')
})
