import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createPlanStage, editPlan, findPlanCheck, getCard, getItem, type LiveStage, PLAN_PATH, PLANNED_IN } from '@switchyard/cli/stage'
import type { Issue } from '@switchyard/local-github'
import { afterAll, beforeAll, expect, test } from 'vitest'

const page = readFileSync(join(import.meta.dirname, '../../examples/plan/README.md'), 'utf8')
/** The comments that the story tells to write, in their order. */
const comments = [...page.slice(page.indexOf('## The story'), page.indexOf('## Run it here')).matchAll(/^(`{3,4})text\n(.*?)^\1$/gms)].map(
  ([, , comment = '']) => comment,
)
const [HURRIED = '', UPLOAD = '', START = '', APPROVE = '', DRY_RUN = '', MATERIALISE = '', CONFIRM = ''] = comments

let stage: LiveStage
beforeAll(async () => {
  stage = await createPlanStage()
})
afterAll(() => stage.close())

const last = (issue = 1): string => stage.commentsOf(PLANNED_IN, issue).at(-1) ?? ''
const items = (): readonly Issue[] => [...stage.github.world.state.issues.values()].filter(({ body }) => body?.includes('key=') === true)
async function say(comment: string): Promise<string> {
  await stage.maintainer.comment(PLANNED_IN, 1, comment)
  await stage.runner.idle()
  return last()
}
const change = async (key: string, body: object): Promise<void> => {
  await stage.maintainer.request('PATCH', `/repos/${PLANNED_IN}/issues/${getItem(stage, key).number}`, body)
  await stage.runner.idle()
}
async function propose(key: string, files: Readonly<Record<string, string>>): Promise<void> {
  const { number } = getItem(stage, key)
  await stage.maintainer.push({ repository: PLANNED_IN, branch: key, files, message: key })
  await stage.maintainer.openPullRequest(PLANNED_IN, { title: key, head: key, body: `Closes #${number}` })
  await stage.runner.idle()
}

test('the page’s hurried plan is refused with its three faults, and leaves nothing behind', async () => {
  expect(await say(HURRIED)).toMatch(
    /The plan was not saved: 3 problems.*\| 11 \| 13 \|.*`cyclic-dependency`.*\| 16 \| 9 \|.*`unknown-value`.*\| 18 \| 21 \|.*`duplicate-id`/s,
  )
  expect(await stage.git(PLANNED_IN, 'for-each-ref', 'refs/heads/switchyard')).toBe('')
  expect(() => getCard(stage, 1)).toThrow('no card')
})

test('the page’s whole plan is kept, looked at, and shown before anything is made', async () => {
  await say(UPLOAD)
  expect(getCard(stage, 1)).toMatch(/The plan is ready.*\*\*4 stories · 22 tasks\*\*/s)
  await say(START)
  expect(await say(UPLOAD)).toMatch(/has its plan reviewed.*`\/plan review approve`.*`SOMETHING_RUNS`/s)
  expect(await say(APPROVE)).toMatch(/`PLAN_REVIEWED`.*The pilot before the launch is right/s)
  const shown = await say(DRY_RUN)
  expect(shown).toMatch(/27 new issues, 27 new dependencies.*To make them, comment `\/plan materialise`\./s)
  expect(items()).toEqual([])
})

test('27 issues are made, with label, milestone, parents, and what blocks them', async () => {
  await say(MATERIALISE)
  expect(items()).toHaveLength(27)
  const { state } = stage.github.world
  const [label] = [...state.labels.values()].filter(({ name }) => name === 'reminders')
  const [milestone] = [...state.milestones.values()]
  for (const item of items()) expect(item).toMatchObject({ labelIds: [label?.id], milestoneId: milestone?.id })
  const below = (key: string) => items().filter(({ parentId }) => parentId === getItem(stage, key).id)
  expect([below('reminders').length, below('mails').length, below('operations').length]).toEqual([4, 6, 5])
  expect(getItem(stage, 'opt-out-rule').blockedByIds).toEqual([getItem(stage, 'soon-rule').id, getItem(stage, 'late-rule').id])
})

test('pull requests are compared with their task as the page says, and one that names none is neutral', async () => {
  await propose('smtp', { 'src/lib/mail/smtp.ts': 'x', 'package.json': '{}' })
  const partial = findPlanCheck(stage)
  const quoted = /^> \*\*plan\*\* · (.*?)\. Missing: (.*)$/m.exec(page)
  expect(partial).toMatchObject({ conclusion: 'success', output: { title: quoted?.[1] } })
  for (const [missing] of (quoted?.[2] ?? '').matchAll(/`.*?`/g)) expect(partial?.output.text).toContain(missing)
  await propose('signed-link', { 'src/lib/preferences/link.ts': 'x' })
  expect(findPlanCheck(stage)).toMatchObject({ conclusion: 'failure', output: { title: 'PARTIAL: 1 of 2 paths touched, nothing else' } })
  const [pull] = [...stage.github.world.state.issues.values()].filter(({ title }) => title === 'signed-link')
  await stage.maintainer.request('PATCH', `/repos/${PLANNED_IN}/pulls/${pull?.number ?? 0}`, { body: 'No task' })
  await stage.runner.idle()
  expect(findPlanCheck(stage)).toMatchObject({ conclusion: 'neutral', output: { title: 'No task of a plan is named' } })
  await propose('pilot', { 'notes.md': 'x' })
  expect(findPlanCheck(stage)).toMatchObject({ conclusion: 'neutral' })
  await stage.maintainer.push({ repository: PLANNED_IN, branch: 'other', files: { 'other.md': 'x' }, message: 'Other' })
  await stage.maintainer.openPullRequest(PLANNED_IN, { title: 'Other', head: 'other', body: 'Fixes a typo' })
  await stage.runner.idle()
  expect(findPlanCheck(stage)).toMatchObject({ conclusion: 'neutral', output: { title: 'No task of a plan is named' } })
})

test('the page’s change is shown when it is merged, and made once its hash is confirmed; people’s words stay', async () => {
  const [before, edited] = [await stage.git(PLANNED_IN, 'show', `main:${PLAN_PATH}`), await editPlan(stage)]
  const told = [...(/^```diff\n(.*?)^```$/ms.exec(page)?.[1] ?? '').matchAll(/^([-+])(.*)$/gm)]
  expect(told.filter(([, sign]) => sign === '+').length).toBe(7)
  for (const [, sign, line = ''] of told) expect((sign === '+' ? edited : before).split('\n')).toContain(line)
  const body = (key: string): string => getItem(stage, key).body ?? ''
  await change('unsubscribe-page', { body: `${body('unsubscribe-page')}\nAsk the press office first.\n` })
  await change('help-page', { body: body('help-page').replace('When a mail comes', 'When no mail comes') })
  await stage.maintainer.push({ repository: PLANNED_IN, files: { [PLAN_PATH]: edited }, message: 'Another plan' })
  await stage.runner.idle()
  const difference = last()
  expect(difference).toMatch(/1 conflict, left as.*Explain reminders on the help page/s)
  expect(difference).toMatch(/5 changes: 2 new issues, 1 edit, 1 closed, 1 new dependency/)
  expect(getItem(stage, 'unsubscribe-page').title).toBe('Answer the link')
  expect(await say(CONFIRM)).toMatch(/The difference is another one/)
  const hash = /--confirm (\w+)/.exec(difference)?.[1] ?? ''
  await say(CONFIRM.replace(/\b[0-9a-f]{12}\b/, hash))
  expect(getItem(stage, 'unsubscribe-page').title).toBe('Let people choose without signing in')
  expect(body('unsubscribe-page')).toContain('Ask the press office first.')
  expect(body('help-page')).toContain('When no mail comes')
  expect(getItem(stage, 'mail-preview')).toMatchObject({ state: 'closed', stateReason: 'not_planned' })
  expect(getItem(stage, 'bounces').blockedByIds).toEqual([getItem(stage, 'smtp').id])
})

test('a story is closed with its last task, and open again with one of them', async () => {
  const tasks = ['reminder-model', 'soon-rule', 'late-rule', 'opt-out-rule', 'rules-record']
  const close = (key: string) =>
    stage.maintainer.request('PATCH', `/repos/${PLANNED_IN}/issues/${getItem(stage, key).number}`, { state: 'closed' })
  for (const key of tasks) await close(key)
  await stage.runner.idle()
  const story = (): Issue => getItem(stage, 'due-rules')
  expect([story().state, last(story().number)]).toEqual(['closed', expect.stringMatching(/last open child/)])
  await change('late-rule', { state: 'open' })
  expect(story().state).toBe('open')
})

test('what there is to know is answered: progress, the plan, the commands', async () => {
  expect(await say('/plan status')).toMatch(/\*\*4 of 22 tasks\*\*.*Blocked: \d+.*Critical path/s)
  expect(await say('/plan show')).toContain('# Epic: Remind people of what they have borrowed {#reminders}')
  const help = await say('/help')
  for (const command of ['upload', 'grill', 'plan', 'review', 'cancel', 'materialise', 'sync', 'status', 'show']) {
    expect(help).toContain(`/plan ${command}`)
  }
})
