import { z } from 'zod'
import { commitOnBranch, type BranchCommitOutcome } from '../acts/commit-on-branch.ts'
import type { Commit, GitStore, PathEntry } from '../git/types.ts'
import { presentGitCommit } from '../present/commits.ts'
import { repositoryPage, repositoryUrl } from '../present/repositories.ts'
import type { WorldContext } from '../world/context.ts'
import type { Repository } from '../world/types.ts'
import { created, ok, type Answer } from '../server/answer.ts'
import { notFound, Problem } from '../server/problem.ts'
import type { Viewer } from '../auth/viewer.ts'
import type { RefRefusal } from '../rules/ref-changes.ts'
import { noBody, repositoryRoute, type RepositoryWork, type Route } from '../server/route.ts'
import { wrap } from './git-objects.ts'
import { findCommit, workflowProblem } from './ref-words.ts'

const read = [{ permission: 'contents', level: 'read' }] as const
const write = [{ permission: 'contents', level: 'write' }] as const

/** Over this a file is only given raw; over the second not at all. Source: OpenAPI repos/get-content. */
const INLINE_BYTES = 1_048_576
const RAW_BYTES = 104_857_600
const FOLDER_ENTRIES = 1000

const person = z.object({ name: z.string(), email: z.string() })

async function readContents(call: RepositoryWork, path: string): Promise<Answer> {
  const { store, repository, world } = call
  const name = call.query('ref')
  const commit = await findCommit(store, repository, name)
  if (commit === undefined && (await store.listRefs()).length === 0) throw new Problem(404, 'This repository is empty.')
  if (commit === undefined) throw new Problem(404, `No commit found for the ref ${name ?? repository.defaultBranch}`)
  const entry = await store.readPath(commit.oid, path)
  if (entry === undefined) throw notFound()
  const shower = { world, repository, ref: name ?? repository.defaultBranch }
  if (entry.type === 'tree') return readFolder(store, shower, entry)
  const data = entry.type === 'blob' ? await store.readBlob(entry.oid) : undefined
  if (data === undefined) throw notFound()
  if (data.length > RAW_BYTES) {
    throw new Problem(403, 'This API returns blobs up to 100 MB in size. The requested blob is too large to fetch via the API.')
  }
  if (call.headers.get('accept')?.includes('raw') === true) {
    return ok(data, { 'content-type': 'application/vnd.github.raw+json; charset=utf-8' })
  }
  const isInline = data.length <= INLINE_BYTES
  return ok({ ...presentEntry(shower, entry, data.length), content: isInline ? wrap(data) : '', encoding: isInline ? 'base64' : 'none' })
}

async function readFolder(store: GitStore, shower: Shower, folder: PathEntry): Promise<Answer> {
  const entries = (await store.readTree(folder.oid)) ?? []
  return ok(
    await Promise.all(
      entries.slice(0, FOLDER_ENTRIES).map(async (each) => {
        const path = folder.path === '' ? each.name : `${folder.path}/${each.name}`
        return presentEntry(shower, { ...each, path }, each.type === 'blob' ? ((await store.readBlob(each.oid))?.length ?? 0) : 0)
      }),
    ),
  )
}

interface Shower {
  readonly world: WorldContext
  readonly repository: Repository
  readonly ref: string
}

/** OpenAPI `content-file` without its content. */
function presentEntry({ world, repository, ref }: Shower, entry: PathEntry, size: number) {
  const url = repositoryUrl(world, repository)
  const page = repositoryPage(world, repository)
  const isFile = entry.type === 'blob'
  const self = `${url}/contents/${entry.path}?ref=${encodeURIComponent(ref)}`
  const git = `${url}/git/${isFile ? 'blobs' : 'trees'}/${entry.oid}`
  const html = `${page}/${isFile ? 'blob' : 'tree'}/${ref}/${entry.path}`
  return {
    name: entry.name,
    path: entry.path,
    sha: entry.oid,
    size,
    url: self,
    html_url: html,
    git_url: git,
    download_url: isFile ? `${page}/raw/${ref}/${entry.path}` : null,
    type: isFile ? 'file' : entry.type === 'tree' ? 'dir' : 'submodule',
    _links: { self, git, html },
  }
}

interface FileChange {
  readonly path: string
  readonly branch: string
  readonly message: string
  /** The blob that is replaced. */
  readonly sha: string | undefined
  /** Undefined deletes. */
  readonly contents: Buffer | undefined
  readonly author: z.output<typeof person> | undefined
  readonly committer: z.output<typeof person> | undefined
}

async function changeFile(call: RepositoryWork, change: FileChange): Promise<Answer> {
  const { world, viewer, repository, store } = call
  const head = await store.readRef(`refs/heads/${change.branch}`)
  const isEmpty = head === undefined && (await store.listRefs()).length === 0
  if (head === undefined && !isEmpty) throw new Problem(404, `Branch ${change.branch} not found`)
  const old = head === undefined ? undefined : await store.readPath(head, change.path)
  requireSameFile(change, old)
  const now = world.clock.now()
  const named = (from: z.output<typeof person> | undefined) => (from === undefined ? undefined : { ...from, time: now, offset: 0 })
  const author = named(change.author ?? change.committer)
  const committer = named(change.committer)
  const outcome = await commitOnBranch(world, {
    // Of a bot that names nobody; what persons write here is unsigned. Source: github-facts 1.21, github/github-mcp-server#2771.
    isSigned: viewer.kind === 'token' && viewer.app !== undefined && author === undefined && committer === undefined,
    repository,
    store,
    viewer,
    branch: change.branch,
    expectedHead: head,
    message: change.message,
    mayCreate: isEmpty,
    additions: change.contents === undefined ? [] : [{ path: change.path, contents: change.contents }],
    deletions: change.contents === undefined ? [{ path: change.path }] : [],
    ...(author === undefined ? {} : { author }),
    ...(committer === undefined ? {} : { committer }),
  })
  if (!outcome.ok) throw commitProblem(viewer, outcome, change.branch)
  const commit = await store.readCommit(outcome.oid)
  return presentChange({ world, repository, ref: change.branch }, { store, commit, path: change.path, isNew: old === undefined })
}

/** The check is per file: its blob must be the one the caller read. */
function requireSameFile(change: FileChange, old: PathEntry | undefined): void {
  if (old === undefined && change.contents === undefined) throw notFound()
  if (old === undefined) return
  if (change.sha === undefined) throw new Problem(422, 'Invalid request.\n\n"sha" wasn\'t supplied.')
  if (change.sha !== old.oid) throw new Problem(409, `${change.path} does not match ${change.sha}`)
}

async function presentChange(
  shower: Shower,
  {
    store,
    commit,
    path,
    isNew,
  }: { readonly store: GitStore; readonly commit: Commit | undefined; readonly path: string; readonly isNew: boolean },
): Promise<Answer> {
  if (commit === undefined) throw notFound()
  const entry = await store.readPath(commit.oid, path)
  const size = entry === undefined ? 0 : ((await store.readBlob(entry.oid))?.length ?? 0)
  const body = {
    content: entry === undefined ? null : presentEntry(shower, entry, size),
    commit: presentGitCommit(shower.world, shower.repository, commit),
  }
  return isNew ? created(body) : ok(body)
}

function commitProblem(viewer: Viewer, outcome: Extract<BranchCommitOutcome, { ok: false }>, branch: string): Problem {
  switch (outcome.reason) {
    case 'stale':
    case 'raced':
      return new Problem(409, `is at ${outcome.actual ?? 'nothing'} but expected ${outcome.expected}`)
    case 'branch-missing':
      return new Problem(404, `Branch ${branch} not found`)
    case 'path-missing':
      return notFound()
    case 'path-malformed':
      return new Problem(422, 'path contains a malformed path component')
    case 'refused':
      return refusedProblem(viewer, outcome.refusal)
  }
}

function refusedProblem(viewer: Viewer, refusal: RefRefusal): Problem {
  switch (refusal.kind) {
    case 'rules':
      return new Problem(409, refusal.message)
    case 'protection':
      return new Problem(409, `Could not update file: ${refusal.message}`)
    case 'workflow-files':
      return workflowProblem(viewer)
    default:
      return refusal satisfies never
  }
}

const changeShape = { message: z.string(), branch: z.string().optional(), author: person.optional(), committer: person.optional() }

export const contentRoutes: readonly Route[] = [
  repositoryRoute({
    method: 'GET',
    path: '/repos/{owner}/{repo}/contents',
    operation: 'repos/get-content',
    needs: read,
    body: noBody,
    handle: (call) => readContents(call, ''),
  }),
  repositoryRoute({
    method: 'GET',
    path: '/repos/{owner}/{repo}/contents/{path}',
    operation: 'repos/get-content',
    needs: read,
    body: noBody,
    handle: (call) => readContents(call, call.param('path')),
  }),
  repositoryRoute({
    method: 'PUT',
    path: '/repos/{owner}/{repo}/contents/{path}',
    operation: 'repos/create-or-update-file-contents',
    needs: write,
    body: z.object({ ...changeShape, content: z.string(), sha: z.string().optional() }),
    handle(call) {
      const { message, content, sha, branch, author, committer } = call.body
      if (!/^[A-Za-z0-9+/\s]*={0,2}\s*$/.test(content)) throw new Problem(422, 'content is not valid Base64')
      return changeFile(call, {
        path: call.param('path'),
        branch: branch ?? call.repository.defaultBranch,
        message,
        sha,
        author,
        committer,
        contents: Buffer.from(content, 'base64'),
      })
    },
  }),
  repositoryRoute({
    method: 'DELETE',
    path: '/repos/{owner}/{repo}/contents/{path}',
    operation: 'repos/delete-file',
    needs: write,
    body: z.object({ ...changeShape, sha: z.string() }),
    handle(call) {
      const { message, sha, branch, author, committer } = call.body
      return changeFile(call, {
        path: call.param('path'),
        branch: branch ?? call.repository.defaultBranch,
        message,
        sha,
        author,
        committer,
        contents: undefined,
      })
    },
  }),
]
