import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { UserError } from '@switchyard/core'
import { createConnection, createGitHub } from '@switchyard/github'
import { GithubStore, type LedgerStore } from '@switchyard/ledger'
import { z } from 'zod'
import type { CommandContext, Environment } from '../command.ts'
import { CloneStore } from './clone-store.ts'
import { runGit } from './run-git.ts'

/** Where ledgers are: a repository on GitHub, or a clone on disk. */
export interface LedgerSource {
  /** How a person would name it. */
  readonly name: string
  readonly isReadOnly: boolean
  open(branch: string): LedgerStore
  /** The branches below `switchyard/`, sorted. */
  listBranches(): Promise<readonly string[]>
  close(): void
}

export interface SourceWanted {
  readonly folder?: string | undefined
  /** `owner/name`. */
  readonly repository?: string | undefined
}

const PREFIX = 'switchyard/'
/** Maintenance reads a branch whole. */
const DEADLINE_MS = 30 * 60_000
const PROXY_NAMES = ['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'http_proxy', 'https_proxy', 'no_proxy'] as const

/** @throws {UserError} `NO_REPOSITORY` or `NO_TOKEN` when it is not said what to read or with which token, `NOT_A_CLONE` for the folder. */
export async function openSource({ folder, repository }: SourceWanted, context: CommandContext): Promise<LedgerSource> {
  if (folder !== undefined) return openClone(resolve(folder), context.env)
  const name = repository ?? find(context.env, 'GITHUB_REPOSITORY')
  if (name === undefined) {
    throw new UserError('NO_REPOSITORY', 'It is not said whose ledger to read', {
      hint: 'Add --repository owner/name, or --folder with a clone of it.',
    })
  }
  return openRepository(name, context)
}

async function openClone(folder: string, env: Environment): Promise<LedgerSource> {
  const isThere = await stat(folder).then(
    (found) => found.isDirectory(),
    () => false,
  )
  const check = isThere ? await runGit({ folder, args: ['rev-parse', '--git-dir'], env }) : undefined
  if (check?.code !== 0) {
    throw new UserError('NOT_A_CLONE', `${folder} is no clone of a repository`, {
      hint: 'Name the folder of a clone, or use --repository owner/name.',
    })
  }
  return {
    name: folder,
    isReadOnly: true,
    open: (branch) => new CloneStore({ folder, branch, env }),
    async listBranches() {
      const { stdout } = await runGit({
        folder,
        args: ['for-each-ref', '--format=%(refname)', `refs/heads/${PREFIX}`, `refs/remotes/origin/${PREFIX}`],
        env,
      })
      const refs = stdout.toString('utf8').split('\n').filter(Boolean)
      return [...new Set(refs.map((ref) => ref.replace(/^refs\/(?:heads|remotes\/origin)\//, '')))].sort()
    },
    close: () => undefined,
  }
}

const refsSchema = z.array(z.object({ ref: z.string() }))

function openRepository(repository: string, { env, now, terminal }: CommandContext): LedgerSource {
  const token = find(env, 'GITHUB_TOKEN') ?? find(env, 'GH_TOKEN')
  if (token === undefined) {
    throw new UserError('NO_TOKEN', `There is no token to read ${repository} with`, {
      hint: 'Set GITHUB_TOKEN or GH_TOKEN; `contents: read` is enough but for rebuild, which needs `contents: write`.',
    })
  }
  const apiUrl = find(env, 'GITHUB_API_URL') ?? 'https://api.github.com'
  const proxyEnv = Object.fromEntries(PROXY_NAMES.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]]])))
  const debug = (message: string): void => {
    if (find(env, 'SWITCHYARD_DEBUG') !== undefined) terminal.note(message)
  }
  const ports = { now, random: () => Math.random(), sleep: (ms: number) => sleep(ms, undefined), log: { debug }, mask: () => undefined }
  const connection = createConnection({ proxyEnv, ports })
  const graphqlUrl = find(env, 'GITHUB_GRAPHQL_URL') ?? graphqlUrlOf(apiUrl)
  const github = createGitHub({ apiUrl, graphqlUrl, credential: { token }, deadline: now() + DEADLINE_MS, connection, ports })
  const [owner = '', repo = ''] = repository.split('/')
  return {
    name: repository,
    isReadOnly: false,
    open: (branch) =>
      new GithubStore({ graphql: github.graphql, rest: (route, parameters) => github.request(route, parameters), repository, branch }),
    async listBranches() {
      const branches: string[] = []
      for await (const { data } of github.pages('GET /repos/{owner}/{repo}/git/matching-refs/{+ref}', {
        owner,
        repo,
        ref: `heads/${PREFIX}`,
      })) {
        branches.push(...refsSchema.parse(data).map(({ ref }) => ref.slice('refs/heads/'.length)))
      }
      return branches.sort()
    },
    close: () => connection.close(),
  }
}

/** An Enterprise Server answers REST at `/api/v3` and GraphQL at `/api/graphql`; github.com and its data residency hosts at `/graphql`. */
export function graphqlUrlOf(apiUrl: string): string {
  const base = apiUrl.replace(/\/+$/, '')
  return base.endsWith('/api/v3') ? `${base.slice(0, -'/v3'.length)}/graphql` : `${base}/graphql`
}

/** A variable that is set to the empty string is not set. */
function find(env: Environment, name: string): string | undefined {
  return env[name] === '' ? undefined : env[name]
}
