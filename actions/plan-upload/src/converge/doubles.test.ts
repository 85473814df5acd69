import { expect, test } from 'vitest'
import { lookAt } from '../plan-ending.test-support.ts'
import { playWhole, prepare } from './prepared.test-support.ts'

/** The first request that makes tasks. */
const TASKS = 8

test('issues that a request without an answer made late are closed as duplicates, and told of', async () => {
  const { ending } = await playWhole('materialise')
  await using prepared = await prepare('materialise')
  const { lab, payload } = prepared
  const { state } = lab.local.world
  lab.local.faults.add({ match: { nth: TASKS }, kind: 'error-before' })
  lab.local.behaviour.onExchange = () => {
    const made = lab.issues().find(({ title }) => title === 'Do north 1')
    // What was looked for in vain, and so made again, comes after all.
    if (made !== undefined && !state.issues.has(900_000)) {
      state.issues.set(900_000, { ...made, id: 900_000, number: 5_000, parentId: undefined, subIssueIds: [] })
    }
  }
  expect(await lab.play({ eventName: 'issue_comment', payload })).toMatchObject({ decision: 'done', reasonCode: 'materialised' })
  expect(await lookAt(lab)).toEqual({ ...ending, closed: ['north-1 duplicate'] })
  expect([...state.comments.values()].map(({ body }) => body).join('\n')).toMatch(/5000 had been made twice and was closed/)
})
