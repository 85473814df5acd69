import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { createConnection, createGitHub } from '@switchyard/github'
import { bootstrapDecider } from '@switchyard/bootstrapping/records'
import { sha256, toTextRef } from '@switchyard/core'
import { dispatchDecider } from '@switchyard/dispatching/records'
import type { DecidedTarget } from '@switchyard/dispatching'
import { GithubStore, Ledger } from '@switchyard/ledger'
import { type LocalGitHub, startLocalGitHub } from '@switchyard/local-github'

export const REPOSITORY = 'acme/shop'
export const BRANCH = 'switchyard/dispatch'
export const BOOTSTRAP_BRANCH = 'switchyard/bootstrap'
/** What the run of the bootstrap ledger would carry out: a text beside its events. */
export const RECIPE = '{"actions":[]}'
/** Where that text is. */
export const RECIPE_PATH = `blobs/${sha256(RECIPE).slice(0, 2)}/${sha256(RECIPE)}`

export interface LedgerLab {
  readonly github: LocalGitHub
  /** What the command's environment needs to reach it. */
  readonly env: Readonly<Record<string, string>>
  /** Fetches everything into a folder, as a user's clone. */
  clone(folder: string): Promise<void>
  close(): Promise<void>
}

/**
 * An embedded GitHub whose `acme/shop` has two ledgers: of dispatches, a refusal of run 1 and an effect of run 2 that nobody finished; of
 * bootstraps, a run that was cut off before it made its repository.
 */
export async function openLedgerLab(): Promise<LedgerLab> {
  const github = await startLocalGitHub({ rateLimits: { enforced: false } })
  github.world.addUser({ login: 'octocat' })
  github.world.addOrganization({ login: 'acme', members: { octocat: 'admin' } })
  await github.world.addRepository({ owner: 'acme', name: 'shop' })
  await github.world.commit({ repository: REPOSITORY, files: { 'README.md': '# shop\n' } })
  const token = github.world.createToken({ kind: 'classic', user: 'octocat', scopes: ['repo'] })
  const target = {
    repository_id: 2,
    repository: 'acme/app',
    visibility: 'private',
    workflow: '.github/workflows/cd.yml',
    ref: 'main',
  } as const
  const said = { ruleId: undefined, target, warnings: [] } as const
  await record(github, token, {
    run: 1,
    target: { ...said, kind: 'refusal', key: 'a', refusal: { reason: 'not-allowed', message: 'm', hint: 'h' } },
  })
  const chain = { correlation_id: 'c', depth: 1, ancestors: [] }
  await record(github, token, { run: 2, target: { ...said, kind: 'dispatch', key: 'b', inputs: {}, chain, marker: null } })
  await recordBootstrap(github, token)
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

const cutOff = { apply: () => Promise.reject(new Error('cut off')), ask: () => Promise.reject(new Error('cut off')) }

/** What every ledger of a run needs. */
export function portsOf(github: LocalGitHub, token: string, { run, branch }: { readonly run: number; readonly branch: string }) {
  const ports = {
    now: () => Date.now(),
    random: () => Math.random(),
    sleep: async () => undefined,
    log: { debug: () => undefined },
    mask: () => undefined,
  }
  const connection = createConnection({ ports })
  const { apiUrl, graphqlUrl } = github
  const { graphql, request } = createGitHub({ apiUrl, graphqlUrl, credential: { token }, deadline: Date.now() + 60_000, connection, ports })
  return {
    connection,
    options: {
      store: new GithubStore({ graphql, rest: (route, parameters) => request(route, parameters), repository: REPOSITORY, branch }),
      ports,
      run: { repository: REPOSITORY, run_id: run, run_attempt: 1, job: 'job', url: `https://github.example/runs/${run}` },
      actor: { login: 'octocat', kind: 'user' },
      leaseMs: 60 * 60_000,
      isAttemptCompleted: async () => false,
    } as const,
  }
}

async function record(
  github: LocalGitHub,
  token: string,
  { run, target }: { readonly run: number; readonly target: DecidedTarget },
): Promise<void> {
  const { connection, options } = portsOf(github, token, { run, branch: BRANCH })
  const ledger = new Ledger({ ...options, decider: dispatchDecider })
  const source = {
    repository_id: 1,
    repository: REPOSITORY,
    visibility: 'private',
    workflow: '.github/workflows/ci.yml',
    run_id: run,
    run_attempt: 1,
    url: options.run.url,
  } as const
  await ledger.perform({
    handlers: cutOff,
    requests: [
      {
        subject: `repo-1~run-${run}`,
        idempotencyKey: `run ${run}`,
        command: {
          kind: 'complete',
          source,
          targets: [target],
          issues: { create: 'never', repository: REPOSITORY, visibility: 'private' },
        },
      },
    ],
  })
  connection.close()
}

async function recordBootstrap(github: LocalGitHub, token: string): Promise<void> {
  const { connection, options } = portsOf(github, token, { run: 3, branch: BOOTSTRAP_BRANCH })
  const ledger = new Ledger({ ...options, decider: bootstrapDecider })
  const hash = (digit: string): string => digit.repeat(64)
  const commit = 'c'.repeat(40)
  const plan = {
    run_id: '0123456789abcdef',
    owner: 'acme',
    owner_kind: 'organization',
    slug: 'Made',
    visibility: 'private',
    requested_by: { login: 'octocat', id: 1 },
    requested_at: 1_000,
    selected_options: {},
    recipe: toTextRef(RECIPE),
    recipe_hash: hash('a'),
    catalog_version: hash('b'),
    action_schema_version: '1.0',
    template_repo: 'acme/template',
    template_version: 'v1',
    template_source_sha: commit,
    approval_hash: hash('d'),
    commit,
    retry_of: null,
    issue: null,
  } as const
  await ledger.perform({
    handlers: cutOff,
    requests: [
      {
        subject: 'acme/made',
        idempotencyKey: 'run 3',
        command: { kind: 'start', plan, recipe: RECIPE, asked_at: 1_000, approved: null, repin: false },
      },
    ],
  })
  connection.close()
}
