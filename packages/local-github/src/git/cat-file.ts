import type { ChildProcessWithoutNullStreams } from 'node:child_process'
import { startGit } from './process.ts'
import { GitProblem, type GitObject, type ObjectType, type Oid } from './types.ts'

interface Waiting {
  readonly resolve: (object: GitObject | undefined) => void
  readonly reject: (error: Error) => void
}

const types: Readonly<Record<string, ObjectType>> = { blob: 'blob', tree: 'tree', commit: 'commit', tag: 'tag' }

/** One long-lived `git cat-file --batch`: answers come in the order of the questions. Started at the first question. */
export class CatFile {
  readonly #directory: string
  readonly #waiting: Waiting[] = []
  #child: ChildProcessWithoutNullStreams | undefined
  #pending: Buffer = Buffer.alloc(0)

  constructor(directory: string) {
    this.#directory = directory
  }

  read(oid: Oid): Promise<GitObject | undefined> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject })
      this.#started().stdin.write(`${oid}\n`)
    })
  }

  close(): void {
    this.#child?.stdin.end()
    this.#child = undefined
  }

  #started(): ChildProcessWithoutNullStreams {
    if (this.#child !== undefined) return this.#child
    const child = startGit({ directory: this.#directory, args: ['cat-file', '--batch'] })
    this.#child = child
    child.stdout.on('data', (chunk: Buffer) => this.#receive(chunk))
    child.stdin.on('error', () => undefined)
    child.on('error', (error) => this.#fail(error))
    child.on('close', () => {
      if (this.#child === child) this.#child = undefined
      this.#fail(new GitProblem('git-failed', 'git cat-file ended'))
    })
    return child
  }

  #fail(error: Error): void {
    for (const waiting of this.#waiting.splice(0)) waiting.reject(error)
    this.#pending = Buffer.alloc(0)
  }

  #receive(chunk: Buffer): void {
    this.#pending = this.#pending.length === 0 ? chunk : Buffer.concat([this.#pending, chunk])
    while (this.#answerOne()) continue
  }

  /** Takes one whole answer from what has arrived; false when it has not all arrived. */
  #answerOne(): boolean {
    const line = this.#pending.indexOf(0x0a)
    if (line < 0) return false
    const [, kind = '', size = '0'] = this.#pending.toString('latin1', 0, line).split(' ')
    const type = types[kind]
    const end = type === undefined ? line : line + 1 + Number(size)
    if (this.#pending.length < end + 1) return false
    const object = type === undefined ? undefined : { type, data: Buffer.from(this.#pending.subarray(line + 1, end)) }
    this.#pending = this.#pending.subarray(end + 1)
    this.#waiting.shift()?.resolve(object)
    return true
  }
}
