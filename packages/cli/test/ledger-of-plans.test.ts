import { Ledger } from '@switchyard/ledger'
import { type ConvergeAnswer, type ConvergeEffect, type IdeaCommand, ideaSubject, planSha256 } from '@switchyard/planning'
import { planDecider } from '@switchyard/planning/records'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type LedgerLab, openLedgerLab, portsOf, REPOSITORY } from './ledger-lab.ts'
import type { CliEnd } from './run-cli.ts'
import { runHere } from './run-here.ts'

const BRANCH = 'switchyard/plan'
const SUBJECT = ideaSubject(9, 12)
const PLAN = '---\ntitle: Shop\n---\n# Epic: Shop\n'

let lab: LedgerLab
let made: readonly ConvergeEffect[]
beforeAll(async () => {
  lab = await openLedgerLab()
  made = await recordPlan(lab)
})
afterAll(() => lab.close())

const ask = (...args: readonly string[]): Promise<CliEnd> =>
  runHere(['ledger', ...args, '--stream', 'plan', '--repository', REPOSITORY], lab.env)

/** A plan whose issues two people ask for at once, and one of whose issues is closed. Returns what was carried out. */
async function recordPlan({ github, env }: LedgerLab): Promise<readonly ConvergeEffect[]> {
  const { connection, options } = portsOf(github, env['GITHUB_TOKEN'] ?? '', { run: 5, branch: BRANCH })
  const ledger = new Ledger({ ...options, decider: planDecider })
  const effects: ConvergeEffect[] = []
  const converged: ConvergeAnswer = { kind: 'converged', applied: '{}', items: { shop: 30 }, created: 1, changed: 0, conflicts: 0 }
  const handlers = {
    apply: async (effect: ConvergeEffect) => {
      effects.push(effect)
      return converged
    },
    ask: () => Promise.reject(new Error('nothing is left over')),
  }
  const asked = { asker: { login: 'octocat', isMaintainer: false }, issue: { number: 12, title: 'A shop', owner: 'octocat' } }
  const perform = async (key: string, command: IdeaCommand) =>
    ledger.perform({ handlers, requests: [{ subject: SUBJECT, idempotencyKey: key, command }] })
  const materialise: IdeaCommand = {
    kind: 'materialise',
    ...asked,
    target: { id: 9, repository: REPOSITORY },
    planSha256: planSha256(PLAN),
    hash: undefined,
    keys: [{ key: 'shop', parent: undefined, level: 'epic' }],
    writer: undefined,
    allowMentions: false,
  }
  const plan = { text: PLAN, title: 'Shop', stories: 0, tasks: 0, source: { kind: 'issue' } } as const
  await perform('upload', { kind: 'upload', ...asked, plan })
  await Promise.all([perform('first', materialise), perform('second', materialise)])
  await perform('close', { kind: 'item-closed', number: 30, isPlanned: true })
  connection.close()
  return effects
}

test('two who ask for a plan’s issues at once make one set of them', () => {
  expect(made).toMatchObject([{ id: 'converge-1', keys: [['shop', 'epic', null]] }])
})

test('a ledger of plans is verified, shown, exported and made anew as any other', async () => {
  expect(await ask('verify')).toMatchObject({
    exitCode: 0,
    stdout: expect.stringMatching(/^switchyard\/plan at [0-9a-f]{12}: 6 events, every derived file/),
  })
  expect((await ask('show')).stdout).toMatch(/repo-9~issue-12 +6 .*plan\.item-closed +octocat/)
  expect((await ask('export', '--texts')).stdout).toContain('# Epic: Shop')
  const files = { 'views/progress/repo-9~issue-12.json': '{}', 'views/log/repo-9~issue-12.json': '{}' }
  await lab.github.world.commit({ repository: REPOSITORY, branch: BRANCH, files })
  expect((await ask('verify')).exitCode).not.toBe(0)
  expect((await ask('rebuild')).stdout).toContain('2 files made anew, 0 removed')
  expect((await ask('verify')).exitCode).toBe(0)
})
