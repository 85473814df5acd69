import { openLedger, OWNER } from '@switchyard/acceptance'
import type { Recorded } from '@switchyard/core'
import { dispatchDecider } from '@switchyard/dispatching/records'
import { type GithubStore, Ledger } from '@switchyard/ledger'
import { type LocalGitHub, startLocalGitHub } from '@switchyard/local-github'

const REPOSITORY = `${OWNER}/ledger`
const BRANCH = 'switchyard/dispatch'

/** An empty repository for a ledger, on an embedded GitHub. */
export async function openLedgerLab(
  latency: number,
): Promise<{ readonly github: LocalGitHub; store(): GithubStore; close(): Promise<void> }> {
  const github = await startLocalGitHub({ latency, rateLimits: { enforced: false } })
  github.world.addOrganization({ login: OWNER })
  await github.world.addRepository({ owner: OWNER, name: 'ledger' })
  await github.world.commit({ repository: REPOSITORY, files: { 'README.md': '# ledger\n' } })
  const token = github.world.createToken({ kind: 'job', repository: REPOSITORY, permissions: { contents: 'write' } })
  return { github, store: () => openLedger(github, { repository: REPOSITORY, branch: BRANCH, token }), close: () => github.close() }
}

/** One transaction by a writer of its own: a refusal of a dispatch, which has no effect outside. */
export async function writeOnce(store: GithubStore, writer: number): Promise<readonly Recorded<unknown>[]> {
  const ports = {
    now: () => Date.now(),
    random: () => Math.random(),
    sleep: (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms)),
  }
  const run = { repository: REPOSITORY, run_id: writer, run_attempt: 1, job: 'bench', url: 'https://github.example/run' }
  const ledger = new Ledger({
    decider: dispatchDecider,
    store,
    ports,
    run,
    actor: { login: 'bench', kind: 'system' },
    leaseMs: 3_600_000,
    isAttemptCompleted: async () => false,
  })
  const source = {
    repository_id: 1,
    repository: REPOSITORY,
    visibility: 'private',
    workflow: '.github/workflows/ci.yml',
    run_id: writer,
    run_attempt: 1,
    url: run.url,
  } as const
  const target = {
    repository_id: 2,
    repository: `${OWNER}/spoke`,
    visibility: 'private',
    workflow: '.github/workflows/cd.yml',
    ref: 'main',
  } as const
  const refusal = { reason: 'not-allowed', message: 'm', hint: 'h' } as const
  const { results } = await ledger.perform({
    handlers: { apply: () => Promise.reject(new Error('nothing to apply')), ask: () => Promise.reject(new Error('nothing to ask')) },
    requests: [
      {
        subject: `repo-1~run-${writer}`,
        idempotencyKey: `bench ${writer}`,
        command: {
          kind: 'complete',
          source,
          targets: [{ kind: 'refusal', key: 'rule', ruleId: undefined, target, warnings: [], refusal }],
          issues: { create: 'never', repository: REPOSITORY, visibility: 'private' },
        },
      },
    ],
  })
  const [result] = results
  return result?.kind === 'done' ? result.events : []
}
