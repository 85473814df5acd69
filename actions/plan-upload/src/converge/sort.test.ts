import { expect, test } from 'vitest'
import { PLAN } from '../lab-plans.test-support.ts'
import { openPlanLab, type PlanLab, SHELF } from '../plan-lab.test-support.ts'

const headed = (head: string): string => PLAN.replace('idea: 1\n', `idea: 1\n${head}\n`)
const FIRST = headed('labels: [plan, old]\nmilestone: v1\nassignees: [owner]')
const NEXT = headed('labels: [plan, new]\nmilestone: v2')

const commit = ({ local }: PlanLab, plan: string): Promise<string> =>
  local.world.commit({ repository: SHELF, files: { 'plans/plan.md': plan } })
const lastComment = ({ local }: PlanLab): string => [...local.world.state.comments.values()].at(-1)?.body ?? ''

async function openSorted(): Promise<PlanLab> {
  const lab = await openPlanLab(FIRST)
  for (const name of ['plan', 'old', 'new', 'urgent']) await lab.post('labels', { name, color: 'ededed' })
  for (const title of ['v1', 'v2']) await lab.post('milestones', { title })
  await lab.say('/plan upload plans/plan.md')
  expect(await lab.say('/plan materialise')).toMatchObject({ reasonCode: 'materialised' })
  return lab
}

/** Of each issue of the plan. */
function sortingsOf(lab: PlanLab): readonly string[] {
  const { labels, milestones } = lab.local.world.state
  return lab.issues().flatMap(({ number, labelIds, milestoneId, assigneeIds }) => {
    if (number === 1) return []
    const names = labelIds.map((id) => labels.get(id)?.name).join(' ')
    return [`${names}, ${milestoneId === undefined ? '' : milestones.get(milestoneId)?.title}, ${assigneeIds.length}`]
  })
}

/** Of the run alone, without the comment that wakes it. */
const requestsOf = ({ local }: PlanLab): number => local.log.count() - 1

/** The hash of the difference that is shown. */
async function show(lab: PlanLab): Promise<string> {
  const shown = await lab.say('/plan sync')
  expect(shown).toMatchObject({ reasonCode: 'difference-shown' })
  const hash = shown?.outputs?.['hash']
  return typeof hash === 'string' ? hash : ''
}

test('labels, milestone and assignees that the plan changed are shown in a line and follow when that is confirmed', async () => {
  await using lab = await openSorted()
  expect(new Set(sortingsOf(lab))).toEqual(new Set(['plan old, v1, 1']))
  await commit(lab, NEXT)
  const hash = await show(lab)
  expect(lastComment(lab)).toContain(
    '| 🔖 sort | 16 issues | labels + `new`, − `old`; milestone `v2` in place of `v1`; assignees − `owner` |',
  )
  const first = lab.issues().find(({ number }) => number === 3)
  first?.labelIds.splice(0)
  lab.local.log.reset()
  const again = await show(lab)
  expect(again).not.toBe(hash)
  // One more than any difference: what is put on is looked for.
  expect(requestsOf(lab)).toBe(7)
  lab.local.log.reset()
  expect(await lab.say(`/plan sync --confirm ${again}`)).toMatchObject({ reasonCode: 'synced', outputs: { issues: '16' } })
  // 64 changes, twenty a request.
  expect(requestsOf(lab)).toBe(10 + 4)
  expect(sortingsOf(lab)).toEqual(sortingsOf(lab).map((_, at) => (at === 1 ? 'new, v2, 0' : 'plan new, v2, 0')))
  expect(await lab.say('/plan sync')).toMatchObject({ reasonCode: 'nothing-changed' })
})

test('an issue that is changed in several ways counts once', async () => {
  await using lab = await openSorted()
  await commit(lab, NEXT.replace('Task: Do north 2', 'Task: Do it otherwise').replace('Task: Old name', 'Task: New name'))
  const done = await lab.say(`/plan sync --confirm ${await show(lab)}`)
  expect(done).toMatchObject({ reasonCode: 'synced', result: { created: 0, changed: 16 }, outputs: { issues: '16' } })
})

test('what the target does not have is refused before it is shown as if it could be confirmed', async () => {
  await using lab = await openSorted()
  await commit(lab, headed('labels: [plan, old, nowhere]\nmilestone: v1\nassignees: [owner]'))
  expect(await lab.say('/plan sync')).toMatchObject({ decision: 'refused' })
  expect(lastComment(lab)).toContain('does not have the label “nowhere”')
})

/** All that the front matter names was taken away since the issues were made. */
async function openForgotten(): Promise<PlanLab> {
  const lab = await openSorted()
  await lab.patch('labels/old', { new_name: 'older' })
  await lab.patch('milestones/1', { state: 'closed' })
  return lab
}

test('a label that was renamed and a milestone that was closed keep no words from being changed', async () => {
  await using lab = await openForgotten()
  const words = FIRST.replace('What “Do north 2” is.', 'Other words.')
  await commit(lab, words)
  expect(await lab.say(`/plan sync --confirm ${await show(lab)}`)).toMatchObject({ reasonCode: 'synced', outputs: { issues: '1' } })
  await commit(lab, words.replace('[plan, old]', '[plan, old, new]'))
  expect(await lab.say(`/plan sync --confirm ${await show(lab)}`)).toMatchObject({ reasonCode: 'synced', outputs: { issues: '16' } })
})

test('an issue that would be made is not shown while a label or the milestone that it needs is not there', async () => {
  await using lab = await openForgotten()
  await commit(lab, `${FIRST}### Task: One more\n`)
  expect(await lab.say('/plan sync')).toMatchObject({ decision: 'refused', reasonCode: 'not-there' })
  expect(lastComment(lab)).toContain('does not have the label “old”, the open milestone “v1”.')
})

test('what GitHub does not take is told, and stays to be done', async () => {
  await using lab = await openSorted()
  await commit(lab, headed('labels: [plan, old]\nmilestone: v1\nassignees: [owner, late]'))
  for (const login of ['late', ...Array.from({ length: 9 }, (_, at) => `other-${at}`)]) {
    const { id } = lab.local.world.addUser({ login })
    lab.local.world.addCollaborator(SHELF, login, 'write')
    // Nobody is the eleventh.
    if (login !== 'late') lab.issues()[4]?.assigneeIds.push(id)
  }
  const told = await lab.say(`/plan sync --confirm ${await show(lab)}`)
  expect(told).toMatchObject({ reasonCode: 'synced', outputs: { issues: '15' } })
  expect(lastComment(lab)).toContain('GitHub did not take the assignees')
  await show(lab)
  expect(lastComment(lab)).toContain('| 🔖 sort | 1 issue | assignees + `late` |')
})

test('a sync that dies while it sorts is gone on with by the sweep', async () => {
  await using whole = await openSorted()
  await commit(whole, NEXT)
  const asked = `/plan sync --confirm ${await show(whole)}`
  whole.local.log.reset()
  await whole.say(asked)
  const requests = whole.local.log.count()
  await using lab = await openSorted()
  await commit(lab, NEXT)
  await show(lab)
  // The ledger's last word and the answer come after what sorts; one request of that is left out.
  const kill = { match: { nth: requests - 4 }, kind: 'lost-answer-after' } as const
  expect(await lab.say(asked, { kill })).toBeUndefined()
  expect(new Set(sortingsOf(lab)).size).toBe(2)
  lab.local.clock.advance(16 * 60_000)
  await lab.sweep()
  expect(new Set(sortingsOf(lab))).toEqual(new Set(['plan new, v2, 0']))
  expect(await lab.say('/plan sync')).toMatchObject({ reasonCode: 'nothing-changed' })
})
