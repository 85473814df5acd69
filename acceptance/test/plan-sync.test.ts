import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ActionResult } from '@switchyard/workflow-runner'
import { planOf, type PlanStage, SHELF } from '../src/index.ts'
import { sendTo } from '../src/acts.ts'
import { createPlannedStage } from '../src/planned-stage.ts'

/** Issue 2 is the epic, 3 and 4 its stories, 5 and 6 the tasks of the first, 7 and 8 of the second. */
let stage: PlanStage
beforeAll(async () => {
  stage = await createPlannedStage(planOf(2, 2))
})
afterAll(() => stage.close())

let plan = planOf(2, 2)
async function write(edit: (text: string) => string): Promise<void> {
  plan = edit(plan)
  await stage.commit({ 'plans/small.md': plan })
}
const sync = (words = '', by = 'maintainer'): Promise<ActionResult> => stage.say(1, `/plan sync${words}`, by)
const lastReply = (): string => stage.commentsOf(1).findLast((text) => text.includes(' reply=')) ?? ''
async function apply(): Promise<ActionResult> {
  const { outputs } = await sync()
  return sync(` --confirm ${outputs['hash']}`)
}
const statusText = (): string => stage.cardOf(1) ?? ''

test('a difference is shown to those who may apply it, and changes nothing', async () => {
  expect((await sync()).outputs).toMatchObject({ 'reason-code': 'nothing-changed', hash: '' })
  await write((text) => text.replace('What is to be done for 1.2.', 'Something else.').replace('Do 2.2 {', 'Do the last {'))
  const before = stage.issues().map(({ body, title }) => ({ body, title }))
  expect((await sync('', 'reader')).outputs['reason-code']).toBe('not-yours')
  expect((await sync()).outputs).toMatchObject({ 'reason-code': 'difference-shown', hash: expect.stringMatching(/^[0-9a-f]{12}$/) })
  expect(lastReply()).toContain('✏️ edit')
  expect((await sync(' --confirm 000000000000')).outputs['reason-code']).toBe('difference-moved')
  expect(stage.issues().map(({ body, title }) => ({ body, title }))).toEqual(before)
})

test('what was confirmed is refused, and shown anew, when plan or issues changed meanwhile', async () => {
  const shown = (await sync()).outputs['hash']
  await write((text) => text.replace('title: Reminders', 'title: Reminders by mail'))
  const other = (await sync(` --confirm ${shown}`)).outputs
  expect(other['reason-code']).toBe('difference-moved')
  await stage.change(6, { title: 'Mine' })
  expect((await sync(` --confirm ${other['hash']}`)).outputs['reason-code']).toBe('difference-moved')
  await stage.change(6, { title: 'Do 1.2' })
  expect((await sync(` --confirm ${other['hash']}`)).outputs).toMatchObject({ 'reason-code': 'synced', issues: '2' })
  expect(stage.issue(6).body).toContain('Something else.')
  expect(stage.issue(8).title).toBe('Do the last')
  expect(statusText()).toContain('Reminders by mail')
})

test('a plan that changes no issue is saved when that is confirmed', async () => {
  await write((text) => text.replace('title: Reminders by mail', 'title: Reminders by post'))
  expect((await sync()).outputs['reason-code']).toBe('difference-shown')
  expect(lastReply()).toContain('--confirm')
  expect((await apply()).outputs).toMatchObject({ 'reason-code': 'synced', issues: '0' })
  expect(statusText()).toContain('Reminders by post')
  expect((await sync()).outputs['reason-code']).toBe('nothing-changed')
})

test('tasks are added, moved, linked, unlinked, dropped, and revived', async () => {
  const moved = '### Task: Do 1.2 {#task-1-2}\n\nFiles: `src/1/2.ts`\nDepends on: task-1-1\n\nSomething else.\n'
  await write(
    (text) => `${text.replace(moved, '')}\n${moved.replace('task-1-1', 'task-2-1')}\n### Task: New {#new}\n\nDepends on: task-1-2\n`,
  )
  expect((await apply()).outputs['reason-code']).toBe('synced')
  const created = stage.issues().at(-1)
  expect(created).toMatchObject({ title: 'New', parentId: stage.issue(4).id, blockedByIds: [stage.issue(6).id] })
  expect(stage.issue(6)).toMatchObject({ parentId: stage.issue(4).id, blockedByIds: [stage.issue(7).id] })
  const whole = plan
  await write((text) => text.slice(0, text.indexOf('### Task: New')))
  await apply()
  expect(stage.issue(created?.number ?? 0)).toMatchObject({ state: 'closed', stateReason: 'not_planned' })
  await write(() => whole)
  await apply()
  expect(stage.issue(created?.number ?? 0)).toMatchObject({ state: 'open', blockedByIds: [stage.issue(6).id] })
})

test('a title that changes without an id is a rename to confirm', async () => {
  await write((text) => `${text}\n### Task: Unnamed\n\nA text of its own.\n`)
  await apply()
  const { number = 0 } = stage.issues().at(-1) ?? {}
  await write((text) => text.replace('### Task: Unnamed', '### Task: Renamed'))
  await sync()
  expect(lastReply()).toContain('🏷️ rename')
  await apply()
  expect(stage.issue(number)).toMatchObject({ title: 'Renamed', state: 'open' })
  expect(stage.issues().at(-1)?.number).toBe(number)
})

test('what people wrote around the plan’s part stays byte for byte, and so do their labels, assignees and closures', async () => {
  const body = `${stage.issue(5).body ?? ''}\r\n\r\nMine  \r\n\ttoo\n<b>é</b>\r\n`
  const token = stage.tokenOf('maintainer')
  await sendTo(stage.github, token, { method: 'POST', path: `/repos/${SHELF}/labels`, body: { name: 'theirs', color: 'ededed' } })
  await stage.change(5, { body: body.replaceAll(/\r?\n/g, '\r\n'), labels: ['theirs'], assignees: ['writer'], state: 'closed' })
  const { body: before = '', labelIds, assigneeIds } = { ...stage.issue(5) }
  await write((text) => text.replace('What is to be done for 1.1.', 'Another text.'))
  expect((await apply()).outputs['reason-code']).toBe('synced')
  expect(stage.issue(5)).toMatchObject({ state: 'closed', labelIds, assigneeIds })
  expect(stage.issue(5).body).toBe(before?.replace('What is to be done for 1.1.', 'Another text.'))
})

test('what people changed where the plan changed is a conflict, shown at each sync and never overwritten', async () => {
  const theirs = (stage.issue(7).body ?? '').replace('What is to be done for 2.1.', 'What I want.')
  await stage.change(7, { body: theirs, title: 'My title' })
  await stage.change(3, { body: 'No markers any more.' })
  await write((text) =>
    text
      .replace('What is to be done for 2.1.', 'What we want.')
      .replace('Do 2.1 {', 'Do it {')
      .replace('What story 1 is for.', 'Whatever.'),
  )
  expect(JSON.parse((await apply()).outputs['result'] ?? '')).toMatchObject({ conflicts: 3 })
  expect(stage.issue(7)).toMatchObject({ body: theirs, title: 'My title' })
  expect(stage.issue(3).body).toBe('No markers any more.')
  expect(JSON.parse((await sync()).outputs['result'] ?? '')).toMatchObject({ changes: 0, conflicts: 3 })
  expect(lastReply()).toContain('3 conflicts')
})

test('an issue that people moved or deleted is told of, and not made again', async () => {
  const token = stage.tokenOf('maintainer')
  const { id, number } = stage.issue(6)
  await sendTo(stage.github, token, {
    method: 'POST',
    path: `/repos/${SHELF}/issues/3/sub_issues`,
    body: { sub_issue_id: id, replace_parent: true },
  })
  const count = stage.issues().length
  stage.github.world.state.issues.delete(stage.issue(8).id)
  await write((text) => text.replace('Something else.', 'Once more.'))
  const { outputs } = await apply()
  expect(JSON.parse(outputs['result'] ?? '')).toMatchObject({ conflicts: 5, created: 0 })
  expect(stage.issue(number)).toMatchObject({ parentId: stage.issue(3).id, body: expect.stringContaining('Once more.') })
  expect(stage.issues()).toHaveLength(count - 1)
})
