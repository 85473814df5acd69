import { expect, test } from 'vitest'
import { writePlan } from '../lab-plans.test-support.ts'
import { lookAt } from '../plan-ending.test-support.ts'
import { openPlanLab, type PlanLab, SHELF } from '../plan-lab.test-support.ts'
import { after } from './after.test-support.ts'
import { playWhole, prepare, textOf } from './prepared.test-support.ts'

const last = (lab: PlanLab): string => [...lab.local.world.state.comments.values()].at(-1)?.body ?? ''

const cardOf = (lab: PlanLab): string =>
  [...lab.local.world.state.comments.values()].find(({ body }) => body.startsWith('<!-- switchyard:plan card -->'))?.body ?? ''

/** What people put under an issue themselves: all that GitHub takes. Returns how to take it away. */
function fill({ local, issues }: PlanLab, title: string): () => void {
  const { state } = local.world
  const parent = issues().find((issue) => issue.title === title)
  const [idea] = issues()
  if (parent === undefined || idea === undefined) throw new RangeError(`There is no ${title} yet`)
  const others = Array.from({ length: 100 }, (_, at) => ({ ...idea, id: 900_000 + at, number: 5_000 + at, parentId: parent.id }))
  for (const other of others) state.issues.set(other.id, other)
  parent.subIssueIds.push(...others.map(({ id }) => id))
  return () => {
    for (const { id } of others) state.issues.delete(id)
    parent.subIssueIds = parent.subIssueIds.filter((id) => id < 900_000)
  }
}

test('issues that are switched off in the middle: it is told, what was made is kept, and the next try makes the rest', async () => {
  const { ending } = await playWhole('materialise')
  await using prepared = await prepare('materialise')
  const { lab, payload } = prepared
  const { features } = lab.local.world.repository(SHELF)
  const switched = features as { issues: boolean }
  after(lab, 7, () => (switched.issues = false))
  const refused = await lab.play({ eventName: 'issue_comment', payload })
  expect(refused).toMatchObject({ decision: 'failed', reasonCode: 'create-refused' })
  const between = await lookAt(lab)
  expect(between).toMatchObject({ openIntents: 0, status: 'PLAN_READY', known: between.tree.length })
  expect(between.tree.length).toBeGreaterThan(1)
  expect(last(lab)).toContain('Issues are disabled')
  switched.issues = true
  expect(await lab.say('/plan materialise')).toMatchObject({ decision: 'done', reasonCode: 'materialised' })
  expect(await lookAt(lab)).toEqual({ ...ending, replies: [1, 1, 1] })
})

test('what a parent that people filled does not take stands without it, is shown, and is linked by a later sync', async () => {
  const { ending } = await playWhole('materialise')
  await using prepared = await prepare('materialise')
  const { lab, payload } = prepared
  let clear = (): void => undefined
  after(lab, 7, () => (clear = fill(lab, 'South')))
  expect(await lab.play({ eventName: 'issue_comment', payload })).toMatchObject({ decision: 'done', reasonCode: 'materialised' })
  expect(last(lab)).toMatch(/\[#12\]\(\S+\) stands under no issue, since GitHub refused to put it under \[#4\]\(\S+\):/)
  const alone = await lookAt(lab)
  expect(alone).toMatchObject({ openIntents: 0, status: 'PLANNED', known: 16 })
  expect(alone.tree.filter((line) => line.startsWith('south-'))).toHaveLength(6)
  expect(cardOf(lab)).toMatch(/6 tasks under no story.*\n\n.*Do south 1/)
  expect(cardOf(lab)).toContain('0 of 13')

  // As long as there is no room, everything else of a plan goes on.
  const sync = async () => {
    const shown = await lab.say('/plan sync plans/plan.md')
    expect(shown).toMatchObject({ reasonCode: 'difference-shown', result: { changes: 6, conflicts: 0 } })
    return lab.say(`/plan sync plans/plan.md --confirm ${textOf(shown?.outputs?.hash)}`)
  }
  expect(await sync()).toMatchObject({ decision: 'done', reasonCode: 'synced' })
  expect((await lookAt(lab)).tree).toEqual(alone.tree)
  clear()
  expect(await sync()).toMatchObject({ decision: 'done', reasonCode: 'synced' })
  expect(await lookAt(lab)).toEqual({ ...ending, replies: [1, 1, 1, 1, 1, 1] })
  expect(cardOf(lab)).not.toContain('under no story')
})

test('a label that was deleted before a dead run is gone on with: it is told, and the next try makes the rest', async () => {
  const plan = writePlan([{ title: 'North', tasks: [{ title: 'One' }, { title: 'Two' }] }]).replace('idea: 1', 'idea: 1\nlabels: [plan]')
  await using lab = await openPlanLab(plan)
  const { world, clock } = lab.local
  const { id } = await lab.post('labels', { name: 'plan', color: 'ededed' })
  await lab.say('/plan upload plans/plan.md')
  await lab.say('/plan materialise', { kill: { match: { nth: 7 }, kind: 'lost-answer-before' } })
  world.state.labels.delete(Number(id))
  clock.advance(20 * 60_000)
  await lab.sweep()
  expect(await lookAt(lab)).toMatchObject({ openIntents: 0, status: 'PLAN_READY', known: 1 })
  expect([...world.state.comments.values()].at(-1)?.body).toContain('the label “plan”')
  await lab.post('labels', { name: 'plan', color: 'ededed' })
  await lab.say('/plan materialise')
  expect((await lookAt(lab)).tree).toEqual(['reminders “Reminders”', '  north “North”', '    one “One”', '    two “Two”'])
})
