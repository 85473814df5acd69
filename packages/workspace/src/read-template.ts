import { GitHubError, SwitchyardError, UserError } from '@switchyard/core'
import { type FileTree, TREE_LIMITS, type TreeLimits } from './file-tree.ts'
import { toHttpClient } from './git-client.ts'
import { nameOf } from './git-request.ts'
import type { GitRemote } from './http-exchange.ts'
import { measurePack } from './measure-pack.ts'
import { createMemoryFiles } from './memory-files.ts'
import { notGit } from './packet-lines.ts'
import { probeRefs, type RefListing } from './probe-refs.ts'
import { readObjects } from './template-objects.ts'

export interface TemplateRequest extends GitRemote {
  /** A tag's short name (`v1.2.0`), or a commit in 40 hex digits. */
  readonly tag: string
  readonly limits?: TreeLimits
  readonly signal?: AbortSignal
}

export interface Template {
  /** The commit that the tag stands for, in 40 hex digits. */
  readonly commit: string
  /** ms since the epoch. */
  readonly committedAt: number
  readonly tree: FileTree
  /** Files whose content is elsewhere: the tree has the pointer alone, as Git LFS left it. */
  readonly lfsPointers: readonly string[]
}

const GITDIR = '/git'

/**
 * Reads a template's files as they are at a tag, in two requests and nowhere but in memory.
 *
 * @throws {UserError} `TEMPLATE_NOT_FOUND`, `TEMPLATE_TAG_MISSING`, `TEMPLATE_TOO_MANY_FILES`, `TEMPLATE_TOO_LARGE`,
 * `TEMPLATE_SUBMODULE`, `TEMPLATE_PATH_UNSAFE` or `TEMPLATE_PATH_NOT_UTF8`.
 * @throws {GitHubError} for all else.
 */
export async function readTemplate(request: TemplateRequest): Promise<Template> {
  const { limits = TREE_LIMITS, signal } = request
  signal?.throwIfAborted()
  const listing = await readListing(request)
  const wanted = findCommit(listing, request.tag)
  if (wanted === undefined) throw tagMissing(request)
  signal?.throwIfAborted()
  // Loaded when it is needed: it takes longer than the rest of an action together.
  const { fetch, readBlob, readCommit, readObject } = await import('./git-library.ts')
  const fs = createMemoryFiles({ onWrite: (path, content) => path.endsWith('.pack') && measurePack(content, limits) })
  await fs.writeFile(`${GITDIR}/config`, '[remote "origin"]\n\tfetch = +refs/heads/*:refs/remotes/origin/*\n')
  const http = toHttpClient(request, { listing, oid: wanted })
  try {
    await fetch({ fs, http, gitdir: GITDIR, url: listing.url, ref: wanted, depth: 1, singleBranch: true, tags: false })
    signal?.throwIfAborted()
    return await readObjects({
      git: { readBlob, readCommit, readObject },
      place: { fs, gitdir: GITDIR, cache: {} },
      wanted,
      limits,
      request,
    })
  } catch (error) {
    throw toReadingError(error, request)
  }
}

/** What the tag points to: a commit, or an annotated tag that leads to one. */
function findCommit({ refs }: RefListing, tag: string): string | undefined {
  return refs.get(`refs/tags/${tag}`) ?? (/^[0-9a-f]{40}$/.test(tag) ? tag : undefined)
}

async function readListing(request: TemplateRequest): Promise<RefListing> {
  try {
    return await probeRefs({ url: request.url, headers: request.headers, http: request.http, service: 'git-upload-pack' })
  } catch (error) {
    // GitHub asks nobody for a password unless the repository is hidden or not there.
    const isHidden = error instanceof GitHubError && (error.status === 404 || (error.status === 401 && !hasCredentials(request)))
    if (!isHidden) throw error
    throw new UserError('TEMPLATE_NOT_FOUND', `The template ${nameOf(request.url)} was not found, or the token may not see it`, {
      hint: 'Check the name, and give the token read access to the contents of the template.',
      context: { template: nameOf(request.url) },
      cause: error,
    })
  }
}

function hasCredentials({ headers }: GitRemote): boolean {
  return Object.keys(headers).some((name) => name.toLowerCase() === 'authorization')
}

function tagMissing({ url, tag }: TemplateRequest, cause?: unknown): UserError {
  return new UserError('TEMPLATE_TAG_MISSING', `The template ${nameOf(url)} has no tag ${tag}`, {
    hint: 'Tags are pushed on their own: git push origin <tag>.',
    context: { template: nameOf(url), tag },
    cause,
  })
}

function toReadingError(error: unknown, request: TemplateRequest): unknown {
  if (error instanceof GitHubError && error.context['failure'] === 'unusable') {
    // The connection reads no larger answer than a template may be.
    return new UserError('TEMPLATE_TOO_LARGE', `The template ${nameOf(request.url)} is too large to be fetched`, {
      hint: 'Keep large files outside, in a release or in object storage.',
      context: { template: nameOf(request.url) },
      cause: error,
    })
  }
  // isomorphic-git marks its errors so; all else is ours, or the signal's.
  if (error instanceof SwitchyardError || !(error instanceof Error && 'caller' in error)) return error
  // A commit that no listing names is the server's to grant: it sends nothing when it does not.
  const isAbsent = 'code' in error && error.code === 'NotFoundError'
  return isAbsent && /^[0-9a-f]{40}$/.test(request.tag) ? tagMissing(request, error) : notGit(error)
}
