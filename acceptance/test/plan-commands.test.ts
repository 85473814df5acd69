import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sendTo } from '../src/acts.ts'
import { createPlanStage, planOf, type PlanStage, SHELF } from '../src/index.ts'

let stage: PlanStage
beforeAll(async () => {
  stage = await createPlanStage({ files: { 'plans/other.md': planOf(1, 1, { idea: 999 }) } })
})
afterAll(() => stage.close())

const fence = (text: string): string => `\n\`\`\`\`\n${text}\n\`\`\`\``
const plan = (idea: number, tasks = 2): string => `/plan upload${fence(planOf(1, tasks, { idea }))}`
const json = (round: object): string => `/plan review result${fence(JSON.stringify({ schema_version: 1, ...round }))}`

/** A new idea of the owner's: its issue's number. */
async function idea(title = 'An idea'): Promise<number> {
  const { issue } = await stage.open(title, 'Why not?', 'owner')
  return (issue as { number: number }).number
}

/** What came of a comment, in one line. */
async function say(issue: number, body: string, by = 'owner'): Promise<string> {
  const { outputs, exitCode } = await stage.say(issue, body, by)
  return `${outputs['decision']} ${outputs['reason-code']} ${outputs['status']} ${exitCode}`
}

const repliesOf = (issue: number): readonly string[] => stage.commentsOf(issue).filter((body) => body.includes('plan reply='))
const lastOf = (issue: number): string => repliesOf(issue).at(-1) ?? ''
const cardsOf = (issue: number): readonly string[] => stage.commentsOf(issue).filter((body) => body.includes('plan card -->'))

/** What people put below their comments. */
function reactionsOf(issue: number): readonly string[] {
  const { comments, reactions } = stage.github.world.state
  const { id } = stage.issue(issue)
  const own = new Set([...comments.values()].filter(({ issueId }) => issueId === id).map((comment) => comment.id))
  return [...reactions.values()].filter(({ subject }) => subject.kind === 'comment' && own.has(subject.id)).map(({ content }) => content)
}

test('an idea goes its whole way by comments, and one card shows where it is', async () => {
  const at = await idea('Loans')
  const steps: readonly (readonly [string, string])[] = [
    ['/plan grill start', 'done commanded GRILLING 0'],
    ['/plan grill done', 'done commanded GRILLED 0'],
    ['/plan plan start', 'done commanded PLANNING 0'],
    ['/plan plan failed', 'done commanded PLAN_FAILED 0'],
    ['/plan plan start', 'done commanded PLANNING 0'],
    ['/plan cancel', 'done commanded PLAN_FAILED 0'],
    [plan(at), 'done uploaded PLAN_READY 0'],
    [plan(at), 'nothing-to-do nothing-changed PLAN_READY 0'],
    [plan(at, 3), 'done uploaded PLAN_READY 0'],
    ['/plan review start', 'done commanded REVIEWING_PLAN 0'],
    [json({ verdict: 'continue', findings: [], revised_plan: planOf(1, 4, { idea: at }) }), 'done reviewed REVIEWING_PLAN 0'],
    ['/plan review reject Where are the costs?', 'done reviewed PLAN_REVIEW_FAILED 0'],
    ['/plan review start', 'done commanded REVIEWING_PLAN 0'],
    ['/plan review approve Good now', 'done reviewed PLAN_REVIEWED 0'],
    ['/plan materialise', 'done materialised PLANNED 0'],
  ]
  for (const [command, ended] of steps) expect([command, await say(at, command)]).toEqual([command, ended])
  expect(cardsOf(at)).toHaveLength(1)
  expect(repliesOf(at)).toHaveLength(steps.length)
  expect(new Set(reactionsOf(at))).toEqual(new Set(['rocket']))
  const [card = ''] = cardsOf(at)
  for (const shown of ['0 of 4 tasks', 'Where are the costs?', 'Approved by **owner**', 'NOTE: uploaded']) {
    expect(shown === 'Where are the costs?' ? repliesOf(at).join() : card).toContain(shown)
  }
  expect(await say(at, '/plan status', 'reader')).toBe('done shown PLANNED 0')
  expect(lastOf(at)).toContain('**0 of 4 tasks**')
  expect(await say(at, '/plan show', 'reader')).toBe('done shown PLANNED 0')
  expect(lastOf(at)).toMatch(/### Task: Do 1\.4[^]*Round 3<\/b>/)
})

describe('what is refused is told once, and changes nothing', () => {
  let at = 0
  let before: ReadonlyMap<string, string>
  beforeAll(async () => {
    at = await idea()
    await say(at, '/plan grill start')
    before = await stage.readLedger()
  })

  test.each([
    ['an upload while questions are asked', () => plan(at), 'something-runs', /being grilled[^]*\/plan grill done/],
    ['a step that does not fit', () => '/plan materialise', 'no-plan', /no plan yet/],
    ['a review of nothing', () => '/plan review approve', 'something-runs', /no review waits/],
    ['a rejection without a word', () => '/plan review reject', 'request-invalid', /review reject/],
    ['a result that is no JSON', () => `/plan review result${fence('{')}`, 'review-invalid', /is not JSON[^]*schema\.json/],
    ['a result that is missing', () => '/plan review result', 'request-invalid', /code block below/],
    ['a result with faults', () => json({ verdict: 'fine', findings: [{}] }), 'review-invalid', /findings\[0\].*text[^]*verdict/],
    ['a plan with faults', () => `/plan upload${fence('---\ntitel: x\n---\n# Epos: x')}`, 'plan-faulty', /\| 2 \| 1 \|[^]*\| 4 \| 1 \|/],
    ['a plan of another idea', () => '/plan upload plans/other.md', 'plan-faulty', /for the idea .*999/],
    ['a file that is not there', () => '/plan upload plans/none.md', 'plan-not-found', /no file plans\/none\.md/],
    ['a path out of the repository', () => '/plan upload ../x.md', 'request-invalid', /not a path/],
    ['no plan at all', () => '/plan upload', 'plan-missing', /holds no plan/],
    ['an unknown step', () => '/plan grill stop', 'commands-refused', /start/],
    ['an unknown command', () => '/plan uplaod', 'commands-refused', /\/plan upload/],
  ])('%s', async (_, command, reason, told) => {
    const count = repliesOf(at).length
    expect(await say(at, command())).toBe(`refused ${reason} GRILLING 0`)
    expect(lastOf(at)).toMatch(told)
    expect(repliesOf(at)).toHaveLength(count + 1)
    expect(await stage.readLedger()).toEqual(before)
  })
})

test('a revised plan that does not parse is refused with all its faults, and its round is not recorded', async () => {
  const at = await idea()
  await say(at, `${plan(at)}\n\n/plan review start`)
  const before = await stage.readLedger()
  const faulty = json({ verdict: 'approved', findings: [], revised_plan: '---\ntitle: x\n---\n# Epic: x\n### Taks: y' })
  expect(await say(at, faulty)).toBe('refused plan-faulty REVIEWING_PLAN 0')
  expect(lastOf(at)).toMatch(/\| 5 \| 1 \| .*Taks/)
  expect(await stage.readLedger()).toEqual(before)
})

test('commands of one comment see what the one before left, and one that is refused stops no other', async () => {
  const at = await idea()
  const three = ['/plan grill start', '/plan plan start', '/plan grill done'].join('\n\n')
  expect(await say(at, three)).toBe('refused commands-refused GRILLED 0')
  expect(repliesOf(at)).toHaveLength(1)
  expect(lastOf(at)).toMatch(/`\/plan grill start`[^]*GRILLING[^]*`\/plan plan start`[^]*Refused[^]*`\/plan grill done`[^]*GRILLED/)
  expect(reactionsOf(at)).toEqual(['rocket'])
})

test('two comments that wait are answered by one run, and another finds nothing', async () => {
  const at = await idea()
  const first = await stage.comment(at, '/plan grill start', 'owner')
  const second = await stage.comment(at, '/plan grill done', 'owner')
  const run = await stage.startRun('issue_comment', 'owner')
  const { outputs } = await stage.play({ eventName: 'issue_comment', payload: first, actor: 'owner', run })
  expect(outputs).toMatchObject({ 'reason-code': 'commanded', status: 'GRILLED' })
  const before = await stage.readLedger()
  for (const more of [{}, { run, attempt: 2 }]) {
    const again = await stage.play({ eventName: 'issue_comment', payload: second, actor: 'owner', ...more })
    expect(again.outputs).toMatchObject({ decision: 'nothing-to-do', 'reason-code': 'nothing-new' })
  }
  expect(repliesOf(at)).toHaveLength(2)
  expect(await stage.readLedger()).toEqual(before)
})

test('two runs at once for one comment carry it out once, and answer it once', async () => {
  const at = await idea()
  const count = stage.issues().length
  for (const [said, reason] of [
    [plan(at), 'uploaded'],
    ['/plan materialise', 'materialised'],
  ] as const) {
    const play = { eventName: 'issue_comment', payload: await stage.comment(at, said, 'owner'), actor: 'owner' }
    const both = await Promise.all([stage.play(play), stage.play(play)])
    expect(new Set(both.map(({ outputs }) => outputs['reason-code']))).toEqual(new Set([reason, 'nothing-new']))
  }
  expect([repliesOf(at).length, cardsOf(at).length, stage.issues().length]).toEqual([2, 1, count + 4])
})

test('what one run did and could not tell is told by the next', async () => {
  const at = await idea()
  const payload = await stage.comment(at, '/plan grill start', 'owner')
  const play = { eventName: 'issue_comment', payload, actor: 'owner' }
  stage.github.faults.add({ match: { method: 'POST', route: '/graphql', nth: 3 }, kind: 'error-before', status: 403 })
  expect((await stage.play(play)).log).toContain('could not be drawn')
  expect(repliesOf(at)).toHaveLength(0)
  expect((await stage.play(play)).outputs).toMatchObject({ 'reason-code': 'commanded', status: 'GRILLING' })
  expect([repliesOf(at).length, cardsOf(at).length]).toEqual([1, 1])
  expect(lastOf(at)).toContain('`DRAFT` → `GRILLING`')
})

test('a comment that was changed after it was written is not carried out', async () => {
  const at = await idea()
  const payload = await stage.comment(at, '/plan grill start', 'owner')
  const { id } = (payload as { comment: { id: number } }).comment
  const token = stage.tokenOf('owner')
  await sendTo(stage.github, token, { method: 'PATCH', path: `/repos/${SHELF}/issues/comments/${id}`, body: { body: '/plan cancel' } })
  const { outputs } = await stage.play({ eventName: 'issue_comment', payload, actor: 'owner' })
  expect(outputs).toMatchObject({ decision: 'refused', status: 'DRAFT' })
  expect(lastOf(at)).toContain('was changed after it was written')
})

describe('what is no command of a person’s', () => {
  test('costs no request', async () => {
    const at = await idea()
    const plain = await stage.comment(at, 'I would not /plan this.', 'owner')
    const { comment, issue } = await stage.comment(at, '/plan status', 'owner')
    const onPull = { action: 'created', comment, issue: { ...(issue as object), pull_request: { url: 'x' } } }
    const robot = { action: 'created', comment: { ...(comment as object), user: { login: 'ci[bot]', type: 'Bot' } }, issue }
    for (const payload of [plain, onPull, robot]) {
      stage.github.log.reset()
      const { outputs } = await stage.play({ eventName: 'issue_comment', payload, actor: 'owner' })
      expect([outputs['reason-code'], stage.github.log.count()]).toEqual(['not-for-us', 0])
    }
  })

  test('is answered by nothing: a robot’s, one in a code block, one in a quote', async () => {
    const at = await idea()
    const token = stage.github.world.createToken({ kind: 'job', repository: SHELF, permissions: { issues: 'write' } })
    await sendTo(stage.github, token, {
      method: 'POST',
      path: `/repos/${SHELF}/issues/${at}/comments`,
      body: { body: '/plan grill start' },
    })
    await stage.comment(at, '> /plan grill start', 'owner')
    expect(await say(at, 'Say it like this:\n\n```\n/plan grill start\n```')).toBe('nothing-to-do not-for-us  0')
    expect(stage.commentsOf(at)).toHaveLength(3)
  })
})

test('the card is found and edited in place behind more than 100 comments', async () => {
  const at = await idea()
  await say(at, '/plan grill start')
  for (let count = 0; count < 101; count += 1) await stage.comment(at, `Question ${count}`, 'reader')
  expect(await say(at, '/plan grill done')).toBe('done commanded GRILLED 0')
  expect(cardsOf(at)).toHaveLength(1)
  expect(cardsOf(at)[0]).toContain('The questions are answered')
})

test('the eleventh upload within an hour is refused with the time of the next', async () => {
  const at = await idea()
  const ten = Array.from({ length: 10 }, (_, index) => plan(at, 2 + index)).join('\n\n')
  expect(await say(at, ten, 'maintainer')).toBe('done uploaded PLAN_READY 0')
  expect(await say(at, plan(at, 1), 'maintainer')).toBe('refused too-many-uploads PLAN_READY 0')
  expect(lastOf(at)).toMatch(/The next one is possible at 20\d\d/)
  expect(reactionsOf(at)).toEqual(['rocket', 'confused'])
})
