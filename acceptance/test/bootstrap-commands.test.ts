import { afterEach, beforeEach, expect, test } from 'vitest'
import { type BootstrapStage, CONTROL, createBootstrapStage, FORM_BODY, MAINTAINER, refusalOf, tracesOf } from '../src/index.ts'

let stage: BootstrapStage
beforeEach(async () => {
  stage = await createBootstrapStage()
  await stage.openIssue()
})
afterEach(() => stage.close())

/** A comment and the run that it wakes. Returns how the step ended, and what was said after the comment. */
async function say(
  body: string,
  by = MAINTAINER,
): Promise<{ readonly reason: string | undefined; readonly decision: string | undefined; readonly answers: readonly string[] }> {
  const payload = await stage.comment(1, body, by)
  const before = stage.commentsOf(1).length
  const { outputs } = await stage.play({ eventName: 'issue_comment', payload, actor: by })
  return { reason: outputs['reason-code'], decision: outputs['decision'], answers: stage.commentsOf(1).slice(before) }
}

const made = (name = 'shop'): boolean => [...stage.github.world.state.repositories.values()].some((repository) => repository.name === name)
const configure = (text: string): Promise<unknown> =>
  stage.github.world.commit({ repository: CONTROL, files: { '.github/switchyard.yml': text } })

test('a run without a preview is refused, and the answer says what to do', async () => {
  const { decision, reason, answers } = await say('/bootstrap run')
  expect({ decision, reason }).toEqual({ decision: 'refused', reason: 'commands-refused' })
  expect(answers).toEqual([expect.stringContaining('/bootstrap preview')])
  expect(made()).toBe(false)
})

test('two commands in one comment are carried out in their order', async () => {
  const { decision, answers } = await say('/bootstrap preview\n\n/bootstrap run')
  // The run asks for the approval of a preview that stood there before the comment.
  expect(decision).toBe('refused')
  expect(answers[0]).toContain('can be created')
  expect(made()).toBe(false)
  const again = await say('/bootstrap run\n/help')
  expect(again.decision).toBe('done')
  expect(again.answers.some((text) => text.includes('acme/shop is ready'))).toBe(true)
  expect(again.answers.some((text) => text.includes('what it does'))).toBe(true)
})

test.each([
  ['other options', FORM_BODY.replace('Nobody signs in', 'Sessions')],
  ['another name', FORM_BODY.replace('shop', 'swapped')],
])('a preview that appeared after the command was written is not what it approves: %s', async (_, body) => {
  await say('/bootstrap preview')
  const asked = await stage.comment(1, '/bootstrap run')
  await stage.request('PATCH', `/repos/${CONTROL}/issues/1`, { body })
  await stage.play({ eventName: 'issues', payload: { ...asked, action: 'edited' }, inputs: { mode: 'preview' } })
  expect(stage.commentsOf(1).at(-1)).toContain('can be created')
  const { outputs } = await stage.play({ eventName: 'issue_comment', payload: asked })
  expect(outputs).toMatchObject({ decision: 'refused', 'reason-code': 'approval-outdated' })
  expect([made('shop'), made('swapped')]).toEqual([false, false])
})

test('a cancel of somebody who may not cancel stops nobody’s run', async () => {
  await say('/bootstrap preview')
  const asked = await stage.comment(1, '/bootstrap run')
  await stage.comment(1, '/bootstrap cancel', 'reader')
  await stage.play({ eventName: 'issue_comment', payload: asked })
  expect(stage.commentsOf(1).at(-1)).toMatch(/@reader .*needs the role write/)
  expect(made()).toBe(true)
})

test('a comment with a fault does nothing, not even what it got right', async () => {
  await say('/bootstrap preview')
  const { decision, answers } = await say('/bootstrap run\n/bootstrap explode')
  expect(decision).toBe('refused')
  expect(answers).toEqual([expect.stringContaining('nothing was done')])
  expect(made()).toBe(false)
})

test.each([
  ['/bootstap run', 'bootstrap'],
  ['/bootstrap rnu', 'run'],
])('the near miss %s is asked after', async (body, meant) => {
  await say('/bootstrap preview')
  const { decision, answers } = await say(body)
  expect(decision).toBe('refused')
  expect(answers).toHaveLength(1)
  expect(answers[0]).toMatch(new RegExp(`Did you mean.*${meant}`))
  expect(made()).toBe(false)
})

test('`/help` lists what its reader may do', async () => {
  const mine = await say('/help')
  expect(mine.decision).toBe('done')
  for (const name of ['preview', 'run', 'cancel', 'retry', 'cleanup']) expect(mine.answers[0]).toContain(`/bootstrap ${name}`)
  await configure('commands:\n  - { command: help, role: read }\n')
  const theirs = await say('/help', 'reader')
  expect(theirs.answers[0]).not.toContain('/bootstrap run')
})

test('`/help` shows the roles that this repository’s own rules ask for', async () => {
  await configure('commands:\n  - { command: bootstrap *, role: triage }\n  - { command: bootstrap cleanup, role: admin }\n')
  const { answers } = await say('/help')
  const roleOf = (command: string): string | undefined =>
    answers[0]
      ?.split('\n')
      .find((line) => line.includes(`/bootstrap ${command}`))
      ?.split('|')
      .at(-2)
      ?.trim()
  expect([roleOf('run'), roleOf('cleanup')]).toEqual(['triage', 'admin'])
})

test.each(['/bootstrap preview', '/bootstrap run'])(
  'a credential that GitHub does not accept any more is told of on the issue: %s',
  async (body) => {
    await say('/bootstrap preview')
    const payload = await stage.comment(1, body)
    const before = stage.commentsOf(1).length
    const inputs = { 'bootstrap-token': 'ghp_revoked' }
    expect(await stage.play({ eventName: 'issue_comment', payload, inputs })).toMatchObject({
      exitCode: 1,
      outputs: { decision: 'failed' },
    })
    expect(stage.commentsOf(1).slice(before)).toEqual([expect.stringMatching(/@maintainer .*GITHUB.*UNAUTHORIZED/s)])
    expect((await stage.play({ eventName: 'issue_comment', payload })).outputs).toMatchObject({ 'reason-code': 'nothing-new' })
    expect(made()).toBe(false)
  },
)

test('a second event for the same comment does nothing', async () => {
  await say('/bootstrap preview')
  const payload = await stage.comment(1, '/bootstrap run')
  await stage.play({ eventName: 'issue_comment', payload })
  const [comments, traces] = [stage.commentsOf(1), await tracesOf(stage)]
  const again = await stage.play({ eventName: 'issue_comment', payload })
  expect(again.outputs).toMatchObject({ decision: 'nothing-to-do', 'reason-code': 'nothing-new' })
  expect(stage.commentsOf(1)).toEqual(comments)
  expect(await tracesOf(stage)).toEqual(traces)
})

test('a comment whose author’s account is gone keeps nobody else’s waiting', async () => {
  await stage.comment(1, '/bootstrap run', 'reader')
  stage.github.faults.add({ match: { method: 'GET', route: /collaborators\/reader\/permission$/ }, kind: 'error-before', status: 404 })
  const { answers } = await say('/bootstrap preview')
  expect(answers).toEqual([expect.stringContaining('@reader'), expect.stringContaining('can be created')])
})

test('whoever lacks the role is refused with an answer', async () => {
  await say('/bootstrap preview')
  const { decision, answers } = await say('/bootstrap run', 'reader')
  expect(decision).toBe('refused')
  expect(answers).toEqual([expect.stringMatching(/@reader .*needs the role write/)])
  expect(made()).toBe(false)
})

test('a job that may not write the ledger fails, and the answer names the permission', async () => {
  await say('/bootstrap preview')
  const permissions = { actions: 'read', contents: 'read', issues: 'write' } as const
  const token = stage.github.world.createToken({ kind: 'job', repository: CONTROL, permissions })
  const payload = await stage.comment(1, '/bootstrap run')
  const { exitCode, outputs } = await stage.play({ eventName: 'issue_comment', payload, inputs: { token } })
  expect({ exitCode, decision: outputs['decision'] }).toEqual({ exitCode: 1, decision: 'failed' })
  expect(stage.commentsOf(1).at(-1)).toMatch(/acme\/\S+\. Add `contents: write` to the job/)
  expect(made()).toBe(false)
})

test('a comment that was changed after it was written is refused', async () => {
  await say('/bootstrap preview')
  const payload = await stage.comment(1, 'Please wait.')
  const { comment } = payload
  const id = comment !== null && typeof comment === 'object' && 'id' in comment ? Number(comment.id) : 0
  await stage.request('PATCH', `/repos/${CONTROL}/issues/comments/${id}`, { body: '/bootstrap run' })
  const { decision, answers } = await say('/help')
  expect(decision).toBe('refused')
  expect(answers[0]).toContain('was changed after it was written')
  expect(made()).toBe(false)
})

test('with a faulty `.github/switchyard.yml` every command is refused, and none comes alive when it is mended', async () => {
  await say('/bootstrap preview')
  await configure('commands:\n  - { command: bootstrap run, role: emperor }\n')
  const { reason, answers } = await say('/bootstrap run')
  expect(reason).toBe('config-invalid')
  expect(answers).toEqual([expect.stringContaining('.github/switchyard.yml')])
  await configure('commands:\n  - { command: bootstrap run, role: write }\n')
  expect((await say('/help')).decision).toBe('done')
  expect(made()).toBe(false)
})

test('what only admins may have is refused to others, in the preview too', async () => {
  stage.github.world.addUser({ login: 'writer' })
  stage.github.world.addCollaborator(CONTROL, 'writer', 'write')
  const inputs = { owner: 'acme', name: 'shop', selections: 'add-ons: guarded' }
  const before = await tracesOf(stage)
  for (const mode of ['preview', 'create']) {
    expect(refusalOf(await stage.play({ actor: 'writer', inputs: { ...inputs, mode } }))).toMatchObject({
      exitCode: 1,
      reason: 'admin-required',
    })
  }
  expect(await tracesOf(stage)).toEqual(before)
  expect((await stage.play({ inputs: { ...inputs, mode: 'create' } })).outputs['reason-code']).toBe('created')
})

test('the modes ask for the role of their commands: a workflow is no way around the rules', async () => {
  stage.github.world.addUser({ login: 'writer' })
  stage.github.world.addCollaborator(CONTROL, 'writer', 'write')
  const asked = { owner: 'acme', name: 'shop', confirm: 'acme/shop' }
  const stranger = await stage.play({ actor: 'reader', eventName: 'issues', payload: await stage.openIssue(), inputs: { mode: 'create' } })
  expect(refusalOf(stranger)).toMatchObject({ exitCode: 1, reason: 'role-required' })
  await configure('commands:\n  - { command: bootstrap *, role: admin }\n')
  const before = await tracesOf(stage)
  for (const mode of ['create', 'retry', 'cancel', 'cleanup']) {
    expect(refusalOf(await stage.play({ actor: 'writer', inputs: { ...asked, mode } }))).toMatchObject({
      exitCode: 1,
      reason: 'role-required',
    })
  }
  expect(await tracesOf(stage)).toEqual(before)
  expect((await stage.play({ inputs: { ...asked, mode: 'create' } })).outputs['reason-code']).toBe('created')
})
