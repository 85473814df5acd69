import { expect, test } from 'vitest'
import { writePlan } from './lab-plans.test-support.ts'
import { lookAt } from './plan-ending.test-support.ts'
import { openPlanLab, type PlanLab, SHELF } from './plan-lab.test-support.ts'

const OTHER = 'acme/other'
const MATERIALISE = `/plan materialise ${OTHER}`
const TASKS = Array.from({ length: 12 }, (_, at) => `t${at}`)
const planOf = (...titles: readonly string[]): string => writePlan([{ title: 'North', tasks: titles.map((title) => ({ title })) }])
const MADE = ['reminders “Reminders”', '  north “North”', ...TASKS.map((title) => `    ${title} “${title}”`)]
/** After the first request that makes tasks, and before the second. */
const DEATH = { match: { nth: 10 }, kind: 'lost-answer-before' } as const

interface Targeted {
  readonly lab: PlanLab
  /** Of the owner, and of a user who may write the target's issues, too. */
  readonly tokens: Readonly<Record<'owner' | 'second' | 'outsider', string>>
}

/** A plan whose issues a run that was killed half made in another repository. */
async function halfMade(): Promise<Targeted> {
  const lab = await openPlanLab(planOf(...TASKS))
  const { world } = lab.local
  await world.addRepository({ owner: 'acme', name: 'other', visibility: 'private' })
  await world.commit({ repository: OTHER, files: { '.github/switchyard.yml': `accepts: [${SHELF}]\n` } })
  for (const login of ['second', 'outsider']) world.addUser({ login })
  world.addCollaborator(OTHER, 'second', 'write')
  const tokenOf = (user: string): string => world.createToken({ kind: 'classic', user, scopes: ['repo'] })
  const tokens = { owner: tokenOf('owner'), second: tokenOf('second'), outsider: tokenOf('outsider') }
  await lab.say('/plan upload plans/plan.md')
  expect(await lab.say(MATERIALISE, { targetToken: tokens.owner, kill: DEATH })).toBeUndefined()
  const { tree, openIntents } = await lookAt(lab)
  expect({ openIntents, isHalf: tree.length > 2 && tree.length < MADE.length }).toEqual({ openIntents: 1, isHalf: true })
  lab.local.clock.advance(20 * 60_000)
  return { lab, tokens }
}

const last = ({ local }: PlanLab): string =>
  [...local.world.state.comments.values()]
    .map(({ body }) => body)
    .join('\n')
    .replaceAll('\\', '')

test('a target that is gone for good ends the work: it is told what may be wrong, and the idea is free again', async () => {
  const { lab, tokens } = await halfMade()
  await using _ = lab
  await lab.local.world.removeRepository(OTHER)
  await lab.sweep({ targetToken: tokens.owner })
  expect(await lookAt(lab)).toMatchObject({ openIntents: 0, status: 'PLAN_READY', findings: [] })
  expect(last(lab)).toMatch(/There is no repository acme\/other, or the token cannot see it\..*deleted, renamed or moved.*target-token/)
  await lab.local.world.commit({ repository: SHELF, files: { 'plans/plan.md': planOf('Something else') } })
  expect(await lab.say('/plan upload plans/plan.md')).toMatchObject({ reasonCode: 'uploaded' })
  expect(await lab.say('/plan review start')).toMatchObject({ decision: 'done' })
  expect(await lab.say('/plan cancel')).toMatchObject({ decision: 'done' })
  // What was made there, maybe, is not made again elsewhere.
  expect(await lab.say(`/plan materialise ${SHELF}`)).toMatchObject({ decision: 'refused' })
  expect(last(lab)).toContain('may stand in acme/other already')
})

test('a target that the token sees again is gone on with: nothing that the dead run made is lost or doubled', async () => {
  const { lab, tokens } = await halfMade()
  await using _ = lab
  await lab.sweep({ targetToken: tokens.outsider })
  expect(await lookAt(lab)).toMatchObject({ openIntents: 0, status: 'PLAN_READY' })
  expect(await lab.say(MATERIALISE, { targetToken: tokens.outsider })).toMatchObject({ decision: 'refused' })
  expect(await lab.say(MATERIALISE, { targetToken: tokens.owner })).toMatchObject({ decision: 'done', reasonCode: 'materialised' })
  expect(await lookAt(lab)).toMatchObject({ tree: MADE, closed: [], openIntents: 0, status: 'PLANNED', known: MADE.length, findings: [] })
})

test('a failure that passes leaves the work open for the next sweep', async () => {
  const { lab, tokens } = await halfMade()
  await using _ = lab
  // The target’s issues, as often as they are asked for.
  for (let nth = 6; nth < 12; nth += 1) lab.local.faults.add({ match: { nth }, kind: 'error-before' })
  await lab.sweep({ targetToken: tokens.owner })
  expect(await lookAt(lab)).toMatchObject({ openIntents: 1 })
  lab.local.faults.clear()
  lab.local.clock.advance(7 * 3_600_000)
  await lab.sweep({ targetToken: tokens.owner })
  expect(await lookAt(lab)).toMatchObject({ tree: MADE, openIntents: 0, status: 'PLANNED' })
})

test('another token finds what the dead run’s token made, goes on, and is found itself when it dies, too', async () => {
  const { lab, tokens } = await halfMade()
  await using _ = lab
  await lab.sweep({ targetToken: tokens.second, kill: { match: { nth: 16 }, kind: 'lost-answer-after' } })
  // It has made the last two, which nobody wrote down.
  expect(await lookAt(lab)).toMatchObject({ openIntents: 1, tree: MADE })
  lab.local.clock.advance(7 * 3_600_000)
  await lab.sweep({ targetToken: tokens.owner })
  expect(await lookAt(lab)).toMatchObject({ tree: MADE, closed: [], openIntents: 0, status: 'PLANNED', known: MADE.length, findings: [] })
  const authors = new Set(lab.issues().flatMap(({ authorId, body }) => (body?.includes('switchyard:plan item') ? [authorId] : [])))
  expect(authors.size).toBe(2)
  expect(last(lab)).toContain('went on with another token, of second')
})

test('a mark that somebody else wrote into an issue of their own takes no task’s place', async () => {
  const { lab, tokens } = await halfMade()
  await using _ = lab
  const epic = lab.issues().find(({ body }) => body?.includes('key=reminders'))
  const body = epic?.body?.replace('key=reminders', 'key=t11') ?? ''
  lab.local.world.addCollaborator(OTHER, 'outsider', 'read')
  await fetch(`${lab.local.apiUrl}/repos/${OTHER}/issues`, {
    method: 'POST',
    headers: { authorization: `bearer ${tokens.outsider}` },
    body: JSON.stringify({ title: 'Mine', body }),
  })
  expect(lab.issues().map(({ title }) => title)).toContain('Mine')
  await lab.sweep({ targetToken: tokens.second })
  expect((await lookAt(lab)).tree).toEqual([...MADE, 't11 “Mine”'])
})
