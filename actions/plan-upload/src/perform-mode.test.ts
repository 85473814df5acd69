import { expect, test } from 'vitest'
import { writePlan } from './lab-plans.test-support.ts'
import { openPlanLab, type PlanLab, SHELF } from './plan-lab.test-support.ts'

const planOf = (...titles: readonly string[]): string => writePlan([{ title: 'North', tasks: titles.map((title) => ({ title })) }])
const formOf = (...titles: readonly string[]): string => `### Plan\n\n\`\`\`markdown\n${planOf(...titles)}\`\`\`\n`

/** The idea's owner, or whoever is named, writes its form anew. */
async function edit({ local, play }: PlanLab, body: string, actor = 'owner') {
  const idea = [...local.world.state.issues.values()].find(({ number }) => number === 1)
  if (idea !== undefined) idea.body = body
  return play({ eventName: 'issues', actor, payload: { action: 'edited', changes: { body: { from: '' } }, issue: { number: 1, body } } })
}

const last = ({ local }: PlanLab): string => [...local.world.state.comments.values()].at(-1)?.body ?? ''

test('the edited form of a planned idea shows what it would change, and its hash is taken', async () => {
  await using lab = await openPlanLab(planOf('One'))
  expect(await edit(lab, formOf('One'))).toMatchObject({ decision: 'done', reasonCode: 'uploaded' })
  await lab.say('/plan materialise')
  const shown = await edit(lab, formOf('One', 'Two'))
  const hash: unknown = shown?.outputs?.hash
  expect(shown).toMatchObject({ decision: 'nothing-to-do', reasonCode: 'difference-shown' })
  expect(last(lab)).toContain(`/plan sync --confirm ${String(hash)}`)
  expect(lab.issues()).toHaveLength(4)
  const said = lab.local.world.state.comments.size
  expect(await edit(lab, formOf('One'))).toMatchObject({ reasonCode: 'nothing-changed' })
  expect(lab.local.world.state.comments.size).toBe(said)
  await edit(lab, formOf('One', 'Two'))
  expect(await lab.say(`/plan sync --confirm ${String(hash)}`)).toMatchObject({ decision: 'done', reasonCode: 'synced' })
  expect(lab.under('North')).toEqual(['One', 'Two'])
})

test('the edited form of an idea whose plan is a file is told where a change goes', async () => {
  await using lab = await openPlanLab(planOf('One'))
  await lab.say('/plan upload plans/plan.md')
  await lab.say('/plan materialise')
  expect(await edit(lab, formOf('One', 'Two'))).toMatchObject({ decision: 'refused', reasonCode: 'already-planned' })
})

test('the form of somebody else’s idea, edited: the owner is told how to take it, or what it would change', async () => {
  await using lab = await openPlanLab(planOf('One'))
  lab.local.world.addUser({ login: 'writer' })
  lab.local.world.addCollaborator(SHELF, 'writer', 'write')
  expect(await edit(lab, formOf('One'), 'writer')).toMatchObject({ decision: 'nothing-to-do', reasonCode: 'plan-waits' })
  expect(last(lab)).toMatch(/@owner\n\nThe plan in this issue’s text, as \*\*writer\*\* left it:[^]*comments `\/plan upload`\.\n$/)
  await edit(lab, formOf('One'), 'writer')
  expect(lab.local.world.state.comments.size).toBe(1)
  expect(await lab.say('/plan upload')).toMatchObject({ reasonCode: 'uploaded' })
  await lab.say('/plan materialise')
  const shown = await edit(lab, formOf('One', 'Two'), 'writer')
  expect(shown).toMatchObject({ decision: 'nothing-to-do', reasonCode: 'difference-shown' })
  expect(last(lab)).toMatch(/@owner\n\nThe plan in this issue’s text[^]*\/plan sync --confirm [0-9a-f]{12}/)
  expect(lab.under('North')).toEqual(['One'])
})

test('an edited form in place of a file is taken from below the command', async () => {
  await using lab = await openPlanLab(planOf('One'))
  lab.local.world.addUser({ login: 'writer' })
  lab.local.world.addCollaborator(SHELF, 'writer', 'write')
  await lab.say('/plan upload plans/plan.md')
  expect(await edit(lab, formOf('One', 'Two'), 'writer')).toMatchObject({ reasonCode: 'plan-waits' })
  expect(last(lab)).toContain('comments `/plan upload`, with the plan in a code block below it.')
})
