import { expect, test } from 'vitest'
import { type Story, writePlan } from '../lab-plans.test-support.ts'
import { openPlanLab, type PlanLab, SHELF } from '../plan-lab.test-support.ts'
import { textOf } from './prepared.test-support.ts'

const taskOf = (title: string) => ({ title, text: `Files: \`src/${title.toLowerCase()}.ts\`` })
const storyOf = (title: string, ...tasks: readonly string[]): Story => ({ title, tasks: tasks.map(taskOf) })
const BEFORE = writePlan([storyOf('North', 'Alpha', 'Beta', 'Gamma'), storyOf('South', 'Sigma')])
/** Beta has another name, and between what was there stand one that is new and one of another story. */
const AFTER = writePlan([storyOf('North', 'Zero', 'Alpha', 'Second', 'Sigma', 'Gamma'), storyOf('South')]).replace(
  'src/second.ts',
  'src/beta.ts',
)
const ORDER = ['Zero', 'Alpha', 'Second', 'Sigma', 'Gamma']

async function made(): Promise<PlanLab> {
  const lab = await openPlanLab(BEFORE)
  await lab.say('/plan upload plans/plan.md')
  await lab.say('/plan materialise')
  return lab
}

/** Shows what a plan would change, and has it done. */
async function syncTo(lab: PlanLab, text: string, refusedAt?: number) {
  await lab.local.world.commit({ repository: SHELF, files: { 'plans/plan.md': text } })
  const shown = await lab.say('/plan sync plans/plan.md')
  const say = `/plan sync plans/plan.md --confirm ${textOf(shown?.outputs?.hash)}`
  const payload = await lab.comment(say)
  lab.local.log.reset()
  if (refusedAt !== undefined) lab.local.faults.add({ match: { nth: refusedAt }, kind: 'error-before', status: 403 })
  const { world } = lab.local
  const run = await world.startRun({ repository: SHELF, workflow: 'plan.yml', event: 'issue_comment', actor: 'owner' })
  const done = await lab.play({ eventName: 'issue_comment', payload, run }).catch(async (error: unknown) => {
    await world.completeRun(run.id, 'failure')
    return error
  })
  lab.local.faults.clear()
  return { shown, done, requests: lab.local.log.count() }
}

const numberOf = (lab: PlanLab, ...titles: readonly string[]): number | undefined =>
  lab.issues().find(({ title, number }) => titles.includes(title) && number > 1)?.number

/** How a pull request that names an issue, and touches none of its files, is held against it. */
async function verify(lab: PlanLab, issue: number | undefined) {
  const branch = `work-${lab.local.log.count()}-${issue}`
  await lab.local.world.commit({ repository: SHELF, branch, files: { 'other.md': '1' } })
  const { number } = await lab.post('pulls', { title: 'Work', head: branch, base: 'main', body: `Closes #${issue}` })
  return lab.play({ eventName: 'pull_request', inputs: { mode: 'verify', pullRequest: Number(number) } })
}
const DIVERGENT = { decision: 'refused', reasonCode: 'not-aligned', outputs: { verdict: 'DIVERGENT' } }

await using probe = await made()
const { requests } = await syncTo(probe, AFTER)
/** From the first that is asked when the difference is agreed on and written down. */
const nths = Array.from({ length: requests - 7 }, (_, at) => at + 7)

test.concurrent.each(nths)(
  'a sync refused at its request %i leaves every task held to its files, and the next brings its order',
  async (nth) => {
    await using lab = await made()
    const beta = numberOf(lab, 'Beta')
    await syncTo(lab, AFTER, nth)
    lab.local.clock.advance(20 * 60_000)
    await lab.sweep()
    // The renamed one, and the one that was made, if it was.
    for (const number of [beta, numberOf(lab, 'Zero') ?? beta]) expect(await verify(lab, number)).toMatchObject(DIVERGENT)

    const { shown } = await syncTo(lab, AFTER)
    expect(lab.under('North')).toEqual(ORDER)
    // What only got another name stands where it stood.
    expect(textOf(shown?.summary)).not.toMatch(/place \|[^|]*Second/)
    expect(await lab.say('/plan sync plans/plan.md')).toMatchObject({ reasonCode: 'nothing-changed' })
  },
)

test('a task that two syncs left half way with a name of neither plan fails the check of its pull request', async () => {
  await using lab = await made()
  const beta = numberOf(lab, 'Beta')
  // Renamed, and then nothing made any more.
  await syncTo(lab, AFTER, 9)
  const third = await syncTo(lab, AFTER.replaceAll('Second', 'Third'), 8)
  expect([third.done, lab.issues().map(({ title }) => title)]).toMatchObject([{ decision: 'failed' }, expect.arrayContaining(['Second'])])
  await expect(verify(lab, beta)).rejects.toMatchObject({ code: 'UNFINISHED', hint: expect.stringContaining('`/plan sync` on #1') })
})
