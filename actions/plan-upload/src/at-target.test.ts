import type { JsonObject } from '@switchyard/core'
import type { Issue } from '@switchyard/local-github'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { writePlan } from './lab-plans.test-support.ts'
import { lookAt } from './plan-ending.test-support.ts'
import { type LabPlay, openPlanLab, type PlanLab, type Played, SHELF } from './plan-lab.test-support.ts'

/** The repository that the issues are made in, whose own workflow hears of them. */
const OTHER = 'acme/other'
const TEXT = writePlan([{ title: 'North', tasks: [{ title: 'One' }, { title: 'Two' }] }])

let lab: PlanLab
let targetToken: string
let ledgerToken: string
beforeAll(async () => {
  lab = await openPlanLab(TEXT)
  const { world } = lab.local
  await world.addRepository({ owner: 'acme', name: 'other', visibility: 'private' })
  const workflow = 'name: Plan\non: { issues: { types: [closed, reopened] } }\njobs: {}\n'
  const files = { '.github/switchyard.yml': `accepts: [${SHELF}]\n`, '.github/workflows/plan.yml': workflow }
  await world.commit({ repository: OTHER, files })
  targetToken = world.createToken({ kind: 'classic', user: 'owner', scopes: ['repo'] })
  ledgerToken = world.createToken({ kind: 'fine-grained', user: 'owner', repositories: [SHELF], permissions: { contents: 'write' } })
  await lab.say('/plan upload plans/plan.md')
  await lab.say(`/plan materialise ${OTHER}`, { targetToken })
})
afterAll(() => lab[Symbol.asyncDispose]())

function get(title: string): Issue {
  const place = lab.local.world.repository(OTHER).id
  const issue = lab.issues().find((each) => each.title === title && each.repositoryId === place)
  if (issue === undefined) throw new RangeError(`There is no issue ${title}`)
  return issue
}

/** What the workflow of the target does, with the ledger's place and a token that writes it. */
async function playThere(play: LabPlay): Promise<Played> {
  return lab.play({ ...play, repository: OTHER, ledgerToken, inputs: { ledgerRepository: SHELF, ...play.inputs } })
}

async function close(title: string): Promise<Played> {
  const issue = get(title)
  Object.assign(issue, { state: 'closed', stateReason: 'completed' })
  const payload: JsonObject = { action: 'closed', issue: { number: issue.number, body: issue.body ?? '' } }
  return playThere({ eventName: 'issues', payload })
}

const card = (): string =>
  [...lab.local.world.state.comments.values()].find(({ body }) => body.startsWith('<!-- switchyard:plan card -->'))?.body ?? ''

test('the event there closes the parents there and tells the ledger; the card follows with the next sweep', async () => {
  expect(await close('One')).toMatchObject({ decision: 'done', reasonCode: 'rolled-up' })
  expect(await close('Two')).toMatchObject({ decision: 'done', reasonCode: 'rolled-up' })
  expect([get('North').state, get('Reminders').state]).toEqual(['closed', 'closed'])
  expect(card()).toContain('0 of 2 tasks')
  lab.local.clock.advance(20 * 60_000)
  await lab.sweep({ targetToken })
  expect(card()).toContain('2 of 2 tasks')
  expect((await lookAt(lab)).findings).toEqual([])
})

test('what is said there on one of its issues is not taken for an idea', async () => {
  const { world } = lab.local
  const { number } = get('North')
  const made = await fetch(`${lab.local.apiUrl}/repos/${OTHER}/issues/${number}/comments`, {
    method: 'POST',
    headers: { authorization: `bearer ${targetToken}` },
    body: JSON.stringify({ body: '/plan upload plans/plan.md' }),
  })
  const comment = (await made.json()) as JsonObject
  const payload = { action: 'created', issue: { number, body: '' }, comment }
  expect(await playThere({ eventName: 'issue_comment', payload })).toMatchObject({ decision: 'refused', reasonCode: 'part-of-plan' })
  expect([...world.state.comments.values()].at(-1)?.body).toContain('an idea that another repository keeps')
})
