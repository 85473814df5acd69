import type { ActionResult } from '@switchyard/workflow-runner'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createPlanStage, openPull, type PlanStage, SHELF, SMALL_PLAN } from '../src/index.ts'

const CONSENT = `accepts: [${SHELF}]\n`
const MISSING = 'labels: [bug, nope, __proto__]\nmilestone: v9\nassignees: [nobody, owner]'
let stage: PlanStage
let targetToken: string
beforeAll(async () => {
  stage = await createPlanStage({ files: { 'plans/missing.md': SMALL_PLAN.replace('idea: 1', `idea: 1\n${MISSING}`) } })
  const { world } = stage.github
  world.addOrganization({ login: 'other', members: { maintainer: 'admin' } })
  const places: Readonly<Record<string, string | undefined>> = {
    'acme/silent': undefined,
    'acme/elsewhere': 'accepts: [acme/shop]\n',
    'acme/faulty': 'accepts: {x: 1\n',
    'acme/archived': CONSENT,
    'acme/no-issues': CONSENT,
    'acme/public': CONSENT,
    'other/good': CONSENT,
  }
  for (const [repository, rules] of Object.entries(places)) {
    const [owner = '', name = ''] = repository.split('/')
    await world.addRepository({ owner, name, visibility: name === 'public' ? 'public' : 'private' })
    await world.commit({ repository, files: { 'README.md': name, ...(rules !== undefined && { '.github/switchyard.yml': rules }) } })
  }
  world.repository('acme/archived').archived = true
  world.repository('acme/no-issues').features.issues = false
  targetToken = world.createToken({ kind: 'classic', user: 'maintainer', scopes: ['repo'] })
})
afterAll(() => stage.close())

async function say(body: string, { by = 'owner', token = targetToken } = {}): Promise<ActionResult> {
  const payload = await stage.comment(1, body, by)
  return stage.play({ eventName: 'issue_comment', payload, actor: by, inputs: token === '' ? {} : { 'target-token': token } })
}

const lastReply = (): string => stage.commentsOf(1).findLast((body) => body.startsWith('<!-- switchyard:plan reply=')) ?? ''

const REFUSED = {
  'acme/none': 'There is no repository acme/none, or the token cannot see it. Check its name: it may have been deleted, renamed or moved.',
  'acme/silent': 'acme/silent does not accept issues of acme/shelf. Have `accepts: [acme/shelf]` written into its .github/switchyard.yml',
  'acme/elsewhere': 'acme/elsewhere does not accept issues of acme/shelf.',
  'acme/faulty': '.github/switchyard.yml of acme/faulty has faults',
  'acme/archived': 'acme/archived is archived.',
  'acme/no-issues': 'Issues are switched off in acme/no-issues. Switch them on in its settings.',
  'acme/public': 'acme/public is public, and this repository is not: everybody would read the plan.',
} as const

test('a repository takes issues only where it says so, can, and is seen; nothing is made in any other', async () => {
  await say('/plan upload plans/missing.md')
  expect((await say('/plan materialise')).log).toContain(
    'acme/shelf does not have the label “nope”, the label “__proto__”, the open milestone “v9”, “nobody” among those who can be assigned, “owner” among',
  )
  await say('/plan upload plans/small.md')
  const commands = Object.keys(REFUSED).map((repository) => `/plan materialise ${repository}`)
  expect((await say(commands.join('\n'))).outputs).toMatchObject({ decision: 'refused', 'reason-code': 'commands-refused' })
  for (const why of Object.values(REFUSED)) expect(lastReply().replaceAll(/\\|\u200b/g, '')).toContain(why)
  await say('/plan materialise acme/..')
  expect(lastReply()).toMatch(/Nothing was done\.[^]*owner\/name/)
  await say('/plan materialise other/good', { token: '' })
  expect(lastReply()).toContain('give a `target-token` that may read it and write its issues')
  for (const repository of ['acme', 'acme/a/b', '../x']) {
    const inputs = { mode: 'materialise', idea: '1', 'target-repository': repository, 'target-token': targetToken }
    expect((await stage.play({ inputs })).outputs['reason-code']).toBe('invalid-input')
  }
  expect([...stage.github.world.state.issues.values()]).toHaveLength(1)
})

test('whoever may not make issues finds out of no repository whether it is there', async () => {
  const repositories = ['acme/none', 'acme/silent', 'acme/faulty']
  await say(repositories.map((repository) => `/plan materialise ${repository}`).join('\n'), { by: 'reader' })
  expect(lastReply().match(/reader is no maintainer here/g)).toHaveLength(repositories.length)
  for (const repository of repositories) expect(lastReply()).not.toContain(repository)
})

test('a plan’s issues are made at another owner’s, and shown, followed and told of here', async () => {
  await say('/plan materialise OTHER/good --dry-run')
  expect(lastReply()).toContain('To make them, comment `/plan materialise OTHER/good`.')
  const made = await say('/plan materialise OTHER/good')
  expect({ ...made.outputs, log: made.log }).toMatchObject({ decision: 'done', 'reason-code': 'materialised', epic: '1', issues: '5' })
  expect(stage.issues('other/good').map(({ title }) => title)).toEqual(['Reminders', 'Story 1', 'Do 1.1', 'Do 1.2', 'Do 1.3'])
  expect(stage.cardOf(1)).toContain(`issues in [other/good](${stage.github.serverUrl}/other/good)`)
  expect((await say('/plan sync')).outputs['reason-code']).toBe('nothing-changed')
  stage.issue(3, 'other/good').state = 'closed'
  expect((await say('/plan status', { by: 'reader' })).log).toContain('1 of 3 tasks of “Reminders” done')
  for (const command of ['/plan sync', '/plan status']) {
    await say(command, { token: '' })
    expect(lastReply()).toContain('There is no repository other/good, or the token cannot see it.')
  }
})

test('a sweep has the parents elsewhere follow their children, with the token of that place', async () => {
  for (const number of [3, 4, 5]) stage.issue(number, 'other/good').state = 'closed'
  const swept = await stage.play({ eventName: 'schedule', inputs: { 'target-token': targetToken } })
  expect({ ...swept.outputs, log: swept.log }).toMatchObject({ decision: 'done', 'reason-code': 'repaired' })
  expect(stage.issues('other/good').map(({ state }) => state)).toEqual(Array(5).fill('closed'))
})

test('an issue here that quotes the mark of one elsewhere is none of the plan’s', async () => {
  const [mark = ''] = stage.issue(4, 'other/good').body?.split('\n') ?? []
  expect(mark).toContain('key=task-1-2')
  while (stage.issues().length < 4) await stage.open('Mine', mark, 'reader')
  const before = await stage.readLedger()
  const closed = await stage.play({ eventName: 'issues', payload: await stage.change(4, { state: 'closed' }, 'reader'), actor: 'reader' })
  expect(closed.outputs).toMatchObject({ decision: 'nothing-to-do', 'reason-code': 'not-for-us' })
  expect(await stage.readLedger()).toEqual(before)
  const { number } = await openPull(stage, { branch: 'work', files: { 'src/1/2.ts': 'x' }, body: 'Task: #4' })
  const verified = await stage.play({ inputs: { mode: 'verify', 'pull-request': String(number) } })
  expect(verified.outputs['reason-code']).toBe('no-task-named')
})
