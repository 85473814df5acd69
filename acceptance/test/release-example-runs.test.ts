import { createPerson, createReleaseStage, getBoard, type LiveStage, PLATFORM } from '@switchyard/cli/stage'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { hearRuns } from '../src/index.ts'

const SPRING = '2026-11-spring'
const MINUTE = 60_000
let stage: LiveStage
const hearing = hearRuns()
let ended: readonly string[] = []

beforeAll(async () => {
  stage = await createReleaseStage({ runner: { onProgress: hearing.onProgress } })
  stage.github.world.addUser({ login: 'writer' })
  stage.github.world.addCollaborator(PLATFORM, 'writer', 'write')
  const issue = await stage.maintainer.openIssue(PLATFORM, { title: 'Spring', body: '' })
  await stage.maintainer.comment(PLATFORM, issue, `/release activate ${SPRING} --all !nord`)
  await stage.runner.idle()
})
afterAll(() => stage.close())

/** What somebody does, and everything that it sets off. */
async function doing(act: () => Promise<unknown>): Promise<void> {
  ended = await hearing.doing(stage, act)
}

const ends = (): readonly string[] => ended
const board = (): string => getBoard(stage, SPRING).body
const said = (): readonly string[] => stage.commentsOf(PLATFORM, getBoard(stage, SPRING).issue)
const say = (body: string, by = stage.maintainer): Promise<void> => doing(() => by.comment(PLATFORM, getBoard(stage, SPRING).issue, body))
const boxOf = (step: string, customer: string): string =>
  board()
    .split('\n')
    .find((line) => line.endsWith(`\`${step}\` <!-- ${customer} -->`)) ?? ''

test('/step run carries a step out in the environment of its cluster, and its exit marks it done', async () => {
  await say('/step run backup eu-1/brede')
  expect(ends()).toEqual(['release-commands.yml: success', 'release-run.yml: success'])
  expect(JSON.stringify(hearing.heard())).toContain('backing up brede on eu-1')
  expect(boxOf('backup', 'eu-1/brede')).toMatch(/^- \[x\]/)
  await say('/step show backup eu-1/brede')
  expect(said().at(-1)).toMatch(/\*\*done\*\*.*Last run: exit code 0, success/s)
})

test('the form starts a run as well, in the name of whoever filled it in', async () => {
  const inputs = { command: 'run', release: SPRING, step: 'backup', customers: 'kaldvik' }
  const path = `/repos/${PLATFORM}/actions/workflows/release-form.yml/dispatches`
  await doing(() => stage.maintainer.request('POST', path, { ref: 'main', inputs }))
  expect(ends()).toEqual(['release-form.yml: success', 'release-run.yml: success'])
  await say('/step show backup eu-1/kaldvik')
  expect(said().at(-1)).toMatch(/\*\*done\*\*.*\| done \| maintainer/s)
  await say('/step revert backup eu-1/kaldvik')
})

test('SQL goes through the cluster’s own command, and a cluster without one says so', async () => {
  await say('/step run migrate eu-1/brede')
  expect(boxOf('migrate', 'eu-1/brede')).toMatch(/^- \[x\]/)
  await say('/step run migrate us-1/pelican')
  expect(ends()).toEqual(['release-commands.yml: success'])
  expect(said().at(-1)).toMatch(/names no sql.*mark it done/s)
  expect(boxOf('migrate', 'us-1/pelican')).toMatch(/^- \[ \]/)
})

test('a text is for people, and is not run', async () => {
  await say('/step run announce eu-1/brede')
  expect(ends()).toEqual(['release-commands.yml: success'])
  expect(said().at(-1)).toContain('a text for people')
  expect(boxOf('announce', 'eu-1/brede')).toMatch(/^- \[ \]/)
})

test('who may only write runs nothing in Europe, where the roles ask for more', async () => {
  await say('/step run backup eu-1/kaldvik', createPerson(stage.github, 'writer'))
  expect(ends()).toEqual(['release-commands.yml: success'])
  expect(said().at(-1)).toMatch(/@writer.*maintain/s)
})

test('content of one’s own is run only once an admin has let it, and a failure leaves the step as it was', async () => {
  await say('/step override backup eu-1/kaldvik\n```bash\necho "slow line of $SWITCHYARD_NAMESPACE"\nexit 3\n```')
  await say('/step run backup eu-1/kaldvik')
  expect(ends()).toEqual(['release-commands.yml: success'])
  expect(said().at(-1)).toContain('/step show backup')
  await say('/step show backup eu-1/kaldvik')
  const approval = /^\/step approve backup eu-1\/kaldvik [0-9a-f]{64}$/m.exec(said().at(-1) ?? '')?.[0] ?? ''
  await say(approval, createPerson(stage.github, 'writer'))
  expect(said().at(-1)).toMatch(/@writer.*role admin/s)
  await say(approval)
  expect(said().at(-1)).toMatch(/may run in `production-eu-1`/)
  await say('/step run backup eu-1/kaldvik')
  expect(ends()).toEqual(['release-commands.yml: success', 'release-run.yml: failure'])
  expect(said().at(-1)).toMatch(/❌ it ended with exit code 3 in \[this run\].*Nothing is marked/)
  expect(boxOf('backup', 'eu-1/kaldvik')).toMatch(/^- \[ \]/)
})

test('/step add --template writes the step into the release’s file, and from there to everybody', async () => {
  await say('/step add eu-1/brede verify text "Thank the harbour" --after sign-off --template\n```text\nA postcard will do.\n```')
  expect(ends()).toEqual(['release-commands.yml: success'])
  expect(await stage.git(PLATFORM, 'show', `main:release/releases/${SPRING}.yml`)).toContain('Thank the harbour')
  expect(board().match(/^- \[ \] Thank the harbour `thank-the-harbour`/gm)).toHaveLength(10)
})

test('twice an hour the sweep looks after everything, and changes nothing where all is well', async () => {
  const before = board()
  await doing(async () => {
    stage.github.clock.advance(31 * MINUTE)
    await stage.runner.tick()
  })
  expect(ends()).toEqual(['release-sweep.yml: success'])
  expect(board()).toBe(before)
})

test('a board that was edited while nobody listened is drawn anew by the sweep', async () => {
  const before = board()
  const { issue } = getBoard(stage, SPRING)
  const workflows = `/repos/${PLATFORM}/actions/workflows/release-board.yml`
  await stage.maintainer.request('PUT', `${workflows}/disable`)
  await stage.maintainer.request('PATCH', `/repos/${PLATFORM}/issues/${issue}`, { body: before.replace('Port of Brede', 'Port of Breda') })
  await stage.maintainer.request('PUT', `${workflows}/enable`)
  await doing(async () => {
    stage.github.clock.advance(31 * MINUTE)
    await stage.runner.tick()
  })
  expect(board()).toBe(before)
})
