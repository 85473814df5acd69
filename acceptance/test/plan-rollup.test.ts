import type { JsonObject } from '@switchyard/core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { planOf, type PlanStage, SHELF } from '../src/index.ts'
import { EXACT_DEPTH } from '../src/exact-depth.ts'
import { sendTo } from '../src/acts.ts'
import { createPlannedStage } from '../src/planned-stage.ts'
import { seedIdeas } from '../src/plan-crowd.ts'

/** Issue 2 is the epic, 3 and 4 its stories, 5 and 6 the tasks of the first, 7 and 8 of the second. */
const EPIC = 2
let stage: PlanStage
beforeAll(async () => {
  stage = await createPlannedStage(planOf(2, 2), EXACT_DEPTH)
})
afterAll(() => stage.close())

const shut = (issue: number, reason = 'completed'): Promise<JsonObject> => stage.change(issue, { state: 'closed', state_reason: reason })
const open = (issue: number): Promise<JsonObject> => stage.change(issue, { state: 'open' })
const tell = (payload: JsonObject) => stage.play({ eventName: 'issues', payload })
const states = (...numbers: readonly number[]) => numbers.map((number) => stage.issue(number).stateReason ?? stage.issue(number).state)

async function sweep(): Promise<JsonObject> {
  stage.github.clock.advance(16 * 60_000)
  const { outputs } = await stage.play({ inputs: { mode: 'sweep' } })
  return JSON.parse(outputs['result'] ?? '{}')
}

/** A run whose process dies at one of its requests. */
async function killed(payload: JsonObject, match: { readonly nth?: number; readonly operation?: string }): Promise<void> {
  let kill = (): void => undefined
  stage.github.faults.add({ match, kind: 'lost-answer-before', onLost: () => kill() })
  const onStarted = (child: { kill(signal: 'SIGKILL'): unknown }): void => {
    kill = () => void child.kill('SIGKILL')
  }
  expect((await stage.play({ eventName: 'issues', payload, onStarted })).killedBy).toBe('SIGKILL')
  stage.github.faults.clear()
}

test('a task that is closed is told to the ledger and to the card in three round trips', async () => {
  const payload = await shut(5)
  stage.github.log.reset()
  const { outputs, log } = await tell(payload)
  expect({ ...outputs, log }).toMatchObject({ decision: 'done', 'reason-code': 'rolled-up', issues: '0' })
  expect({ requests: stage.github.log.count(), depth: stage.github.log.depth() }).toEqual({ requests: 4, depth: 3 })
  expect(states(3)).toEqual(['open'])
  expect(stage.cardOf(1)).toContain('1 of 4 tasks')
})

test('the last open child closes its parent with a word that says so, and people’s own sub-issues count', async () => {
  const token = stage.tokenOf('maintainer')
  await stage.open('My own', 'Nobody planned this.')
  const own = stage.issues().at(-1)
  await sendTo(stage.github, token, { method: 'POST', path: `/repos/${SHELF}/issues/3/sub_issues`, body: { sub_issue_id: own?.id } })
  expect((await tell(await shut(6, 'not_planned'))).outputs['issues']).toBe('0')
  expect(states(3)).toEqual(['open'])
  const payload = await shut(own?.number ?? 0)
  stage.github.log.reset()
  expect((await tell(payload)).outputs['reason-code']).toBe('not-for-us')
  expect(stage.github.log.count()).toBe(0)
  expect(await sweep()).toMatchObject({ caught_up: 1 })
  expect(states(3, EPIC)).toEqual(['completed', 'open'])
  expect(stage.commentsOf(3)).toEqual([expect.stringContaining('Closed because its last open child was closed: Do 1.1')])
  expect(stage.commentsOf(3)[0]).toContain('3 of 3 children')
})

test('two last children at once close their parent once, up to the epic', async () => {
  const both = [await shut(7), await shut(8)]
  for (const { exitCode } of await Promise.all(both.map(tell))) expect(exitCode).toBe(0)
  expect(states(4, EPIC)).toEqual(['completed', 'completed'])
  expect(stage.commentsOf(4)).toHaveLength(1)
  expect(stage.commentsOf(EPIC)).toEqual([expect.stringContaining('Story 2')])
  expect(stage.commentsOf(EPIC)[0]).toContain('2 of 2 children')
})

test('a child that is opened again opens its parents', async () => {
  expect(JSON.parse((await tell(await open(8))).outputs['result'] ?? '')).toMatchObject({ parents: [4, EPIC] })
  expect(states(4, EPIC)).toEqual(['reopened', 'reopened'])
  expect(stage.commentsOf(4).at(-1)).toContain('1 of 2 children')
  expect(stage.commentsOf(EPIC).at(-1)).toMatch(/^Re-opened because a child of it was: Story 2.*1 of 2 children/)
})

test('all children that are not planned leave a parent that is not planned', async () => {
  await tell(await open(7))
  await tell(await shut(7, 'not_planned'))
  await tell(await shut(8, 'not_planned'))
  expect(states(4, EPIC)).toEqual(['not_planned', 'completed'])
})

test('a run that dies before it opens the parents is made up for by the sweep', async () => {
  await killed(await open(8), { nth: 4 })
  expect(states(4, EPIC)).toEqual(['not_planned', 'completed'])
  await sweep()
  expect(states(4, EPIC)).toEqual(['reopened', 'reopened'])
})

test('a run that dies before it closes the parents is made up for by the sweep, once', async () => {
  const before = stage.commentsOf(4).length
  await killed(await shut(8), { nth: 4 })
  expect(states(4, EPIC)).toEqual(['reopened', 'reopened'])
  await sweep()
  expect(states(4, EPIC)).toEqual(['completed', 'completed'])
  expect(stage.commentsOf(4)).toHaveLength(before + 1)
  expect(await sweep()).toMatchObject({ caught_up: 0 })
  expect(stage.commentsOf(4)).toHaveLength(before + 1)
})

test('a closure that no run heard of is caught by the sweep; a parent that somebody opened again by hand stays open', async () => {
  await tell(await open(EPIC))
  await sweep()
  expect(states(EPIC)).toEqual(['reopened'])
  await open(7)
  await sweep()
  expect(states(4, EPIC)).toEqual(['reopened', 'reopened'])
  await shut(7)
  await sweep()
  expect(states(4, EPIC)).toEqual(['completed', 'completed'])
})

test('a mark that a stranger copied into an issue does nothing', async () => {
  await stage.open('Forged', stage.issue(5).body ?? '', 'reader')
  const { number = 0 } = stage.issues().at(-1) ?? {}
  expect((await tell(await shut(number))).outputs['reason-code']).toBe('not-for-us')
})

test('nor does one in an issue that has the number of a plan’s issue elsewhere', async () => {
  await stage.open('Elsewhere', 'Its number is another repository’s issue’s, too.', 'reader')
  const { number = 0 } = stage.issues().at(-1) ?? {}
  await seedIdeas(stage, [{ issue: 501, tasks: [number], target: { id: 77, repository: 'acme/elsewhere' } }])
  const mark = (stage.issue(5).body ?? '').replace(/issue-1 key=\S+/, `issue-501 key=task-${number}`)
  await stage.change(number, { body: mark })
  expect((await tell(await shut(number))).outputs['reason-code']).toBe('not-for-us')
})

test.each([
  ['text above its mark', (body: string) => `Anna knows.\n\n${body}`],
  ['no mark, but a marker', (body: string) => body.replace(/^<!-- switchyard:plan item=.*$/m, '')],
  ['another issue’s mark', (body: string) => body.replace(/issue-1 key=\S+/, 'issue-99 key=other')],
])('an issue with %s is followed at once', async (_, change) => {
  const before = stage.issue(8).body ?? ''
  const { body } = await stage.change(8, { body: change(before) }).then(({ issue }) => issue as { body: string })
  expect(body).not.toBe(before)
  expect((await tell(await open(8))).outputs['reason-code']).toBe('rolled-up')
  expect((await tell(await shut(8))).outputs['reason-code']).toBe('rolled-up')
  await stage.change(8, { body: before })
})

test('of an issue that was emptied the event costs nothing, and the sweep knows', async () => {
  await stage.change(8, { body: '' })
  const payload = await open(8)
  stage.github.log.reset()
  expect((await tell(payload)).outputs['reason-code']).toBe('not-for-us')
  expect(stage.github.log.count()).toBe(0)
  expect(await sweep()).toMatchObject({ caught_up: 1 })
  expect(states(4, EPIC)).toEqual(['reopened', 'reopened'])
})
