import { expect, test } from 'vitest'
import { after } from './converge/after.test-support.ts'
import { playWhole, prepare } from './converge/prepared.test-support.ts'
import { CHANGED_PLAN, writePlan } from './lab-plans.test-support.ts'
import { lookAt } from './plan-ending.test-support.ts'
import type { PlanLab } from './plan-lab.test-support.ts'

/** A try that GitHub refused in its middle: some issues stand, and the plan is not made. */
async function failedTry() {
  const prepared = await prepare('materialise')
  const { lab, payload } = prepared
  const features = lab.local.world.repository('acme/shelf').features as { issues: boolean }
  after(lab, 7, () => (features.issues = false))
  expect(await lab.play({ eventName: 'issue_comment', payload })).toMatchObject({ decision: 'failed', reasonCode: 'create-refused' })
  features.issues = true
  return prepared
}

/** Without South, which the failed try has made. */
const OTHER_PLAN = writePlan([{ title: 'North', tasks: [{ title: 'Added' }] }])

const issuesOf = (lab: PlanLab) => lab.issues().map(({ number, title, state, body }) => ({ number, title, state, body }))
const hashOf = (outputs: { readonly hash?: unknown } | undefined): string => (typeof outputs?.hash === 'string' ? outputs.hash : '')

test('another plan after a failed try: what would change is shown, and made only with its hash', async () => {
  await using prepared = await failedTry()
  const { lab } = prepared
  await lab.local.world.commit({ repository: 'acme/shelf', files: { 'plans/plan.md': OTHER_PLAN } })
  await lab.say('/plan upload plans/plan.md')
  const before = issuesOf(lab)
  const shown = await lab.say('/plan materialise')
  expect(shown).toMatchObject({ decision: 'nothing-to-do', reasonCode: 'difference-shown', outputs: { status: 'PLAN_READY' } })
  const hash = hashOf(shown?.outputs)
  expect(shown?.summary).toContain(`\`/plan materialise --confirm ${hash}\``)
  expect(await lab.say('/plan materialise --confirm 000000000000')).toMatchObject({ decision: 'refused', reasonCode: 'difference-moved' })
  expect(issuesOf(lab)).toEqual(before)

  expect(await lab.say(`/plan materialise --confirm ${hash.toUpperCase()}`)).toMatchObject({ decision: 'done', reasonCode: 'materialised' })
  const ending = await lookAt(lab)
  expect(ending).toMatchObject({ status: 'PLANNED', openIntents: 0, findings: [] })
  expect(ending.tree.map((line) => line.trim())).toEqual(['reminders “Reminders”', 'north “North”', 'added “Added”'])
  expect(ending.closed).toEqual(['south not_planned'])
})

test('the same plan after a failed try: what only adds is made without a hash, and a dry run says so', async () => {
  const { ending } = await playWhole('materialise')
  await using prepared = await failedTry()
  const { lab } = prepared
  const { length } = lab.issues()
  const tried = await lab.say('/plan materialise --dry-run')
  expect(tried).toMatchObject({ decision: 'nothing-to-do', reasonCode: 'dry-run' })
  expect(tried?.summary).toContain('To make them, comment `/plan materialise`.')
  expect(lab.issues()).toHaveLength(length)
  expect(await lab.say('/plan materialise')).toMatchObject({ decision: 'done', reasonCode: 'materialised' })
  expect(await lookAt(lab)).toEqual({ ...ending, replies: [1, 1, 1, 1] })
})

test('an issue of the failed try that somebody changed and the plan changes too is shown before anything is made', async () => {
  await using prepared = await failedTry()
  const { lab } = prepared
  const epic = lab.issues().find(({ title, number }) => title === 'Reminders' && number > 1)
  if (epic === undefined) throw new RangeError('There is no epic')
  epic.title = 'People say otherwise'
  const text = CHANGED_PLAN.replace('# Epic: Reminders', '# Epic: Calls')
  await lab.local.world.commit({ repository: 'acme/shelf', files: { 'plans/plan.md': text } })
  await lab.say('/plan upload plans/plan.md')
  const shown = await lab.say('/plan materialise')
  expect(shown).toMatchObject({ reasonCode: 'difference-shown', result: { conflicts: 1 } })
  expect(await lab.say(`/plan materialise --confirm ${hashOf(shown?.outputs)}`)).toMatchObject({
    decision: 'done',
    result: { conflicts: 1 },
  })
  expect(epic.title).toBe('People say otherwise')
})

/** As somebody changes an issue between the last look and the commit of what is begun. */
function changeBeforeIntent(lab: PlanLab, title: string): void {
  lab.local.behaviour.onExchange = ({ requestBody }) => {
    if (!JSON.stringify([requestBody]).includes('createCommitOnBranch')) return
    for (const issue of lab.issues()) if (issue.number > 1 && issue.title === title) issue.title = 'By hand'
    lab.local.behaviour.onExchange = undefined
  }
}

test('what somebody changes after the hash was compared makes it another difference: nothing is done, and it may be confirmed anew', async () => {
  await using prepared = await failedTry()
  const { lab } = prepared
  await lab.local.world.commit({
    repository: 'acme/shelf',
    files: { 'plans/plan.md': OTHER_PLAN.replace('Epic: Reminders', 'Epic: Calls') },
  })
  await lab.say('/plan upload plans/plan.md')
  const confirm = async () => `/plan materialise --confirm ${hashOf((await lab.say('/plan materialise'))?.outputs)}`
  const first = await confirm()
  changeBeforeIntent(lab, 'Reminders')
  expect(await lab.say(first)).toMatchObject({ decision: 'refused', reasonCode: 'difference-moved' })
  expect(lab.issues().filter(({ title }) => title === 'Calls' || title === 'Added')).toEqual([])
  expect(await lookAt(lab)).toMatchObject({ status: 'PLAN_READY', openIntents: 0 })
  const second = await confirm()
  expect(second).not.toBe(first)
  expect(await lab.say(second)).toMatchObject({ decision: 'done', reasonCode: 'materialised', result: { conflicts: 1 } })
  expect(lab.issues().find(({ number }) => number === 2)?.title).toBe('By hand')
})

test('what would only add, and does more by the time it begins, is shown first', async () => {
  await using prepared = await failedTry()
  const { lab } = prepared
  changeBeforeIntent(lab, 'North')
  expect(await lab.say('/plan materialise')).toMatchObject({ decision: 'refused', reasonCode: 'difference-moved' })
  expect(await lookAt(lab)).toMatchObject({ status: 'PLAN_READY', openIntents: 0 })
  expect(await lab.say('/plan materialise')).toMatchObject({ reasonCode: 'difference-shown', result: { conflicts: 1 } })
})

test('a run that failed for good and is started again makes the rest; once more, it tells what it made', async () => {
  await using prepared = await prepare('materialise')
  const { lab } = prepared
  const { local } = lab
  const run = await local.world.startRun({ repository: 'acme/shelf', workflow: 'plan.yml', event: 'workflow_dispatch', actor: 'owner' })
  const play = (attempt: number) => lab.play({ run, attempt, inputs: { mode: 'materialise', idea: 1 } })
  const features = local.world.repository('acme/shelf').features as { issues: boolean }
  for (const [attempt, reasonCode] of [
    [1, 'create-refused'],
    [2, 'issues-disabled'],
  ] as const) {
    features.issues = true
    after(lab, 7, () => (features.issues = false))
    expect(await play(attempt)).toMatchObject({ decision: 'failed', reasonCode })
  }
  features.issues = true
  expect(await play(3)).toMatchObject({ decision: 'done', reasonCode: 'materialised', outputs: { status: 'PLANNED' } })
  const made = await lookAt(lab)
  expect(made).toMatchObject({ status: 'PLANNED', openIntents: 0, findings: [] })
  expect(await play(4)).toMatchObject({ decision: 'done', reasonCode: 'materialised' })
  expect(await lookAt(lab)).toEqual(made)
})
