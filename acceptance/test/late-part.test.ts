import { copyFile, mkdtemp, mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type LocalGitHub, startLocalGitHub } from '@switchyard/local-github'
import type { ActionResult } from '@switchyard/workflow-runner'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { MAINTAINER, OWNER } from '../src/names.ts'
import { playAction } from '../src/play-action.ts'

const actions = join(import.meta.dirname, '../../actions')
const REPOSITORY = `${OWNER}/platform`
let github: LocalGitHub
let token: string
let scratch: string

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'late-part-'))
  github = await startLocalGitHub()
  github.world.addUser({ login: MAINTAINER })
  github.world.addOrganization({ login: OWNER, members: { [MAINTAINER]: 'admin' }, plan: 'team' })
  await github.world.addRepository({ owner: OWNER, name: 'platform', visibility: 'private' })
  token = github.world.createToken({
    kind: 'job',
    repository: REPOSITORY,
    permissions: { actions: 'read', checks: 'write', contents: 'write', issues: 'write' },
  })
})
afterAll(async () => {
  await github.close()
  await rm(scratch, { recursive: true, force: true })
})
beforeEach(() => github.log.reset())

/** The action as it is downloaded, but for its late part. */
async function damage(name: string, late: string | undefined): Promise<string> {
  const folder = await mkdtemp(join(scratch, `${name}-`))
  const from = join(actions, name)
  await mkdir(join(folder, 'dist'))
  await copyFile(join(from, 'action.yml'), join(folder, 'action.yml'))
  for (const file of await readdir(join(from, 'dist'))) await copyFile(join(from, 'dist', file), join(folder, 'dist', file))
  if (late === undefined) await rm(join(folder, 'dist/late.js'))
  else await writeFile(join(folder, 'dist/late.js'), late)
  return folder
}

interface Play {
  readonly inputs?: Readonly<Record<string, string>>
  readonly eventName: string
  readonly event: Readonly<Record<string, unknown>>
}

function play(actionFolder: string, { inputs = {}, eventName, event }: Play): Promise<ActionResult> {
  const job = { repository: REPOSITORY, job: 'job', workflow: 'Workflow', token, action: '', node: undefined }
  return playAction(github, job, { actionFolder, debug: true, inputs, eventName, payload: event, run: { id: 7, headSha: '0'.repeat(40) } })
}

const comment = (body: string): Play => ({
  eventName: 'issue_comment',
  event: { action: 'created', issue: { number: 1, body: '', user: { login: MAINTAINER } }, comment: { id: 1, body } },
})

const OURS: Readonly<Record<string, Play>> = {
  'bootstrap-repo': { eventName: 'workflow_dispatch', event: {}, inputs: { mode: 'preview', owner: OWNER, name: 'shop' } },
  'dispatch-on-complete': { eventName: 'workflow_run', event: { action: 'completed', workflow_run: { id: 5, conclusion: 'success' } } },
  ledger: { eventName: 'workflow_dispatch', event: {}, inputs: { stream: 'dispatch' } },
  'release-step': comment('/release status'),
}

describe('an event that is not for us', () => {
  test.each(['bootstrap-repo', 'dispatch-on-complete', 'release-step'])('does not load the late part of %s', async (name) => {
    const folder = await damage(name, `throw new Error('the late part was loaded')`)
    const { exitCode, outputs } = await play(folder, comment('Thank you!'))
    expect({ exitCode, decision: outputs['decision'], requests: github.log.count() }).toEqual({
      exitCode: 0,
      decision: 'nothing-to-do',
      requests: 0,
    })
  })
})

describe.each(Object.entries(OURS))('%s', (name, ours) => {
  test('asks its first question before it loads its late part', async () => {
    const folder = await damage(name, `throw new Error('the late part was loaded')`)
    await play(folder, ours)
    expect(github.log.count()).toBeGreaterThan(0)
  })

  test.each([
    ['cannot be loaded', `throw new Error('the late part cannot run')`, 'the late part cannot run'],
    ['is missing', undefined, 'late.js'],
  ])('fails, and says so, when it %s', async (_, late, said) => {
    const { exitCode, outputs, log } = await play(await damage(name, late), ours)
    expect({ exitCode, decision: outputs['decision'], code: outputs['reason-code'] }).toEqual({
      exitCode: 1,
      decision: 'failed',
      code: 'internal',
    })
    expect(log).toContain(said)
  })
})
