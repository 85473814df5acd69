import { expect, test } from 'vitest'
import { writePlan } from './lab-plans.test-support.ts'
import { lookAt } from './plan-ending.test-support.ts'
import { openPlanLab, type PlanLab, SHELF } from './plan-lab.test-support.ts'

const OTHER = 'acme/other'
const MATERIALISE = `/plan materialise ${OTHER}`
const CONSENT = `accepts: [${SHELF}]\n`
const planOf = (...titles: readonly string[]): string => writePlan([{ title: 'North', tasks: titles.map((title) => ({ title })) }])
const MADE = ['reminders “Reminders”', '  north “North”', '    one “One”', '    two “Two”']

/** A plan that is ready, and another repository that takes its issues. */
async function openWithTarget(): Promise<PlanLab> {
  const lab = await openPlanLab(planOf('One', 'Two'))
  const { world } = lab.local
  await world.addRepository({ owner: 'acme', name: 'other', visibility: 'private' })
  await setRules(lab, CONSENT)
  await lab.say('/plan upload plans/plan.md')
  const targetToken = world.createToken({ kind: 'classic', user: 'owner', scopes: ['repo'] })
  return { ...lab, say: (body, play) => lab.say(body, { targetToken, ...play }), sweep: (play) => lab.sweep({ targetToken, ...play }) }
}

async function setRules({ local }: PlanLab, rules: string): Promise<void> {
  await local.world.commit({ repository: OTHER, files: { '.github/switchyard.yml': rules } })
}

const last = ({ local }: PlanLab): string => [...local.world.state.comments.values()].at(-1)?.body.replaceAll('\\', '') ?? ''

async function changePlan(lab: PlanLab): Promise<unknown> {
  await lab.local.world.commit({ repository: SHELF, files: { 'plans/plan.md': planOf('One', 'Two', 'Three') } })
  return (await lab.say('/plan sync plans/plan.md'))?.outputs?.hash
}

test('a repository that takes its consent back gets no further issues by a sync', async () => {
  await using lab = await openWithTarget()
  await lab.say(MATERIALISE)
  const hash = await changePlan(lab)
  await setRules(lab, 'accepts: [shop]\n')
  expect(await lab.say(`/plan sync plans/plan.md --confirm ${String(hash)}`)).toMatchObject({ decision: 'refused' })
  expect(last(lab)).toContain('acme/other does not accept issues of acme/shelf.')
  expect((await lookAt(lab)).tree).toEqual(MADE)
  await setRules(lab, CONSENT)
  expect(await lab.say(`/plan sync plans/plan.md --confirm ${String(hash)}`)).toMatchObject({ decision: 'done' })
  expect((await lookAt(lab)).tree).toEqual([...MADE, '    three “Three”'])
})

test('consent that is taken back while a dead run’s issues are half made: no more are made, and with consent again the rest', async () => {
  await using lab = await openWithTarget()
  await lab.say(MATERIALISE, { kill: { match: { nth: 8 }, kind: 'lost-answer-before' } })
  const { tree } = await lookAt(lab)
  expect([tree.length > 0, tree.length < MADE.length]).toEqual([true, true])
  await setRules(lab, 'accepts: [shop]\n')
  lab.local.clock.advance(20 * 60_000)
  await lab.sweep()
  expect(await lookAt(lab)).toMatchObject({ tree, openIntents: 0, status: 'PLAN_READY', known: tree.length })
  expect(last(lab)).toContain('acme/other does not accept issues of acme/shelf.')
  await setRules(lab, CONSENT)
  expect(await lab.say(MATERIALISE)).toMatchObject({ decision: 'done', reasonCode: 'materialised' })
  expect((await lookAt(lab)).tree).toEqual(MADE)
})

test('another repository under the target’s old name gets nothing, whatever it accepts', async () => {
  await using lab = await openWithTarget()
  await lab.say(MATERIALISE)
  const hash = await changePlan(lab)
  await lab.local.world.removeRepository(OTHER)
  await lab.local.world.addRepository({ owner: 'acme', name: 'other', visibility: 'private' })
  await setRules(lab, CONSENT)
  expect(await lab.say(`/plan sync plans/plan.md --confirm ${String(hash)}`)).toMatchObject({ decision: 'refused' })
  expect(last(lab)).toContain('acme/other is another repository than the one')
})

test('a public ledger keeps nothing of issues in a private repository, unless that is allowed', async () => {
  await using lab = await openWithTarget()
  lab.local.world.repository(SHELF).visibility = 'public'
  expect(await lab.say(MATERIALISE)).toMatchObject({ decision: 'refused' })
  expect(last(lab)).toContain('LEDGER_PUBLIC')
  expect((await lookAt(lab)).tree).toEqual([])
  expect(await lab.say(MATERIALISE, { inputs: { allowPublicLedger: true } })).toMatchObject({ decision: 'done' })
  const hash = await changePlan(lab)
  expect([hash, last(lab)]).toEqual([undefined, expect.stringContaining('LEDGER_PUBLIC')])
})

test('a target that takes its consent back has nothing closed there any more, which is said once', async () => {
  await using lab = await openWithTarget()
  await lab.say(MATERIALISE)
  await setRules(lab, 'accepts: [shop]\n')
  const done = lab.issues().filter(({ title }) => ['One', 'Two'].includes(title))
  for (const issue of done) Object.assign(issue, { state: 'closed', stateReason: 'completed' })
  const isOpen = (title: string) => lab.issues().find((issue) => issue.title === title)?.state === 'open'
  const said = () => [...lab.local.world.state.comments.values()].filter(({ body }) => body.includes('are left alone')).length
  lab.local.clock.advance(20 * 60_000)
  expect(await lab.sweep({ inputs: { dryRun: true } })).toMatchObject({
    reasonCode: 'dry-run',
    headline: expect.stringContaining('left alone'),
  })
  expect(said()).toBe(0)
  expect(await lab.sweep()).toMatchObject({ decision: 'done', headline: 'The issues of #1 in acme/other are left alone.' })
  expect([isOpen('North'), said(), last(lab)]).toEqual([true, 1, expect.stringContaining('does not accept issues of acme/shelf')])
  expect(await lab.sweep()).toMatchObject({ decision: 'nothing-to-do', reasonCode: 'nothing-new', result: { caught_up: 0 } })
  expect(said()).toBe(1)
  await setRules(lab, CONSENT)
  expect(await lab.sweep()).toMatchObject({ result: { caught_up: 2 } })
  expect([isOpen('North'), isOpen('Reminders')]).toEqual([false, true])
})

test('nor does a public idea’s card tell of issues in a private repository, wherever the ledger is', async () => {
  await using lab = await openWithTarget()
  const { world } = lab.local
  await world.addRepository({ owner: 'acme', name: 'books', visibility: 'private' })
  await world.commit({ repository: 'acme/books', files: { 'README.md': 'x' } })
  world.repository(SHELF).visibility = 'public'
  const ledgerToken = world.createToken({ kind: 'classic', user: 'owner', scopes: ['repo'] })
  const inputs = { ledgerRepository: 'acme/books' }
  expect(await lab.say('/plan upload plans/plan.md', { inputs, ledgerToken })).toMatchObject({ decision: 'done' })
  expect(await lab.say(MATERIALISE, { inputs, ledgerToken })).toMatchObject({ decision: 'refused' })
  expect(last(lab)).toContain('The idea is in a public repository')
  expect(lab.issues()).toHaveLength(1)
  const allowed = { inputs: { ...inputs, allowPublicLedger: true }, ledgerToken }
  expect(await lab.say(MATERIALISE, allowed)).toMatchObject({ decision: 'done', reasonCode: 'materialised' })
})

test.each([
  ['target-repository', { targetRepository: 'other' }],
  ['ledger-repository', { ledgerRepository: 'acme/..' }],
])('an input `%s` that names no repository is refused before anything is asked', async (input, inputs) => {
  await using lab = await openPlanLab(planOf('One'))
  lab.local.log.reset()
  await expect(lab.sweep({ inputs })).rejects.toMatchObject({
    code: 'INVALID_INPUT',
    message: expect.stringContaining(`\`${input}\``) as string,
  })
  expect(lab.local.log.count()).toBe(0)
})
