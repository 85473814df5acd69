import { execFile } from 'node:child_process'
import { mkdtemp, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { createConnection } from '@switchyard/github'
import { type LocalGitHub, startLocalGitHub } from '@switchyard/local-github'
import { type FileTree, type GitRemote, type HttpExchange, toGitHeaders, type TreeFile } from '../src/index.ts'

const run = promisify(execFile)

/** An embedded GitHub with an organisation `acme` and its admin `ada`. */
export interface Lab extends AsyncDisposable {
  readonly github: LocalGitHub
  readonly http: HttpExchange
  /** What was asked, in order. */
  readonly asked: () => readonly string[]
  token(kind?: 'person' | 'stranger' | 'without-workflows'): string
  remote(name: string, token?: string): GitRemote
}

export async function openLab(): Promise<Lab> {
  const github = await startLocalGitHub()
  github.world.addUser({ login: 'ada' })
  github.world.addUser({ login: 'stranger' })
  github.world.addOrganization({ login: 'acme', members: { ada: 'admin' } })
  const connection = createConnection({ ports: { now: Date.now } })
  const asked: string[] = []
  const http: HttpExchange = {
    fetch(url, init) {
      asked.push(`${init.method} ${new URL(url).pathname}`)
      return connection.fetch(url, init)
    },
  }
  const token = (kind = 'person'): string =>
    github.world.createToken({
      kind: 'classic',
      user: kind === 'stranger' ? 'stranger' : 'ada',
      scopes: kind === 'without-workflows' ? ['repo'] : ['repo', 'workflow'],
    })
  return {
    github,
    http,
    asked: () => asked,
    token,
    remote: (name, given = token()) => ({ url: `${github.serverUrl}/acme/${name}.git`, headers: toGitHeaders(given), http }),
    async [Symbol.asyncDispose]() {
      connection.close()
      await github.close()
    },
  }
}

export interface Folder extends AsyncDisposable {
  readonly path: string
}

export async function openFolder(): Promise<Folder> {
  const path = await realpath(await mkdtemp(join(tmpdir(), 'workspace-test-')))
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) }
}

/** Runs the real git, as nobody's, in a folder. */
export async function git(folder: string, args: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<string> {
  const identity = {
    GIT_AUTHOR_NAME: 'A',
    GIT_AUTHOR_EMAIL: 'a@example.com',
    GIT_COMMITTER_NAME: 'A',
    GIT_COMMITTER_EMAIL: 'a@example.com',
  }
  const env = {
    PATH: process.env.PATH ?? '',
    HOME: folder,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    ...identity,
    ...environment,
  }
  return (await run('git', [...args], { cwd: folder, env, maxBuffer: 64 * 1_024 * 1_024 })).stdout.trim()
}

export function text(content: string, mode: TreeFile['mode'] = '100644'): TreeFile {
  return { mode, content: Buffer.from(content, 'utf8') }
}

export function treeOf(files: Readonly<Record<string, TreeFile | string>>): FileTree {
  return new Map(Object.entries(files).map(([path, file]) => [path, typeof file === 'string' ? text(file) : file]))
}

/** A tree as plain values, for comparison. */
export function show(tree: FileTree): readonly (readonly [path: string, mode: string, content: string])[] {
  return [...tree].map(([path, { mode, content }]) => [path, mode, Buffer.from(content).toString('latin1')])
}

export async function caught(promise: Promise<unknown>): Promise<unknown> {
  try {
    return { didNotThrow: await promise }
  } catch (error) {
    return error
  }
}
