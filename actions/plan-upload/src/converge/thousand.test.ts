import { expect, test } from 'vitest'
import { largePlan } from '../lab-plans.test-support.ts'
import { lookAt } from '../plan-ending.test-support.ts'
import { openPlanLab, type PlanLab, type Played } from '../plan-lab.test-support.ts'

/** The first story has more tasks than one issue may have below it. */
const COUNTS = [120, 48, ...Array.from({ length: 18 }, () => 45)]
const MINUTES = 60_000

/** The tree as the plan has it: 1 epic, 20 stories and a second part of one, 978 tasks: as many issues as a plan may have. */
function wanted(): readonly string[] {
  const tasks = (at: number, from: number, to: number): readonly string[] =>
    Array.from({ length: to - from }, (_, no) => `    t${at}-${from + no} “T${at}.${from + no}”`)
  const stories = COUNTS.flatMap((count, at) => {
    const own = [`  s${at} “S${at}”`, ...tasks(at, 0, Math.min(count, 90))]
    return count <= 90 ? own : [...own, `  s${at}-part-2 “S${at} (part 2)”`, ...tasks(at, 90, count)]
  })
  return ['reminders “Reminders”', ...stories]
}

/** The same numbers each time, spread as chance would. */
function createChance(): (below: number) => number {
  let seed = 20_261_121
  return (below) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
    return Math.floor((seed / 2_147_483_648) * below)
  }
}

const refusedByLimits = ({ local }: PlanLab): number => local.log.entries().filter(({ status }) => status === 403 || status === 429).length
const countIssues = (lab: PlanLab): number => lab.issues().length - 1

test('a thousand issues: the hour fills, the run ends, and sweeps go on with what GitHub has room for', async () => {
  await using lab = await openPlanLab(largePlan(COUNTS))
  await lab.say('/plan upload plans/plan.md')
  const first = await lab.say('/plan materialise')
  expect(first).toMatchObject({ decision: 'done', reasonCode: 'unfinished', result: { issues: countIssues(lab) } })
  const made = [countIssues(lab)]
  // Too early: what was made within the hour is seen, and GitHub not asked in vain.
  for (const wait of [10, 45, 20, 60]) {
    lab.local.clock.advance(wait * MINUTES)
    const swept = await lab.sweep()
    expect(swept?.decision).not.toBe('failed')
    made.push(countIssues(lab))
  }
  expect(made).toEqual([432, 432, 912, 912, 1000])
  const { tree, ...rest } = await lookAt(lab)
  expect(tree).toEqual(wanted())
  expect(rest).toMatchObject({ status: 'PLANNED', known: 1000, openIntents: 0, closed: [], cards: 1, replies: [1, 1] })
  expect({ refused: refusedByLimits(lab), warnings: lab.warnings }).toEqual({ refused: 0, warnings: [] })
})

test('a thousand issues, with requests that fail and runs that die: each is there once, in order', async () => {
  await using lab = await openPlanLab(largePlan(COUNTS))
  const chance = createChance()
  await lab.say('/plan upload plans/plan.md')
  const play = async (go: PlanLab['sweep']): Promise<Played> => {
    for (const kind of ['error-before', 'error-after', 'lost-answer-after'] as const) {
      lab.local.faults.add({ match: { nth: 3 + chance(25) }, kind })
    }
    const played = await go({
      kill: { match: { nth: 5 + chance(40) }, kind: chance(2) === 0 ? 'lost-answer-before' : 'lost-answer-after' },
    })
    lab.local.faults.clear()
    lab.local.clock.advance(25 * MINUTES)
    return played
  }
  await play((more) => lab.say('/plan materialise', more))
  let plays = 1
  for (let last: Played; last?.reasonCode !== 'nothing-new' && plays < 60; plays += 1) last = await play((more) => lab.sweep(more))
  const { tree, findings, status, known, openIntents, closed } = await lookAt(lab)
  expect(tree).toEqual(wanted())
  expect({ findings, status, known, openIntents }).toEqual({ findings: [], status: 'PLANNED', known: 1000, openIntents: 0 })
  expect({ refused: refusedByLimits(lab), closed }).toEqual({ refused: 0, closed: [] })
})
