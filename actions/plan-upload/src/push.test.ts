import { expect, test } from 'vitest'
import { writePlan } from './lab-plans.test-support.ts'
import { SHELF } from './plan-lab.test-support.ts'
import { openPushLab, type PushLab } from './push.test-support.ts'

const FILE = 'plans/plan.md'
const ONE = writePlan([{ title: 'North', tasks: [{ title: 'One' }] }])
const TWO = writePlan([{ title: 'North', tasks: [{ title: 'One' }, { title: 'Two' }] }])
const BROKEN = ONE.replace('## Story', '## Stry')

/** How a run ended, in one line. */
const endOf = (played: Awaited<ReturnType<PushLab['again']>>): string =>
  `${played?.decision ?? 'killed'} ${played?.reasonCode ?? ''}${played?.failed === true ? ' red' : ''}`

const savedBy = ({ local }: PushLab): string | undefined =>
  [...local.world.state.comments.values()].find(({ body }) => body.startsWith('<!-- switchyard:plan card'))?.body

test.each(['writer', 'github-merge-queue[bot]'])('a plan that %s merged waits: the owner is told how to take it, once', async (actor) => {
  await using lab = await openPushLab('')
  const first = await lab.push({ [FILE]: ONE }, { actor })
  expect(endOf(first)).toBe('nothing-to-do plan-waits')
  expect(first?.headline).toContain(FILE)
  const [said = ''] = lab.told()
  expect(said).toMatch(
    /^@owner\n\n`plans\/plan\.md`, as \*\*(writer|github\\-merge\\-queue\\\[bot\\\])\*\* pushed it with \[[0-9a-f]{7}\]\(http/,
  )
  expect(said).toContain('1 story and 1 task')
  expect(said).toContain('the idea’s owner or a maintainer comments `/plan upload plans/plan.md`.')
  expect(savedBy(lab)).toBeUndefined()
  // The same text with another commit, and the run once more.
  await lab.push({ 'README.md': 'x' }, { actor, isFirst: true })
  await lab.again()
  expect(lab.told()).toHaveLength(1)
  await lab.push({ [FILE]: TWO }, { actor })
  expect(lab.told()).toHaveLength(2)
  expect(await lab.say('/plan upload plans/plan.md')).toMatchObject({ decision: 'done', reasonCode: 'uploaded' })
  expect(savedBy(lab)).toContain('2 tasks')
})

test('of a planned idea everybody’s push shows the difference, with what confirms it', async () => {
  await using lab = await openPushLab('')
  expect(endOf(await lab.push({ [FILE]: ONE }, { actor: 'keeper' }))).toBe('done uploaded')
  await lab.say('/plan materialise')
  const shown = await lab.push({ [FILE]: TWO })
  expect(endOf(shown)).toBe('nothing-to-do difference-shown')
  const [said = ''] = lab.told()
  expect(said).toMatch(/^@owner\n\n`plans\/plan\.md`, as \*\*writer\*\* pushed/)
  expect(lab.under('North')).toEqual(['One'])
  await lab.again()
  expect(lab.told()).toHaveLength(1)
  const hash: unknown = shown?.outputs?.hash
  const command = `/plan sync plans/plan.md --confirm ${String(hash)}`
  expect(said).toContain(`\`${command}\``)
  expect(said).toContain('**writer** may not apply it; the idea’s owner or a maintainer may.')
  expect(await lab.say(command)).toMatchObject({ reasonCode: 'synced' })
  expect(lab.under('North')).toEqual(['One', 'Two'])
})

test('who may act and pushes is answered there, and nothing is confirmed by an input', async () => {
  await using lab = await openPushLab('')
  await lab.push({ [FILE]: ONE }, { actor: 'keeper' })
  await lab.say('/plan materialise')
  const shown = await lab.push({ [FILE]: TWO }, { actor: 'keeper' })
  expect(lab.told()[0]).toMatch(/^@keeper\n\n/)
  const hash: unknown = shown?.outputs?.hash
  expect(endOf(await lab.again({ confirm: String(hash) }))).toBe('nothing-to-do difference-shown')
  expect(lab.under('North')).toEqual(['One'])
})

test('a faulty plan is told to whoever pushed it, with its file, once for each text', async () => {
  await using lab = await openPushLab('')
  const refused = await lab.push({ [FILE]: BROKEN })
  expect(endOf(refused)).toBe('refused plan-faulty red')
  expect(refused?.headline).toMatch(/^plans\/plan\.md: The plan has a fault/)
  expect(lab.told()[0]).toMatch(/^@writer\n\n`plans\/plan\.md`, as \*\*writer\*\* pushed/)
  await lab.push({ 'README.md': 'x' }, { isFirst: true })
  expect(lab.told()).toHaveLength(1)
  await lab.push({ [FILE]: BROKEN.replace('Stry', 'Strry') })
  expect(lab.told()).toHaveLength(2)
})

test('while something runs a pushed plan is refused for everybody, with the file and the way on', async () => {
  await using lab = await openPushLab('')
  await lab.say('/plan grill start')
  for (const [actor, reader] of [
    ['writer', 'owner'],
    ['keeper', 'keeper'],
  ] as const) {
    expect(endOf(await lab.push({ [FILE]: actor === 'writer' ? ONE : TWO }, { actor }))).toBe('refused something-runs red')
    expect(lab.told().at(-1)).toMatch(new RegExp(`^@${reader}\\n\\n\`plans/plan\\.md\`[^]*/plan grill done`))
  }
})

test('what another pushed since is not taken in the name of who pushed before', async () => {
  await using lab = await openPushLab('')
  const run = await lab.push({ 'README.md': 'x' }, { actor: 'keeper' })
  expect(endOf(run)).toBe('nothing-to-do not-for-us')
  await lab.push({ [FILE]: BROKEN }, { actor: 'keeper' })
  await lab.local.world.commit({ repository: SHELF, files: { [FILE]: ONE } })
  const said = lab.told().length
  const again = await lab.again()
  expect(endOf(again)).toBe('nothing-to-do nothing-new')
  expect(again?.headline).toContain('changed again by a later push')
  expect(lab.told()).toHaveLength(said)
  expect(savedBy(lab)).toBeUndefined()
})

test('the page of a run has a part for each plan, what was refused with its hint', async () => {
  await using lab = await openPushLab('')
  const {
    summary = '',
    decision,
    annotations,
  } = (await lab.push({
    'plans/a.md': ONE,
    'plans/b.md': ONE.replace('idea: 1', 'idea: 99'),
  })) ?? { decision: undefined }
  expect(decision).toBe('failed')
  expect(summary).toMatch(/## `plans\/a\.md`\n\n### ✅[^]*## `plans\/b\.md`\n\n\*\*Refused:\*\*[^]*no issue[^]*Check `idea`/)
  expect(annotations).toMatchObject([{ level: 'error', file: 'plans/b.md', message: expect.stringContaining('Check `idea`') }])
})

test('at a first push plans are read as deep as they are checked, however the folder is written', async () => {
  for (const plansPath of ['plans', './plans', '/plans/']) {
    await using lab = await openPushLab('')
    const taken = await lab.push({ 'plans/2027/q1/a/b/deep.md': ONE }, { actor: 'keeper', isFirst: true, plansPath })
    expect([plansPath, endOf(taken)]).toEqual([plansPath, 'done uploaded'])
  }
})

test('a key that is quoted names its idea', async () => {
  await using lab = await openPushLab('')
  expect(endOf(await lab.push({ [FILE]: ONE.replace('idea: 1', '"idea": 1') }, { actor: 'keeper' }))).toBe('done uploaded')
})

test('of two files that name one idea, none is taken before somebody says which', async () => {
  await using lab = await openPushLab('')
  const both = await lab.push({ 'plans/a.md': ONE, 'plans/b.md': TWO }, { actor: 'keeper' })
  expect(both).toMatchObject({ decision: 'failed', result: { plans: [{ reason_code: 'idea-twice' }, { reason_code: 'idea-twice' }] } })
  expect(lab.told()[0]).toMatch(
    /^@keeper\n\n`plans\/a\.md`[^]*`plans\/a\.md` names the idea \[#1\]\(\S+\/issues\/1\), and so does `plans\/b\.md`/,
  )
  expect(savedBy(lab)).toBeUndefined()
  // The other one need not be of the same push.
  expect(endOf(await lab.push({ 'plans/2027/c.md': ONE }))).toBe('refused idea-twice red')
  await lab.local.world.commit({ repository: SHELF, files: { 'plans/2027/c.md': null } })
  await lab.say('/plan upload plans/a.md')
  // The idea's own file goes on; the other one is refused for as long as that names the idea.
  const [a, b] = [ONE.replace('“One”', '“1”'), TWO.replace('“Two”', '“2”')]
  expect(await lab.push({ 'plans/a.md': a, 'plans/b.md': b }, { actor: 'keeper' })).toMatchObject({
    result: { plans: [{ reason_code: 'uploaded' }, { reason_code: 'idea-twice' }] },
  })
  await lab.say('/plan materialise')
  const said = lab.told().length
  expect(endOf(await lab.push({ 'plans/b.md': TWO.replace('“Two”', '“II”') }, { actor: 'keeper' }))).toBe('refused idea-twice red')
  expect(lab.told().slice(said)).toEqual([expect.stringMatching(/`plans\/b\.md` names the idea \[#1\]\(\S+\), and so does `plans\/a\.md`/)])
  expect(lab.told().at(-1)).not.toContain('--confirm')
})

test('a plan that was moved is followed by who may, and read there from then on', async () => {
  await using lab = await openPushLab('')
  await lab.push({ [FILE]: ONE }, { actor: 'keeper' })
  await lab.say('/plan materialise')
  const moved = await lab.push({ [FILE]: null, 'plans/new.md': ONE })
  expect(endOf(moved)).toBe('nothing-to-do plan-waits')
  expect(lab.told().at(-1)).toMatch(/^@owner\n\n`plans\/new\.md`, as \*\*writer\*\* pushed[^]*comments `\/plan sync plans\/new\.md`/)
  const lost = await lab.say('/plan sync')
  expect(lost).toMatchObject({ reasonCode: 'plan-not-found' })
  expect(lost?.headline).toContain('came from `plans/plan.md`, which the default branch no longer has')
  expect(lost?.summary).toContain('say `/plan sync plans/new.md`')
  expect(await lab.say('/plan sync plans/new.md')).toMatchObject({ decision: 'done', reasonCode: 'followed' })
  expect(savedBy(lab)).toContain('from `plans/new.md`')
  expect(await lab.say('/plan sync')).toMatchObject({ reasonCode: 'nothing-changed' })
  // The same by a push of somebody who may act; with other words it is a difference, which says where it is from.
  expect(endOf(await lab.push({ 'plans/new.md': null, [FILE]: ONE }, { actor: 'keeper' }))).toBe('done followed')
  // A run that was lost before it drew the card is started again.
  const card = [...lab.local.world.state.comments.values()].find(({ body }) => body === savedBy(lab))
  if (card) card.body = card.body.replace('plans/plan.md', 'plans/new.md')
  await lab.again()
  expect(savedBy(lab)).toContain('from `plans/plan.md`')
  expect(lab.issues()).toHaveLength(4)
  expect(endOf(await lab.push({ [FILE]: null, 'plans/new.md': TWO }))).toBe('nothing-to-do difference-shown')
  expect(lab.told().at(-1)).toMatch(/This plan is from `plans\/new\.md`[^]*the saved one came from `plans\/plan\.md`/)
})

test('a plan that was moved and edited is told where it stands now, until it is confirmed there', async () => {
  await using lab = await openPushLab('')
  await lab.push({ [FILE]: ONE }, { actor: 'keeper' })
  await lab.say('/plan materialise')
  await lab.push({ [FILE]: null, 'plans/q3/new.md': TWO })
  const lost = await lab.say('/plan sync')
  expect(lost).toMatchObject({ decision: 'refused', reasonCode: 'plan-not-found' })
  const last = () => [...lab.local.world.state.comments.values()].at(-1)?.body
  expect(last()).toContain('`plans/q3/new.md` names this idea: say `/plan sync plans/q3/new.md`.')
  await lab.push({ 'plans/old.md': ONE })
  await lab.say('/plan sync')
  expect(last()).toContain('`plans/old.md`, `plans/q3/new.md` name this idea: say `/plan sync plans/old.md`, or with another of them.')
  await lab.push({ 'plans/old.md': null, 'plans/q3/new.md': TWO.replace('idea: 1', 'idea: 2') })
  await lab.say('/plan sync')
  expect(last()).toContain('as in `/plan sync plans/new-name.md`')
})
