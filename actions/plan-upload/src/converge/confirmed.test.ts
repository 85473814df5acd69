import { expect, test } from 'vitest'
import { writePlan } from '../lab-plans.test-support.ts'
import { lookAt } from '../plan-ending.test-support.ts'
import { openPlanLab } from '../plan-lab.test-support.ts'
import { prepare } from './prepared.test-support.ts'

test('what somebody changes after the difference was compared makes it another one: nothing is done, and the next try may', async () => {
  await using prepared = await prepare('sync')
  const { lab, payload } = prepared
  const before = await lookAt(lab)
  let isChanged = false
  lab.local.behaviour.onExchange = ({ requestBody }) => {
    if (isChanged || !JSON.stringify([requestBody]).includes('createCommitOnBranch')) return
    isChanged = true
    for (const issue of lab.issues()) if (issue.title === 'Do south 2') issue.title = 'By hand'
  }
  expect(await lab.play({ eventName: 'issue_comment', payload })).toMatchObject({ decision: 'refused', reasonCode: 'difference-moved' })
  const { tree, closed, status, openIntents } = await lookAt(lab)
  expect({ tree, closed, status, openIntents }).toEqual({
    tree: before.tree.map((line) => line.replace('Do south 2', 'By hand')),
    closed: before.closed,
    status: 'PLANNED',
    openIntents: 0,
  })
  expect([...lab.local.world.state.comments.values()].at(-1)?.body).toContain('Nothing was done. Say the same without `--confirm`')
  expect(await lab.say('/plan sync plans/plan.md')).toMatchObject({ reasonCode: 'difference-shown' })
})

test('whoever takes a dead run over writes mentions as whoever asked wanted them', async () => {
  await using lab = await openPlanLab(
    writePlan([{ title: 'North', tasks: Array.from({ length: 12 }, (_, at) => ({ title: `T${at}`, text: 'Ask @octocat.' })) }]),
  )
  await lab.say('/plan upload plans/plan.md')
  const inputs = { mode: 'materialise', idea: 1, allowMentions: true } as const
  await lab.play({ inputs, kill: { match: { nth: 8 }, kind: 'lost-answer-before' } })
  const made = lab.issues().length
  lab.local.clock.advance(20 * 60_000)
  await lab.sweep()
  expect(lab.issues().length).toBeGreaterThan(made)
  const tasks = lab.issues().filter(({ title }) => title.startsWith('T'))
  expect(tasks.map(({ body }) => body?.includes('Ask @octocat.'))).toEqual(tasks.map(() => true))
  expect(await lookAt(lab)).toMatchObject({ status: 'PLANNED', known: 14 })
})
