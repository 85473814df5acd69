import { expect, test } from 'vitest'
import { type Story, writePlan } from '../lab-plans.test-support.ts'
import { lookAt } from '../plan-ending.test-support.ts'
import { openPlanLab, type PlanLab, SHELF } from '../plan-lab.test-support.ts'
import { textOf } from './prepared.test-support.ts'

const north = (keys: string): Story => ({ title: 'North', tasks: [...keys].map((id) => ({ id, title: id.toUpperCase() })) })
const SOUTH: Story = { title: 'South', tasks: [{ id: 's', title: 'S' }] }

async function made(keys: string): Promise<PlanLab> {
  const lab = await openPlanLab(writePlan([north(keys), SOUTH]))
  await lab.say('/plan upload plans/plan.md')
  await lab.say('/plan materialise')
  return lab
}

/** Returns what was shown. */
async function syncTo(lab: PlanLab, ...stories: readonly Story[]): Promise<string> {
  await lab.local.world.commit({ repository: SHELF, files: { 'plans/plan.md': writePlan(stories) } })
  const shown = await lab.say('/plan sync plans/plan.md')
  const done = await lab.say(`/plan sync plans/plan.md --confirm ${textOf(shown?.outputs?.hash)}`)
  expect(done).toMatchObject({ decision: 'done', reasonCode: 'synced' })
  return textOf(shown?.summary)
}

const order = (lab: PlanLab): string => lab.under('North').join('')

/** Requests that ask or change the order of sub-issues. */
function countOrdering({ local }: PlanLab): () => number {
  let count = 0
  local.behaviour.onExchange = ({ requestBody }) => {
    if (/reprioritizeSubIssue|subIssues\(first: 100\) \{ nodes \{ id \} \}/.test(JSON.stringify([requestBody]))) count += 1
  }
  return () => count
}

test('a task that the plan has in the middle, or at the beginning, lands there; one at the end costs nothing', async () => {
  await using lab = await made('abcd')
  const ordering = countOrdering(lab)
  await syncTo(lab, north('abcde'), SOUTH)
  expect([order(lab), ordering()]).toEqual(['ABCDE', 0])
  await syncTo(lab, north('xabcyde'), SOUTH)
  expect([order(lab), ordering()]).toEqual(['XABCYDE', 2])
})

test('tasks that the plan reorders are shown, and reordered; what people arranged among the others stays', async () => {
  await using lab = await made('abcdef')
  const parent = lab.issues().find(({ title }) => title === 'North')
  // Somebody put C first.
  const first = parent?.subIssueIds[2] ?? 0
  if (parent !== undefined) parent.subIssueIds = [first, ...parent.subIssueIds.filter((id) => id !== first)]
  expect(order(lab)).toBe('CABDEF')
  const shown = await syncTo(lab, north('abfcde'), SOUTH)
  expect(shown).toContain('1 new place')
  expect(shown).toMatch(/↕️ place \|.*F.*\| after .*B/)
  expect(order(lab)).toBe('CABFDE')
  expect(await lab.say('/plan sync plans/plan.md')).toMatchObject({ reasonCode: 'nothing-changed' })
})

test('a task that comes from another story gets its place there', async () => {
  await using lab = await made('abc')
  await syncTo(lab, { title: 'North', tasks: [...north('a').tasks, ...SOUTH.tasks, ...north('bc').tasks] }, { title: 'South', tasks: [] })
  expect(order(lab)).toBe('ASBC')
})

test.each(['nothing was written down of it', 'its answer was lost'])(
  'what a batch left out is made late and stands in its place (%s)',
  async (how) => {
    await using lab = await openPlanLab(writePlan([north('abcdefgh'), SOUTH]))
    await lab.say('/plan upload plans/plan.md')
    const { state } = lab.local.world
    // Of the tasks’ request, whose answer never comes, one was not made.
    const drop = (): boolean => {
      const lost = lab.issues().find(({ title }) => title === 'C')
      const parent = lab.issues().find(({ title }) => title === 'North')
      if (lost === undefined || parent === undefined) return false
      state.issues.delete(lost.id)
      parent.subIssueIds = parent.subIssueIds.filter((id) => id !== lost.id)
      return true
    }
    const isKilled = how !== 'its answer was lost'
    // The request that makes the tasks; the comment itself counts where it is said later.
    const match = { nth: isKilled ? 8 : 9 }
    if (isKilled) {
      await lab.say('/plan materialise', { kill: { match, kind: 'lost-answer-after' } })
      drop()
      lab.local.clock.advance(20 * 60_000)
      await lab.sweep()
    } else {
      lab.local.faults.add({ match, kind: 'lost-answer-after', onLost: drop })
      await lab.say('/plan materialise')
    }
    expect(order(lab)).toBe('ABCDEFGH')
    expect(await lookAt(lab)).toMatchObject({ status: 'PLANNED', known: 12, openIntents: 0, findings: [] })
    const numbers = lab.issues().filter(({ title }) => 'CH'.includes(title))
    expect(numbers.map(({ title }) => title)).toEqual(['H', 'C'])
  },
)

test('a plan that is made in its order asks for no order', async () => {
  await using lab = await openPlanLab(writePlan([north('abcdefghijklmno'), SOUTH]))
  await lab.say('/plan upload plans/plan.md')
  const ordering = countOrdering(lab)
  await lab.say('/plan materialise')
  expect([order(lab), ordering()]).toEqual(['ABCDEFGHIJKLMNO', 0])
})

test('a reordering that a killed run began is finished by the next', async () => {
  await using lab = await made('abcd')
  await lab.local.world.commit({ repository: SHELF, files: { 'plans/plan.md': writePlan([north('dabxc'), SOUTH]) } })
  const shown = await lab.say('/plan sync plans/plan.md')
  const ordering = countOrdering(lab)
  const say = `/plan sync plans/plan.md --confirm ${textOf(shown?.outputs?.hash)}`
  await lab.say(say, { kill: { match: { nth: 10 }, kind: 'lost-answer-before' } })
  expect([order(lab), ordering()]).toEqual(['ABCDX', 1])
  lab.local.clock.advance(20 * 60_000)
  await lab.sweep()
  expect(order(lab)).toBe('DABXC')
})
