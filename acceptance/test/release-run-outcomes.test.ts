import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createHotfixStage, lookAtRelease, PLATFORM, type ReleasePlay, type ReleaseStage, tickedIn } from '../src/index.ts'
import { carryOut, RUN_PATH, RUN_WORKFLOW, runsOf } from '../src/release-runs.ts'

const BOARD = 2
const SECRET = 'hunter2-of-the-cluster'
const INVENTORY = `clusters:
  - name: eu-1
    environment: production-eu
    sql_command: psql --no-psqlrc $HOME;id
    customers: [{ name: Port of Brede, namespace: brede }, { name: Kaldvik, namespace: kaldvik }]
  - name: us-1
    sql_command: no-such-program
    customers: [{ name: Pelican Bay, namespace: pelican }]
`
const SCRIPT = `echo "of $SWITCHYARD_NAMESPACE on $SWITCHYARD_CLUSTER in $SWITCHYARD_RELEASE: $SWITCHYARD_STEP"
echo "token $CLUSTER_TOKEN"
echo "input [$(cat)]"
env | grep -E '^(INPUT_|GITHUB_|ACTIONS_|RUNNER_)' || echo none of the runner
printf '::error::not an error\\n  ::add-mask::brede\\n##[error]old\\nback\\r::warning::here\\n'
`
const stepOf = (id: string, type: string, content: string): string =>
  `    - { id: ${id}, name: Step ${id}, type: ${type}, content: ${JSON.stringify(content)} }\n`
const QUERY = "SELECT '$HOME', `id`, \"$(id)\" -- '; DROP TABLE x\n"
const FILE = `name: Hotfix
type: hotfix
steps:
  deploy:
${stepOf('script', 'bash', SCRIPT)}${stepOf('query', 'sql', QUERY)}${stepOf('pipe', 'bash', 'false | true\necho not here\n')}${stepOf('killed', 'bash', 'kill -9 $$\n')}${stepOf('loud', 'bash', 'head -c 6000000 /dev/zero | tr "\\\\0" "x" | fold -w 99\necho; echo the end; exit 4\n')}${stepOf('fine', 'bash', 'echo ran >> "$COUNTER"\n')}`

let stage: ReleaseStage
beforeEach(async () => {
  const files = { 'release/inventory.yml': INVENTORY, 'release/releases/hotfix.yml': FILE, [RUN_PATH]: RUN_WORKFLOW }
  stage = await createHotfixStage({ files })
})
afterEach(() => stage.close())

const told = (): string => stage.commentsOf(BOARD).at(-1) ?? ''
const cells = async (): Promise<string | undefined> => (await lookAtRelease(stage)).cells['eu-1/brede']

/** `/step run`, and its job. */
async function runStep(step: string, more: Partial<ReleasePlay> & { readonly customer?: string } = {}) {
  const { customer = 'eu-1/brede', ...play } = more
  await stage.say(BOARD, `/step run ${step} ${customer}`)
  return carryOut(stage, runsOf(stage).at(-1), play)
}

describe('a script', () => {
  test('has the workflow’s own environment and what it is run for, and nothing of the runner’s', async () => {
    const { outputs, log, annotations } = await runStep('script', { env: { CLUSTER_TOKEN: SECRET, GITHUB_TOKEN: 'of-the-job' } })
    expect(outputs).toMatchObject({ decision: 'done', changes: '2' })
    expect(log).toContain('of brede on eu-1 in hotfix: script')
    expect(log).toContain('input []')
    expect(log).toContain('none of the runner')
    expect(annotations).toEqual([])
    for (const line of ['not an error', 'add-mask', 'old', 'here']) expect(log).toContain(line)
    expect(log).not.toMatch(/^\s*::(error|add-mask|warning)|##\[error\]old/m)
  })

  test('that prints a secret leaves it in no record, comment, output or page', async () => {
    const { outputs, summary } = await runStep('script', { env: { CLUSTER_TOKEN: SECRET } })
    const ledger = [...(await stage.readLedger()).values()]
    for (const text of [...ledger, ...stage.commentsOf(BOARD), stage.bodyOf(BOARD), JSON.stringify(outputs), summary]) {
      expect(text).not.toContain(SECRET)
    }
  })

  test.each([
    ['pipe', 1],
    ['killed', 137],
  ])('%s fails with exit code %i: its status stays, and the run is recorded and told', async (step, code) => {
    const { outputs, exitCode, log } = await runStep(step)
    expect([outputs['decision'], outputs['reason-code'], outputs['percent'], exitCode]).toEqual(['failed', 'step-failed', '0', 1])
    expect(log).not.toContain('not here')
    expect(told()).toMatch(new RegExp(`^@maintainer \`${step}\` for \`eu-1/brede\`: ❌ it ended with exit code ${code} in \\[this run\\]`))
    await stage.say(BOARD, `/step show ${step} eu-1/brede`)
    expect(told()).toMatch(new RegExp(`\\*\\*pending\\*\\*[\\s\\S]*exit code ${code}, failure`))
    expect((await runStep(step)).outputs['reason-code']).toBe('step-failed')
  })

  test('that says more than a log can hold is cut in its middle', async () => {
    const { outputs, log } = await runStep('loud')
    expect(outputs).toMatchObject({ 'reason-code': 'step-failed' })
    expect(log.length).toBeLessThan(4_500_000)
    // Compared as yes or no: a log of megabytes is no message.
    expect(/… \d+ lines were left out …/.test(log) && log.includes('\nthe end\n')).toBe(true)
  })
})

describe('SQL', () => {
  /** A program in place of the cluster's own, that shows how it was called and what it read. */
  async function withPsql(code: number): Promise<{ readonly PATH: string; remove(): Promise<void> }> {
    const { chmod, mkdtemp, rm, writeFile } = await import('node:fs/promises')
    const folder = await mkdtemp('/tmp/switchyard-psql-')
    const program = `#!/usr/bin/env node\nconst input = require('node:fs').readFileSync(0, 'utf8')\nconsole.log(JSON.stringify({ argv: process.argv.slice(2), input, token: process.env.CLUSTER_TOKEN }))\nprocess.exit(${code})\n`
    await writeFile(`${folder}/psql`, program)
    await chmod(`${folder}/psql`, 0o755)
    return { PATH: `${folder}:${process.env['PATH'] ?? ''}`, remove: () => rm(folder, { recursive: true }) }
  }

  test.each([
    [0, 'done', '2'],
    [3, 'failed', '1'],
  ])('is the cluster’s program’s input, which no shell reads; exit code %i is %s', async (code, decision, changes) => {
    const { PATH, remove } = await withPsql(code)
    const { outputs, log } = await runStep('query', { env: { PATH, CLUSTER_TOKEN: SECRET } })
    await remove()
    expect(outputs).toMatchObject({ decision, changes })
    const line = log.split('\n').find((each) => each.startsWith('{"argv"')) ?? '{}'
    expect(JSON.parse(line)).toEqual({ argv: ['--no-psqlrc', '$HOME;id'], input: QUERY, token: SECRET })
  })

  test('whose program is not there is refused and told; nothing is left open, so that it may be run again', async () => {
    const { outputs } = await runStep('query', { customer: 'us-1/pelican' })
    expect(outputs).toMatchObject({ decision: 'failed', 'reason-code': 'command-not-started' })
    expect(told()).toMatch(/^@maintainer `query` for `us-1\/pelican`: it was not carried out in \[this run\].*: .*no\\?-such\\?-program/)
    const types = (await lookAtRelease(stage)).events.map(({ type }) => type)
    expect(types.filter((type) => /step-ran|run-(begun|dropped)/.test(type))).toEqual([
      'release.step-run-begun',
      'release.step-run-dropped',
    ])
    expect((await stage.say(BOARD, '/step run query us-1/pelican')).outputs['reason-code']).toBe('run-started')
  })
})

describe('between a start and its approval', () => {
  const MEANWHILE: readonly (readonly [string, () => Promise<unknown>, string])[] = [
    ['the step was done', () => stage.say(BOARD, '/step done fine eu-1/brede'), 'already-done'],
    ['its content became another', () => stage.say(BOARD, '/step override fine eu-1/brede\n```\necho other\n```'), 'content-not-approved'],
    ['the release was archived', () => stage.say(BOARD, '/release archive'), 'not-active'],
    [
      'the cluster got another environment',
      () =>
        stage.github.world.commit({
          repository: PLATFORM,
          files: { 'release/inventory.yml': INVENTORY.replace('production-eu', 'staging') },
        }),
      'environment-differs',
    ],
    [
      'the customer left',
      () =>
        stage.github.world.commit({
          repository: PLATFORM,
          files: { 'release/inventory.yml': INVENTORY.replace('namespace: brede', 'namespace: brede, active: false') },
        }),
      'customer-inactive',
    ],
    [
      'the default branch says something else',
      () =>
        stage.github.world.commit({ repository: PLATFORM, files: { 'release/releases/hotfix.yml': FILE.replace('echo ran', 'echo RAN') } }),
      'content-not-approved',
    ],
  ]

  test.each(MEANWHILE)('%s: it is not run, and whoever asked is told', async (_, happen, reason) => {
    await stage.say(BOARD, '/step run fine eu-1/brede')
    const run = runsOf(stage)[0]
    await happen()
    const { outputs, log } = await carryOut(stage, run)
    expect(outputs).toMatchObject({ decision: 'failed', 'reason-code': reason })
    expect(log).not.toContain('##[group]fine')
    expect(told()).toMatch(/^@maintainer `fine` for `eu-1\/brede`: it was not carried out in \[this run\]/)
  })

  test('the job of another environment runs nothing', async () => {
    await stage.say(BOARD, '/step run fine eu-1/brede')
    const inputs = { mode: 'run', release: 'hotfix', step: 'fine', customers: 'eu-1/brede', environment: 'eu-1', issue: '2' }
    expect((await carryOut(stage, runsOf(stage)[0], { inputs })).outputs['reason-code']).toBe('environment-differs')
  })

  test('as a dry run of the job nothing is run, told or recorded', async () => {
    await stage.say(BOARD, '/step run fine eu-1/brede')
    const before = stage.commentsOf(BOARD).length
    const inputs = {
      mode: 'run',
      release: 'hotfix',
      step: 'fine',
      customers: 'eu-1/brede',
      environment: 'production-eu',
      issue: '2',
      'dry-run': 'true',
    }
    const { outputs } = await carryOut(stage, runsOf(stage)[0], { inputs })
    expect([outputs['reason-code'], await cells(), stage.commentsOf(BOARD).length]).toEqual(['dry-run', '......', before])
  })
})

describe('a run whose end is not what was asked for', () => {
  test.each([
    [
      'the release was archived while it ran',
      async () => void (await stage.say(BOARD, '/release archive')),
      'step-failed',
      /ended with exit code 0 .*Nothing is marked: the release was archived while it ran, which is final; its end is recorded\.$/,
    ],
    [
      'its content was changed while it ran',
      async () => void (await stage.say(BOARD, '/step override fine eu-1/brede\n```bash\necho other\n```')),
      'step-failed',
      /ended with exit code 0 .*Nothing is marked: its content was changed while it ran/,
    ],
  ])('because %s says so', async (_, happen, reason, why) => {
    await stage.say(BOARD, '/step run fine eu-1/brede')
    const { mkdtemp, readFile, rm } = await import('node:fs/promises')
    const folder = await mkdtemp('/tmp/switchyard-run-')
    let isThere = false
    const write = { method: 'POST', route: /\/graphql$/ } as const
    stage.github.faults.add({
      match: { ...write, nth: 5 },
      kind: 'hold',
      get until() {
        isThere = true
        return happen()
      },
    })
    const { outputs } = await carryOut(stage, runsOf(stage)[0], { env: { COUNTER: `${folder}/count` } })
    expect([isThere, outputs['reason-code'], told()]).toEqual([true, reason, expect.stringMatching(why)])
    expect(await readFile(`${folder}/count`, 'utf8')).toBe('ran\n')
    await rm(folder, { recursive: true })
    expect(tickedIn(stage.bodyOf(BOARD))).toEqual([])
    expect(await cells()).not.toContain('d')
    expect((await lookAtRelease(stage)).events.filter(({ type }) => type === 'release.step-ran')).toHaveLength(1)
  })
})
