import { InternalError } from '@switchyard/core'
import { z } from 'zod'
import type { GitHubPort, RepositoryName } from './port.ts'
import { isStatus } from './is-status.ts'

/** An entry of a tree: text, an object that is there already, or `null` to remove what the base has. */
export interface TreeFile {
  readonly path: string
  readonly mode: '100644' | '100755' | '120000'
  readonly content: string | { readonly sha: string } | null
}

/** Where a ref is. A fresh repository is `empty` until its first commit, and may be `missing` for a moment. */
export type RefSeen = { readonly state: 'at'; readonly sha: string } | { readonly state: 'missing' | 'empty' }

/** GitHub gives up on trees of some 200 files or 2.5 MB (ir-engine/ir-engine#647), so they are sent in slices. */
const SLICE_FILES = 150
const SLICE_UNITS = 1_000_000

const object = z.object({ sha: z.string() })
const place = (repository: RepositoryName) => ({ owner: repository.owner, repo: repository.name })

/** Writes bytes that are no text. The same bytes again are the same object. */
export async function createBlob(github: GitHubPort, repository: RepositoryName, bytes: Uint8Array): Promise<string> {
  const content = Buffer.from(bytes).toString('base64')
  const fields = { ...place(repository), content, encoding: 'base64' }
  const { data } = await github.request('POST /repos/{owner}/{repo}/git/blobs', fields, { idempotent: true })
  return object.parse(data).sha
}

/**
 * Writes a tree on top of `base`, or a whole one without it; one request for every 150 files or million characters, one after another.
 * Not in an empty repository: GitHub answers 409 there.
 */
export async function createTree(
  github: GitHubPort,
  repository: RepositoryName,
  wanted: { readonly base?: string; readonly files: readonly TreeFile[] },
): Promise<string> {
  let tree = wanted.base
  for (const files of sliceFiles(wanted.files)) {
    const { data } = await github.request(
      'POST /repos/{owner}/{repo}/git/trees',
      { ...place(repository), ...(tree === undefined ? {} : { base_tree: tree }), tree: files.map(toEntry) },
      { idempotent: true },
    )
    tree = object.parse(data).sha
  }
  if (tree === undefined) throw new InternalError('a tree needs a file or a base')
  return tree
}

function* sliceFiles(files: readonly TreeFile[]): Iterable<readonly TreeFile[]> {
  let slice: TreeFile[] = []
  let units = 0
  for (const file of files) {
    const size = typeof file.content === 'string' ? file.content.length : 0
    if (slice.length === SLICE_FILES || (slice.length > 0 && units + size > SLICE_UNITS)) {
      yield slice
      slice = []
      units = 0
    }
    slice.push(file)
    units += size
  }
  if (slice.length > 0) yield slice
}

function toEntry({ path, mode, content }: TreeFile) {
  const base = { path, mode, type: 'blob' }
  if (content === null) return { ...base, sha: null }
  return typeof content === 'string' ? { ...base, content } : { ...base, sha: content.sha }
}

export interface CommitWanted {
  readonly message: string
  readonly tree: string
  /** None for a root commit. */
  readonly parents: readonly string[]
  /** GitHub signs commits of Apps only if nobody is named (docs: commit signature verification for bots). */
  readonly author?: { readonly name: string; readonly email: string; readonly date?: string }
}

/** Writes a commit that no ref names yet. A commit too many harms nobody, so it is sent again when its answer was lost. */
export async function createCommit(
  github: GitHubPort,
  repository: RepositoryName,
  wanted: CommitWanted,
): Promise<{ readonly sha: string; readonly isVerified: boolean }> {
  const { data } = await github.request('POST /repos/{owner}/{repo}/git/commits', { ...place(repository), ...wanted }, { idempotent: true })
  const written = z.object({ sha: z.string(), verification: z.object({ verified: z.boolean() }).nullish() }).parse(data)
  return { sha: written.sha, isVerified: written.verification?.verified ?? false }
}

/** Makes a ref (`refs/heads/main`); when it is there already, says where. */
export async function createRef(
  github: GitHubPort,
  repository: RepositoryName,
  wanted: { readonly ref: string; readonly sha: string },
): Promise<{ readonly created: boolean; readonly sha: string }> {
  try {
    await github.request('POST /repos/{owner}/{repo}/git/refs', { ...place(repository), ref: wanted.ref, sha: wanted.sha })
    return { created: true, sha: wanted.sha }
  } catch (error) {
    if (!isStatus(error, 422)) throw error
    // GitHub tells `exists` from other refusals in words only; looking is sure.
    const found = await readRef(github, repository, wanted.ref)
    if (found.state !== 'at') throw error
    return { created: false, sha: found.sha }
  }
}

/** Where a ref (`refs/heads/main`) is: 404 is `missing`, 409 `empty`. */
export async function readRef(github: GitHubPort, repository: RepositoryName, ref: string): Promise<RefSeen> {
  try {
    const { data } = await github.request('GET /repos/{owner}/{repo}/git/ref/{ref}', {
      ...place(repository),
      ref: ref.replace(/^refs\//, ''),
    })
    return { state: 'at', sha: z.object({ object }).parse(data).object.sha }
  } catch (error) {
    if (isStatus(error, 404)) return { state: 'missing' }
    if (isStatus(error, 409)) return { state: 'empty' }
    throw error
  }
}

/**
 * Moves a ref that exists. Without `force` only forward: `GITHUB_UNPROCESSABLE` when the branch has moved on meanwhile.
 * Rules of the repository answer the same.
 */
export async function updateRef(
  github: GitHubPort,
  repository: RepositoryName,
  wanted: { readonly ref: string; readonly sha: string; readonly force?: boolean },
): Promise<void> {
  await github.request(
    'PATCH /repos/{owner}/{repo}/git/refs/{ref}',
    { ...place(repository), ref: wanted.ref.replace(/^refs\//, ''), sha: wanted.sha, force: wanted.force ?? false },
    { idempotent: true },
  )
}

/**
 * Commits one new file; the only way to a first commit by API, since trees and refs are refused in an empty repository
 * (REST: git/create-ref). Returns the commit.
 */
export async function createFile(
  github: GitHubPort,
  repository: RepositoryName,
  wanted: { readonly path: string; readonly bytes: Uint8Array; readonly message: string; readonly branch: string },
): Promise<string> {
  const { path, message, branch } = wanted
  const content = Buffer.from(wanted.bytes).toString('base64')
  const { data } = await github.request('PUT /repos/{owner}/{repo}/contents/{path}', {
    ...place(repository),
    path,
    message,
    branch,
    content,
  })
  return z.object({ commit: object }).parse(data).commit.sha
}

/** A commit's tree and message. */
export async function readCommit(
  github: GitHubPort,
  repository: RepositoryName,
  sha: string,
): Promise<{ readonly tree: string; readonly message: string }> {
  const { data } = await github.request('GET /repos/{owner}/{repo}/git/commits/{commit_sha}', { ...place(repository), commit_sha: sha })
  const found = z.object({ tree: object, message: z.string() }).parse(data)
  return { tree: found.tree.sha, message: found.message }
}
