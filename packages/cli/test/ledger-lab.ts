import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { createConnection, createGitHub } from '@switchyard/github'
import { dispatchDecider } from '@switchyard/dispatching/records'
import type { DecidedTarget } from '@switchyard/dispatching'
import { GithubStore, Ledger } from '@switchyard/ledger'
import { type LocalGitHub, startLocalGitHub } from '@switchyard/local-github'

export const REPOSITORY = 'acme/shop'
export const BRANCH = 'switchyard/dispatch'

export interface LedgerLab {
  readonly github: LocalGitHub
  /** What the command's environment needs to reach it. */
  readonly env: Readonly<Record<string, string>>
  /** Fetches everything into a folder, as a user's clone. */
  clone(folder: string): Promise<void>
  close(): Promise<void>
}

/** An embedded GitHub whose `acme/shop` has a ledger: a refusal of run 1, and an effect of run 2 that nobody finished. */
export async function openLedgerLab(): Promise<LedgerLab> {
  const github = await startLocalGitHub({ rateLimits: { enforced: false } })
  github.world.addUser({ login: 'octocat' })
  github.world.addOrganization({ login: 'acme', members: { octocat: 'admin' } })
  await github.world.addRepository({ owner: 'acme', name: 'shop' })
  await github.world.commit({ repository: REPOSITORY, files: { 'README.md': '# shop\n' } })
  const token = github.world.createToken({ kind: 'classic', user: 'octocat', scopes: ['repo'] })
  const target = { repository_id: 2, repository: 'acme/app', visibility: 'private', workflow: '.github/workflows/cd.yml', ref: 'main' } as const
  const said = { ruleId: undefined, target, warnings: [] } as const
  await record(github, token, { run: 1, target: { ...said, kind: 'refusal', key: 'a', refusal: { reason: 'not-allowed', message: 'm', hint: 'h' } } })
  const chain = { correlation_id: 'c', depth: 1, ancestors: [] }
  await record(github, token, { run: 2, target: { ...said, kind: 'dispatch', key: 'b', inputs: {}, chain, marker: null } })
  const { apiUrl, graphqlUrl, serverUrl } = github
  return {
    github,
    env: { GITHUB_API_URL: apiUrl, GITHUB_GRAPHQL_URL: graphqlUrl, GITHUB_TOKEN: token },
    async clone(folder) {
      const header = `Authorization: Basic ${Buffer.from(`x-access-token:${token}`).toString('base64')}`
      const env = { ...process.env, GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: 'http.extraHeader', GIT_CONFIG_VALUE_0: header }
      await promisify(execFile)('git', ['clone', '--quiet', `${serverUrl}/${REPOSITORY}.git`, folder], { env })
    },
    close: () => github.close(),
  }
}

async function record(github: LocalGitHub, token: string, { run, target }: { readonly run: number; readonly target: DecidedTarget }): Promise<void> {
  const ports = {
    now: () => Date.now(), random: () => Math.random(), sleep: async () => undefined, log: { debug: () => undefined }, mask: () => undefined,
  }
  const connection = createConnection({ ports })
  const { apiUrl, graphqlUrl } = github
  const { graphql, request } = createGitHub({ apiUrl, graphqlUrl, credential: { token }, deadline: Date.now() + 60_000, connection, ports })
  const place = { repository: REPOSITORY, run_id: run, run_attempt: 1, job: 'dispatch', url: `https://github.example/runs/${run}` }
  const ledger = new Ledger({
    decider: dispatchDecider,
    store: new GithubStore({ graphql, rest: (route, parameters) => request(route, parameters), repository: REPOSITORY, branch: BRANCH }),
    ports,
    run: place,
    actor: { login: 'octocat', kind: 'user' },
    leaseMs: 60 * 60_000,
    isAttemptCompleted: async () => false,
  })
  const source = { repository_id: 1, repository: REPOSITORY, visibility: 'private', workflow: '.github/workflows/ci.yml', run_id: run, run_attempt: 1, url: place.url } as const
  await ledger.perform({
    handlers: { apply: () => Promise.reject(new Error('cut off')), ask: () => Promise.reject(new Error('cut off')) },
    requests: [
      {
        subject: `repo-1~run-${run}`,
        idempotencyKey: `run ${run}`,
        command: { kind: 'complete', source, targets: [target], issues: { create: 'never', repository: REPOSITORY, visibility: 'private' } },
      },
    ],
  })
  connection.close()
}
