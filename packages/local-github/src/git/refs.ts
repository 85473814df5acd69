import { mkdir, open, readdir, readFile, rename, rm, rmdir, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { runGit } from './process.ts'
import { isRefName } from './ref-names.ts'
import { GitProblem, NULL_OID, type GitRef, type Oid, type RefChange, type RefOutcome } from './types.ts'

/** How long a lock that another process holds is waited for: half a minute, since a busy machine lets a push stand still with it. */
const LOCK_TRIES = 6_000
const LOCK_WAIT_MS = 5

/**
 * Refs in git's own files layout. A change takes `<ref>.lock` exclusively, reads the ref again, and renames the lock onto it:
 * the protocol git itself follows (git-scm.com/docs/api-lockfile), so pushes through receive-pack and API writes exclude each other.
 */
export class Refs {
  readonly #directory: string
  readonly #queues = new Map<string, Promise<unknown>>()

  constructor(directory: string) {
    this.#directory = directory
  }

  async read(name: string): Promise<Oid | undefined> {
    if (!isRefName(name)) return undefined
    const loose = await readFile(join(this.#directory, name), 'latin1').catch(() => undefined)
    return loose?.trim() ?? (await this.#readPacked()).get(name)
  }

  async list(prefix: string): Promise<readonly GitRef[]> {
    const found = await this.#readPacked()
    const files = await readdir(join(this.#directory, 'refs'), { recursive: true, withFileTypes: true })
    const names = files
      .filter((file) => file.isFile() && !file.name.endsWith('.lock'))
      .map((file) =>
        join(file.parentPath, file.name)
          .slice(this.#directory.length + 1)
          .replaceAll('\\', '/'),
      )
    await Promise.all(
      names
        .filter((name) => name.startsWith(prefix))
        .map(async (name) => {
          const oid = await this.read(name)
          if (oid !== undefined) found.set(name, oid)
        }),
    )
    return [...found]
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, oid]) => ({ name, oid }))
      .sort((left, right) => (left.name < right.name ? -1 : 1))
  }

  /** Moves or creates one ref; changes of one ref in this process wait for each other instead of meeting at the lock file. */
  change(change: RefChange & { readonly oid: Oid }): Promise<RefOutcome> {
    const before = this.#queues.get(change.name) ?? Promise.resolve()
    const mine = before.then(() => this.#change(change))
    this.#queues.set(
      change.name,
      mine.catch(() => undefined),
    )
    return mine
  }

  /** All or nothing, by `git update-ref --stdin`; also the only way a ref is deleted, since packed refs must be rewritten. */
  async transact(changes: readonly RefChange[]): Promise<RefOutcome> {
    const invalid = changes.some((change) => !isRefName(change.name))
    if (invalid) return { ok: false, reason: 'invalid-name' }
    const input = changes.map(renderChange).join('')
    const result = await runGit({ directory: this.#directory, args: ['update-ref', '--stdin', '-z'], input })
    if (result.code === 0) return { ok: true }
    for (const change of changes) {
      const actual = await this.read(change.name)
      const refusal = judge(change, actual)
      if (refusal !== undefined) return refusal
    }
    return { ok: false, reason: 'blocked' }
  }

  async #change(change: RefChange & { readonly oid: Oid }): Promise<RefOutcome> {
    if (!isRefName(change.name)) return { ok: false, reason: 'invalid-name' }
    const path = join(this.#directory, change.name)
    if (!(await this.#hasRoom(change.name))) return { ok: false, reason: 'blocked' }
    const lock = await takeLock(path)
    if (lock === undefined) return { ok: false, reason: 'blocked' }
    try {
      const refusal = judge(change, await this.read(change.name))
      if (refusal !== undefined) return refusal
      await lock.writeFile(`${change.oid}\n`)
      await lock.close()
      await replace(`${path}.lock`, path)
      return { ok: true }
    } finally {
      await lock.close().catch(() => undefined)
      await rm(`${path}.lock`, { force: true })
    }
  }

  /** False when `a` stands in the way of `a/b`, or `a/b` in the way of `a`. */
  async #hasRoom(name: string): Promise<boolean> {
    if ((await stat(join(this.#directory, name)).catch(() => undefined))?.isFile() === true) return true
    const parts = name.split('/')
    for (let size = 3; size < parts.length; size += 1) {
      if ((await this.read(parts.slice(0, size).join('/'))) !== undefined) return false
    }
    return (await this.list(`${name}/`)).length === 0
  }

  async #readPacked(): Promise<Map<string, Oid>> {
    const text = await readFile(join(this.#directory, 'packed-refs'), 'latin1').catch(() => '')
    const lines = text.split('\n').filter((line) => /^[0-9a-f]{40} /.test(line))
    return new Map(lines.map((line) => [line.slice(41), line.slice(0, 40)]))
  }
}

function judge(change: RefChange, actual: Oid | undefined): RefOutcome | undefined {
  if (change.expected === NULL_OID) return actual === undefined ? undefined : { ok: false, reason: 'exists', actual }
  if (actual === undefined) return { ok: false, reason: 'missing' }
  return change.expected === undefined || change.expected === actual ? undefined : { ok: false, reason: 'moved', actual }
}

function renderChange(change: RefChange): string {
  const old = change.expected ?? ''
  if (change.oid === undefined) return `delete ${change.name}\0${old}\0`
  return `update ${change.name}\0${change.oid}\0${old}\0`
}

async function takeLock(path: string) {
  for (let tries = 0; tries < LOCK_TRIES; tries += 1) {
    try {
      await mkdir(dirname(path), { recursive: true })
      return await open(`${path}.lock`, 'wx')
    } catch (error) {
      const code = errorCode(error)
      if (code === 'ENOTDIR') return undefined
      // EEXIST: held by a push; ENOENT: a delete took the empty folder away meanwhile.
      if (code !== 'EEXIST' && code !== 'ENOENT') throw error
      await sleep(LOCK_WAIT_MS)
    }
  }
  throw new GitProblem('git-failed', `could not lock ${path} within ${LOCK_TRIES * LOCK_WAIT_MS} ms`)
}

/** An empty folder of a deleted ref may stand where the new ref goes; git removes it, and so do we. */
async function replace(from: string, to: string): Promise<void> {
  try {
    await rename(from, to)
  } catch (error) {
    if (errorCode(error) !== 'EISDIR' && errorCode(error) !== 'ENOTEMPTY' && errorCode(error) !== 'EEXIST') throw error
    await removeEmptyFolders(to)
    await rename(from, to)
  }
}

async function removeEmptyFolders(folder: string): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) await removeEmptyFolders(join(folder, entry.name))
  }
  await rmdir(folder)
}

function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}
