import type { JsonObject } from '@switchyard/core'
import { expect, test } from 'vitest'
import { writePlan } from './lab-plans.test-support.ts'
import { openPlanLab, type PlanLab, SHELF } from './plan-lab.test-support.ts'

const PLAN = writePlan([{ title: 'North', tasks: [{ title: 'One' }] }])

interface Guest {
  open(body: string): Promise<JsonObject>
  /** What came of a guest's command on issue 2, which is theirs. */
  say(body: string): Promise<string>
}

/** Somebody of whom the public repository knows nothing. */
function inviteGuest({ local, play }: PlanLab): Guest {
  local.world.repository(SHELF).visibility = 'public'
  local.world.addUser({ login: 'guest' })
  const token = local.world.createToken({ kind: 'classic', user: 'guest', scopes: ['repo'] })
  const ask = async (path: string, body: JsonObject): Promise<JsonObject> => {
    const headers = { authorization: `bearer ${token}` }
    const answer = await fetch(`${local.apiUrl}/repos/${SHELF}/${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
    return (await answer.json()) as JsonObject
  }
  return {
    open: (body) => ask('issues', { title: 'Mine', body }),
    async say(body) {
      const comment = await ask('issues/2/comments', { body })
      const told = await play({ eventName: 'issue_comment', payload: { action: 'created', issue: { number: 2, body: '' }, comment } })
      return `${told?.decision ?? 'nothing'} ${told?.reasonCode ?? ''}`
    },
  }
}

const UPLOAD = `/plan upload\n\`\`\`\`\n${PLAN.replace('idea: 1', 'idea: 2')}\n\`\`\`\``
const count = (lab: PlanLab): number => lab.issues().length
const last = ({ local }: PlanLab): string => [...local.world.state.comments.values()].at(-1)?.body ?? ''

test('whoever opened an idea in a public repository has issues made of it only with the role triage there', async () => {
  await using lab = await openPlanLab(PLAN)
  const guest = inviteGuest(lab)
  await guest.open('An idea.')
  expect(await guest.say(UPLOAD)).toBe('done uploaded')
  expect(await guest.say('/plan materialise')).toBe('refused needs-triage')
  expect(last(lab)).toContain('needs the role triage here')
  expect(await guest.say('/plan sync')).toBe('refused needs-triage')
  expect(count(lab)).toBe(2)
  lab.local.world.addCollaborator(SHELF, 'guest', 'triage')
  expect(await guest.say('/plan materialise')).toBe('done materialised')
  expect(count(lab)).toBe(5)
  expect(await guest.say('/plan sync')).not.toContain('refused needs-triage')
})

test('the rules of a public repository may let everybody have issues made', async () => {
  await using lab = await openPlanLab(PLAN)
  const guest = inviteGuest(lab)
  await guest.open('An idea.')
  const rules = 'commands:\n  - { command: plan materialise, role: read }\n'
  await lab.local.world.commit({ repository: SHELF, files: { '.github/switchyard.yml': rules } })
  expect(await guest.say(UPLOAD)).toBe('done uploaded')
  expect(await guest.say('/plan materialise')).toBe('done materialised')
})
