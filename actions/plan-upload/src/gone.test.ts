import { expect, test } from 'vitest'
import { textOf } from './converge/prepared.test-support.ts'
import { writePlan } from './lab-plans.test-support.ts'
import { lookAt } from './plan-ending.test-support.ts'
import { openPlanLab, type PlanLab } from './plan-lab.test-support.ts'

const TEXT = writePlan([{ title: 'North', tasks: [{ title: 'One' }, { title: 'Two', after: 'One' }, { title: 'Three', after: 'Two' }] }])

async function planned(): Promise<PlanLab> {
  const lab = await openPlanLab(TEXT)
  await lab.say('/plan upload plans/plan.md')
  await lab.say('/plan materialise')
  return lab
}

/** As an administrator deletes it, or moves it to another repository. Returns its number. */
function take(lab: PlanLab, title: string): number {
  const { issues } = lab.local.world.state
  const issue = lab.issues().find((each) => each.title === title && each.number > 1)
  if (issue === undefined) throw new RangeError(`There is no issue ${title}`)
  issues.delete(issue.id)
  for (const other of issues.values()) {
    other.subIssueIds = other.subIssueIds.filter((id) => id !== issue.id)
    other.blockedByIds = other.blockedByIds.filter((id) => id !== issue.id)
    if (other.parentId === issue.id) other.parentId = undefined
  }
  return issue.number
}

const comments = (lab: PlanLab): readonly string[] => [...lab.local.world.state.comments.values()].map(({ body }) => body)
const card = (lab: PlanLab): string => comments(lab).find((body) => body.startsWith('<!-- switchyard:plan card -->')) ?? ''
const last = (lab: PlanLab): string => comments(lab).at(-1) ?? ''
const linkOf = (number: number): RegExp => new RegExp(`/issues/${number}\\b`)

test('a task that was deleted blocks nothing, is on no critical path, and has no link', async () => {
  await using lab = await planned()
  const number = take(lab, 'One')
  expect(await lab.say('/plan status')).toMatchObject({ result: { gone: 1, total: 2, blocked: ['three'] } })
  expect(last(lab)).toMatch(/\*\*Gone:\*\* .*was deleted, or moved to another repository\. Take it out of the plan/)
  expect(last(lab)).toContain('Critical path: 2 tasks')
  expect(last(lab)).not.toMatch(linkOf(number))

  lab.local.clock.advance(20 * 60_000)
  expect(await lab.sweep()).toMatchObject({ decision: 'done', reasonCode: 'repaired' })
  expect(card(lab)).toMatch(/🕳️ One .* · gone/)
  expect(card(lab)).not.toMatch(linkOf(number))
  expect(card(lab)).toMatch(/⬜ Two/)
  expect(await lab.sweep()).toMatchObject({ decision: 'nothing-to-do', reasonCode: 'nothing-new' })
  expect((await lookAt(lab)).findings).toEqual([])
})

test('when all others are closed, what stood above a deleted task is closed', async () => {
  await using lab = await planned()
  take(lab, 'Three')
  for (const issue of lab.issues().filter(({ title }) => title === 'One' || title === 'Two')) {
    Object.assign(issue, { state: 'closed', stateReason: 'completed' })
  }
  lab.local.clock.advance(20 * 60_000)
  await lab.sweep()
  expect(lab.issues().flatMap(({ title, state, number }) => (state === 'open' && number > 1 ? [title] : []))).toEqual([])
  expect(await lab.sweep()).toMatchObject({ decision: 'nothing-to-do' })
})

test('an issue that is there again counts again', async () => {
  await using lab = await planned()
  const { issues } = lab.local.world.state
  const issue = lab.issues().find(({ title }) => title === 'Two')
  if (issue === undefined) throw new RangeError('It was made')
  issues.delete(issue.id)
  lab.local.clock.advance(20 * 60_000)
  await lab.sweep()
  expect(card(lab)).toContain('· gone')
  issues.set(issue.id, issue)
  await lab.sweep()
  expect(card(lab)).not.toContain('· gone')
  expect(card(lab)).toMatch(linkOf(issue.number))
})

test('a sync tells of it without a link, as one conflict and nothing to apply', async () => {
  await using lab = await planned()
  const number = take(lab, 'One')
  expect(await lab.say('/plan sync')).toMatchObject({ decision: 'nothing-to-do', result: { changes: 0, conflicts: 1 } })
  expect(last(lab)).toContain('### Nothing to apply: 1 conflict to settle by hand')
  expect(last(lab)).toContain('#### 1 conflict, left as it is')
  expect(last(lab)).not.toContain('Nothing has changed yet')
  expect(last(lab)).not.toMatch(linkOf(number))
})

test('a deleted epic is made anew under another id, and its stories are put below it', async () => {
  await using lab = await planned()
  take(lab, 'Reminders')
  await lab.say('/plan sync')
  expect(last(lab)).toContain('an epic takes a new id')
  const text = TEXT.replace('# Epic: Reminders', '# Epic: Reminders {#again}')
  await lab.local.world.commit({ repository: 'acme/shelf', files: { 'plans/plan.md': text } })
  const shown = await lab.say('/plan sync')
  expect(shown).toMatchObject({ reasonCode: 'difference-shown', result: { conflicts: 0 } })
  expect(await lab.say(`/plan sync --confirm ${textOf(shown?.outputs?.hash)}`)).toMatchObject({ decision: 'done', reasonCode: 'synced' })
  expect((await lookAt(lab)).tree).toEqual([
    'again “Reminders”',
    '  north “North”',
    '    one “One”',
    '    two “Two” after one',
    '    three “Three” after two',
  ])
  expect(await lab.say('/plan sync')).toMatchObject({ reasonCode: 'nothing-changed', result: { conflicts: 0 } })
  expect(card(lab)).not.toContain('gone')
})

const MINUTES = 60_000
/** A job's token is of its day. */
const FRESH = { permissions: { actions: 'read', checks: 'write', contents: 'write', issues: 'write', pull_requests: 'read' } } as const
const switchIssues = (lab: PlanLab, repository: string, isOn: boolean): void => {
  lab.local.world.repository(repository).features.issues = isOn
}

test('what is missing a moment after it was made is not taken for gone', async () => {
  await using lab = await planned()
  take(lab, 'One')
  expect(await lab.sweep()).toMatchObject({ reasonCode: 'nothing-new' })
  expect(card(lab)).not.toContain('· gone')
})

test('what comes back after days, closed or open, counts again: the sweep keeps looking', async () => {
  await using lab = await planned()
  const { issues } = lab.local.world.state
  const taken = lab.issues().filter(({ number }) => number > 1)
  for (const { id } of taken) issues.delete(id)
  lab.local.clock.advance(20 * MINUTES)
  expect(await lab.sweep()).toMatchObject({ reasonCode: 'repaired', result: { caught_up: 5 } })
  lab.local.clock.advance(26 * 60 * MINUTES)
  expect(await lab.sweep(FRESH)).toMatchObject({ reasonCode: 'nothing-new' })
  for (const issue of taken) issues.set(issue.id, issue)
  Object.assign(taken.find(({ title }) => title === 'One') ?? {}, { state: 'closed', stateReason: 'completed' })
  expect(await lab.sweep(FRESH)).toMatchObject({ reasonCode: 'repaired' })
  expect(card(lab)).not.toContain('· gone')
  expect(card(lab)).toMatch(/✅ One/)
  expect(card(lab)).toMatch(/⬜ Two/)
  expect(await lab.sweep(FRESH)).toMatchObject({ reasonCode: 'nothing-new' })
  expect((await lookAt(lab)).findings).toEqual([])
})

test('a sync that sees what was gone says so', async () => {
  await using lab = await planned()
  const { issues } = lab.local.world.state
  const two = lab.issues().find(({ title }) => title === 'Two')
  if (two === undefined) throw new RangeError('It was made')
  issues.delete(two.id)
  lab.local.clock.advance(20 * MINUTES)
  await lab.sweep()
  expect(card(lab)).toMatch(/🕳️ Two .* · gone/)
  issues.set(two.id, two)
  await lab.local.world.commit({ repository: 'acme/shelf', files: { 'plans/plan.md': `${TEXT}\nMore of it.\n` } })
  const shown = await lab.say('/plan sync')
  expect(await lab.say(`/plan sync --confirm ${textOf(shown?.outputs?.hash)}`)).toMatchObject({ reasonCode: 'synced' })
  expect(card(lab)).not.toContain('· gone')
  expect(card(lab)).toContain('0 of 3 tasks')
  expect((await lookAt(lab)).findings).toEqual([])
})

test('issues that are switched off are not gone: the idea is told once, and all goes on when they are on again', async () => {
  await using lab = await openPlanLab(TEXT)
  const { world } = lab.local
  await world.addRepository({ owner: 'acme', name: 'other', visibility: 'private' })
  await world.commit({ repository: 'acme/other', files: { '.github/switchyard.yml': 'accepts: [acme/shelf]\n' } })
  const targetToken = world.createToken({ kind: 'classic', user: 'owner', scopes: ['repo'] })
  await lab.say('/plan upload plans/plan.md')
  await lab.say('/plan materialise acme/other', { targetToken })
  lab.local.clock.advance(20 * MINUTES)
  switchIssues(lab, 'acme/other', false)
  expect(await lab.sweep({ targetToken })).toMatchObject({ decision: 'done' })
  expect(last(lab)).toContain('Issues are switched off in acme/other.')
  expect(card(lab)).not.toContain('gone')
  const said = comments(lab).length
  expect(await lab.sweep({ targetToken })).toMatchObject({ decision: 'nothing-to-do', reasonCode: 'nothing-new' })
  expect(comments(lab)).toHaveLength(said)
  expect(await lab.say('/plan sync', { targetToken })).toMatchObject({ decision: 'refused', reasonCode: 'issues-disabled' })
  switchIssues(lab, 'acme/other', true)
  expect(await lab.sweep({ targetToken })).toMatchObject({ reasonCode: 'nothing-new' })
  expect(await lab.say('/plan status', { targetToken })).toMatchObject({ result: { gone: 0, total: 3 } })
})

test('where the idea’s own repository has its issues switched off, the sweep is green and records nothing', async () => {
  await using lab = await planned()
  lab.local.clock.advance(20 * MINUTES)
  switchIssues(lab, 'acme/shelf', false)
  expect(await lab.sweep()).toMatchObject({ decision: 'nothing-to-do', reasonCode: 'nothing-new' })
  switchIssues(lab, 'acme/shelf', true)
  expect(await lab.say('/plan status')).toMatchObject({ result: { gone: 0 } })
  expect(card(lab)).not.toContain('gone')
})
