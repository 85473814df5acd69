import { sha256 } from '@switchyard/core'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createReleaseStage, lookAtRelease, type ReleaseStage } from '../src/index.ts'

const BOARD = 2
const CONFIG = '.github/switchyard.yml'
const fence = (text: string): string => `\n\`\`\`\n${text}\n\`\`\``
const rules = (...commands: readonly string[]): string => `commands:\n${commands.map((each) => `  - { ${each} }\n`).join('')}`

let stage: ReleaseStage
afterEach(() => stage.close())

async function open(config?: string): Promise<void> {
  stage = await createReleaseStage({ files: config === undefined ? {} : { [CONFIG]: config } })
  await stage.openIssue('Hotfix')
}

/** How many changes the ledger has; that a comment was refused is none. */
const changes = async (): Promise<number> =>
  (await lookAtRelease(stage)).events.filter(({ type }) => type !== 'release.comments-handled').length

/** What became of a comment, in one line. */
async function say(issue: number, body: string, by?: string): Promise<string> {
  const { outputs } = await stage.say(issue, body, by)
  return `${outputs['decision']}: ${stage.commentsOf(issue).at(-1)}`
}

describe('a rule for some customers is asked of every command that concerns them', () => {
  test.each([
    ['release activate', '/release activate hotfix', '/release activate hotfix us-1/pelican'],
    ['release archive', '/release archive', undefined],
    ['release customer', '/release customer eu-1/brede', '/release customer us-1/pelican'],
    ['release status', '/release status', '/release status us-1'],
    ['release progress', '/release progress', undefined],
    ['step show', '/step show rotate eu-1/brede', '/step show rotate us-1/pelican'],
    [
      'step add',
      `/step add us-1/pelican deploy bash Warm --template${fence('echo')}`,
      `/step add us-1/pelican deploy bash Warm${fence('echo')}`,
    ],
  ])('%s', async (name, forbidden, allowed) => {
    await open(rules('command: "*", role: write', `command: ${name}, selectors: ['cluster:eu-*'], role: admin`))
    const isActivation = name === 'release activate'
    if (!isActivation) await stage.say(1, '/release activate hotfix')
    const issue = isActivation ? 1 : BOARD
    const before = await changes()
    expect(await say(issue, forbidden, 'writer')).toMatch(/^refused: [^]*needs the role admin/)
    expect(await changes()).toBe(before)
    if (allowed !== undefined) expect(await say(issue, allowed, 'writer')).not.toMatch(/^refused/)
    expect(await say(issue, isActivation ? '/help' : forbidden)).not.toMatch(/^refused/)
  })

  test('a draft is archived by who may archive it for all whom it would go to', async () => {
    await open(rules('command: release *, role: write', "command: release archive, selectors: ['cluster:eu-*'], role: admin"))
    const form = { mode: 'archive', release: 'hotfix' }
    expect((await stage.play({ inputs: form, actor: 'writer' })).outputs).toMatchObject({ 'reason-code': 'not-allowed' })
    expect((await stage.play({ inputs: form })).outputs).toMatchObject({ decision: 'done' })
  })
})

describe('activation with a pattern', () => {
  beforeEach(() => open())

  test('means the active customers that fit', async () => {
    expect(await say(1, '/release activate hotfix cluster:eu-*')).toMatch(/^done: [^]*2 customers/)
  })

  test.each([
    ['one that is named and inactive, beside a pattern', 'cluster:us-* eu-1/old-quay', /old.*quay is not active/],
    ['a pattern that fits inactive ones alone', '*/old-*', /old.*quay is not active/],
  ])('is refused for %s', async (_, selectors, why) => {
    expect(await say(1, `/release activate hotfix ${selectors}`)).toMatch(why)
    expect(await changes()).toBe(0)
  })
})

describe('content of a customer’s own', () => {
  const SHOW = '/step show rotate eu-1/brede'
  const RUN = { mode: 'run', environment: 'eu-1', release: 'hotfix', step: 'rotate', customers: 'eu-1/brede' }
  const override = (content: string): Promise<string> => say(BOARD, `/step override rotate eu-1/brede${fence(content)}`, 'writer')
  const reasonOfRun = async (): Promise<unknown> => (await stage.play({ inputs: RUN })).outputs['reason-code']

  /** The command that the answer to /step show offers. */
  async function readApproval(): Promise<string> {
    return /^\/step approve .*$/m.exec(await say(BOARD, SHOW))?.[0] ?? ''
  }

  beforeEach(async () => {
    await open(rules('command: step *, role: write'))
    await stage.say(1, '/release activate hotfix')
  })

  test('is approved by an admin, whatever a rule for all commands of steps says', async () => {
    await override('echo mine')
    const approval = await readApproval()
    expect(approval).toBe(`/step approve rotate eu-1/brede ${sha256('echo mine')}`)
    expect(await say(BOARD, approval, 'writer')).toMatch(/^refused: [^]*needs the role admin/)
    expect(await reasonOfRun()).toBe('content-not-approved')
    expect(await say(BOARD, approval)).toMatch(/^done: [^]*may run in `eu-1`/)
    expect(await say(BOARD, SHOW)).toContain('approved for `eu-1`')
    expect(await say(BOARD, approval)).toMatch(/^nothing-to-do/)
    expect(await reasonOfRun()).toBe('commanded')
  })

  test('that changed after it was read is not approved, and does not run', async () => {
    await override('echo good')
    const approval = await readApproval()
    await override('echo evil')
    expect(await say(BOARD, approval)).toMatch(new RegExp(`^refused: [^]*${sha256('echo evil').slice(0, 12)}.* now[^]*step show rotate`))
    expect(await reasonOfRun()).toBe('content-not-approved')
  })

  test('is named by its SHA-256, whole', async () => {
    await override('echo mine')
    const before = await changes()
    for (const hash of ['', sha256('echo mine').slice(0, 12), 'x'.repeat(64)]) {
      expect(await say(BOARD, `/step approve rotate eu-1/brede ${hash}`)).toMatch(/^refused: [^]*sha256/)
    }
    expect(await changes()).toBe(before)
  })

  test('runs no more once its approval is taken back, by comment or by form', async () => {
    await override('echo mine')
    const hash = sha256('echo mine')
    await say(BOARD, await readApproval())
    expect(await say(BOARD, `/step approve rotate eu-1/brede ${hash} --withdraw`, 'writer')).toMatch(/^refused/)
    expect(await say(BOARD, `/step approve rotate eu-1/brede ${hash} --withdraw`)).toMatch(/^done: [^]*no more/)
    expect(await reasonOfRun()).toBe('content-not-approved')
    const form = { mode: 'approve', release: 'hotfix', step: 'rotate', customers: 'eu-1/brede', sha256: hash }
    expect((await stage.play({ inputs: { ...form, withdraw: 'true' } })).outputs).toMatchObject({ 'reason-code': 'not-approved' })
    expect((await stage.play({ inputs: form, actor: 'writer' })).outputs).toMatchObject({ 'reason-code': 'not-allowed' })
    expect((await stage.play({ inputs: form })).outputs).toMatchObject({ decision: 'done' })
    expect((await stage.play({ inputs: { ...form, withdraw: 'true' } })).outputs).toMatchObject({ decision: 'done' })
    expect((await stage.play({ inputs: { ...form, sha256: sha256('x') } })).outputs).toMatchObject({ 'reason-code': 'content-differs' })
  })
})

describe('a run that another person starts again', () => {
  const DONE = { mode: 'done', release: 'hotfix', step: 'rotate', customers: 'eu-1/brede' }
  const RUN = { ...DONE, mode: 'run', environment: 'eu-1' }
  beforeEach(async () => {
    await open()
    await stage.say(1, '/release activate hotfix')
  })

  /** A run that one person began and another starts again. */
  async function restart(inputs: Readonly<Record<string, string>>, actor: string, startedBy: string): Promise<unknown> {
    const run = await stage.startRun('workflow_dispatch', actor)
    await stage.github.world.completeRun(run.id, 'failure')
    return (await stage.play({ inputs, actor, startedBy, run, attempt: 2 })).outputs['reason-code']
  }

  test.each([
    ['a form', DONE],
    ['a step', RUN],
  ])('needs the right of both, and is on record as the second one’s: %s', async (_, inputs) => {
    expect(await restart(inputs, 'writer', 'reader')).toBe('not-allowed')
    expect(await restart(inputs, 'reader', 'writer')).toBe('not-allowed')
    expect(await restart(inputs, 'maintainer', 'writer')).toBe('commanded')
    const recorded = (await lookAtRelease(stage)).events.filter(({ type }) => type === 'release.step-done')
    expect(recorded).toMatchObject([{ actor: { login: 'writer' } }])
  })
})

describe('a public ledger', () => {
  const ELSEWHERE = { 'ledger-repository': 'acme/ledger' }
  beforeEach(async () => {
    await open()
    await stage.github.world.addRepository({ owner: 'acme', name: 'ledger', visibility: 'public' })
    await stage.github.world.commit({ repository: 'acme/ledger', files: { 'README.md': 'Records.\n' } })
  })

  test.each(['activate', 'sync', 'sweep', 'list'])('keeps nothing of a private repository’s releases: %s', async (mode) => {
    const token = { 'ledger-token': stage.tokenOf('maintainer') }
    const inputs = { mode, release: 'hotfix', ...ELSEWHERE, ...token }
    expect((await stage.play({ inputs })).outputs).toMatchObject({ 'reason-code': 'ledger-public' })
    expect((await stage.play({ inputs: { ...inputs, 'allow-public-ledger': 'true' } })).outputs['reason-code']).not.toBe('ledger-public')
  })

  test('refuses a comment’s run as well', async () => {
    const payload = await stage.comment(1, '/release activate hotfix')
    const inputs = { ...ELSEWHERE, 'ledger-token': stage.tokenOf('maintainer') }
    const { exitCode, outputs } = await stage.play({ eventName: 'issue_comment', payload, inputs })
    expect([exitCode, outputs['reason-code']]).toEqual([1, 'ledger-public'])
    expect(stage.commentsOf(1)).toHaveLength(1)
  })
})
