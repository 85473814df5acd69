import { type Selection, UserError } from '@switchyard/core'
import type { CommitOutcome, CreateOutcome, LedgerPlace, LedgerStore, Reading, TreeFile, Wanted } from '@switchyard/ledger'
import type { Environment } from '../command.ts'
import { parseBlobs, parseTree, type TreeEntry } from './git-output.ts'
import { type GitEnd, runGit } from './run-git.ts'

const HISTORY = 30

/** A ledger's branch in a clone on disk: read with git, without network, and never written. */
export class CloneStore implements LedgerStore {
  readonly place: LedgerPlace
  readonly #folder: string
  readonly #env: Environment
  readonly #trees = new Map<string, readonly TreeEntry[]>()

  constructor({ folder, branch, env }: { readonly folder: string; readonly branch: string; readonly env: Environment }) {
    this.place = { repository: '', branch }
    this.#folder = folder
    this.#env = env
  }

  /** The clone's own branch, else the one it last fetched from `origin`. What only GitHub knows (the repository's id) is 0. */
  async read<T>(wanted: Wanted, beside: Selection<T>): Promise<Reading<T>> {
    const head =
      (await this.#findCommit(`refs/heads/${this.place.branch}`)) ?? (await this.#findCommit(`refs/remotes/origin/${this.place.branch}`))
    const texts = head === undefined ? new Map<string, string>() : await this.readAt(head, wanted.files)
    const paths = head === undefined ? [] : (await this.#tree(head)).map(({ path }) => path)
    return {
      head,
      repositoryId: 0,
      isPublic: false,
      files: new Map(wanted.files.map((path) => [path, texts.get(path)])),
      folders: new Map(wanted.folders.map((folder) => [folder, paths.some((path) => path.startsWith(`${folder}/`))])),
      beside: beside.parse({}, []),
    }
  }

  async readAt(commit: string, paths: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const oids = new Map((await this.#tree(commit)).map(({ path, oid }) => [path, oid]))
    const known = paths.filter((path) => oids.has(path))
    if (known.length === 0) return new Map()
    const { stdout } = await this.#git(['cat-file', '--batch'], known.map((path) => `${oids.get(path)}\n`).join(''))
    const texts = parseBlobs(stdout)
    return new Map(known.map((path, index) => [path, texts[index] ?? '']))
  }

  async listAt(commit: string, folder?: string): Promise<readonly TreeFile[]> {
    const files = await this.#tree(commit)
    return folder === undefined ? files : files.filter(({ path }) => path.startsWith(`${folder}/`))
  }

  async historyOf(commit: string, path: string): Promise<readonly string[]> {
    const { stdout } = await this.#git(['log', '--format=%H', `--max-count=${HISTORY}`, commit, '--', path])
    return stdout.toString('utf8').split('\n').filter(Boolean)
  }

  async commit(): Promise<CommitOutcome> {
    throw readOnlyError()
  }

  async create(): Promise<CreateOutcome> {
    throw readOnlyError()
  }

  async #findCommit(ref: string): Promise<string | undefined> {
    const { code, stdout } = await runGit({
      folder: this.#folder,
      args: ['rev-parse', '--verify', '--quiet', `${ref}^{commit}`],
      env: this.#env,
    })
    return code === 0 ? stdout.toString('utf8').trim() : undefined
  }

  async #tree(commit: string): Promise<readonly TreeEntry[]> {
    const known = this.#trees.get(commit)
    if (known !== undefined) return known
    const { stdout } = await this.#git(['ls-tree', '-r', '-l', '-z', '--full-tree', commit])
    const tree = parseTree(stdout.toString('utf8'))
    this.#trees.set(commit, tree)
    return tree
  }

  async #git(args: readonly string[], input = ''): Promise<GitEnd> {
    const end = await runGit({ folder: this.#folder, args, input, env: this.#env })
    if (end.code === 0) return end
    throw new UserError('CLONE_UNREADABLE', `git ${args[0]} failed in ${this.#folder}: ${end.stderr.trim()}`, {
      hint: 'Fetch the branch whole: a shallow or partial clone may lack what is asked for.',
    })
  }
}

export function readOnlyError(): UserError {
  return new UserError('LEDGER_READ_ONLY', 'A clone is only read: what is written to a ledger goes through GitHub, which signs it', {
    hint: 'Name the repository instead: --repository owner/name.',
  })
}
