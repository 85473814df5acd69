import { Ledger } from '@switchyard/ledger'
import { customerSubject, releaseSubject } from '@switchyard/releasing'
import { releaseDecider } from '@switchyard/releasing/records'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type LedgerLab, openLedgerLab, portsOf, REPOSITORY } from './ledger-lab.ts'
import type { CliEnd } from './run-cli.ts'
import { runHere } from './run-here.ts'

const BRANCH = 'switchyard/release'
const ACME = { cluster: 'eu-1', namespace: 'acme', name: 'Acme' }

let lab: LedgerLab
beforeAll(async () => {
  lab = await openLedgerLab()
  await recordRelease(lab)
})
afterAll(() => lab.close())

const ask = (...args: readonly string[]): Promise<CliEnd> =>
  runHere(['ledger', ...args, '--stream', 'release', '--repository', REPOSITORY], lab.env)

/** A release of one step for one customer, who is through with it. */
async function recordRelease({ github, env }: LedgerLab): Promise<void> {
  const { connection, options } = portsOf(github, env['GITHUB_TOKEN'] ?? '', { run: 4, branch: BRANCH })
  const ledger = new Ledger({ ...options, decider: releaseDecider })
  const handlers = { apply: () => Promise.reject(new Error('no effect')), ask: () => Promise.reject(new Error('no effect')) }
  const facts = {
    slug: 'spring',
    name: 'Spring',
    type: 'release',
    version_number: '1',
    release_date: null,
    description: '',
    metadata: {},
    commit: 'c'.repeat(40),
  } as const
  const step = { id: 'migrate', category: 'deploy', name: 'Migrate', type: 'bash', content: 'echo migrated', description: '' } as const
  await ledger.perform({
    handlers,
    requests: [
      { subject: releaseSubject('spring'), idempotencyKey: 'a', command: { kind: 'activate', facts, steps: [step], customers: [ACME] } },
      {
        subject: customerSubject('spring', ACME),
        reads: [releaseSubject('spring')],
        idempotencyKey: 'b',
        command: { kind: 'done', step: 'migrate', notes: null },
      },
    ],
  })
  connection.close()
}

test('a ledger of releases is verified, shown, exported and made anew as any other', async () => {
  expect(await ask('verify')).toMatchObject({
    exitCode: 0,
    stdout: expect.stringMatching(/^switchyard\/release at [0-9a-f]{12}: 2 events, every derived file/),
  })
  expect((await ask('show')).stdout).toMatch(/release-spring~eu-1\/acme +1 .* release\.step-done +octocat/)
  expect((await ask('export', '--texts')).stdout).toContain('echo migrated')
  await lab.github.world.commit({
    repository: REPOSITORY,
    branch: BRANCH,
    files: { 'views/stray.json': '1', 'views/matrix/spring.json': '{}' },
  })
  expect(JSON.parse((await ask('verify', '--json')).stdout)).toMatchObject({
    findings: [
      { kind: 'differs', path: 'views/matrix/spring.json' },
      { kind: 'unexpected', path: 'views/stray.json' },
    ],
  })
  expect((await ask('rebuild')).stdout).toContain('1 files made anew, 1 removed')
  expect((await ask('verify')).exitCode).toBe(0)
})
