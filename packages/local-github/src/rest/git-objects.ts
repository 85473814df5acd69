import { z } from 'zod'
import { GitProblem, type FileMode, type GitStore, type Signature, type TreeChange, type TreeEntry } from '../git/types.ts'
import { nodeId } from '../world/node-ids.ts'
import { presentGitCommit } from '../present/commits.ts'
import { repositoryUrl } from '../present/repositories.ts'
import { signatureOf, webSignature } from '../world/commits.ts'
import { created, ok } from '../server/answer.ts'
import { notFound, Problem } from '../server/problem.ts'
import { noBody, repositoryRoute, type Route } from '../server/route.ts'
import type { Viewer } from '../auth/viewer.ts'
import { mayWriteWorkflows, WORKFLOWS_FOLDER } from '../rules/workflow-files.ts'
import { findCommit, requireCommits, workflowProblem } from './ref-words.ts'

const read = [{ permission: 'contents', level: 'read' }] as const
const write = [{ permission: 'contents', level: 'write' }] as const

/** `GET …/git/trees?recursive` stops here and says `truncated`. Source: OpenAPI git/get-tree. */
const TREE_ENTRIES = 100_000

const treeEntry = z.object({
  path: z.string(),
  mode: z.enum(['100644', '100755', '040000', '160000', '120000']),
  type: z.enum(['blob', 'tree', 'commit']).optional(),
  sha: z.string().nullish(),
  content: z.string().optional(),
})

const person = z.object({ name: z.string(), email: z.string(), date: z.string().optional() })

export const gitObjectRoutes: readonly Route[] = [
  repositoryRoute({
    method: 'GET',
    path: '/repos/{owner}/{repo}/git/blobs/{file_sha}',
    operation: 'git/get-blob',
    needs: read,
    body: noBody,
    async handle({ world, repository, store, param, headers }) {
      await requireCommits(store)
      const sha = param('file_sha')
      const data = await store.readBlob(sha)
      if (data === undefined) throw notFound()
      if (headers.get('accept')?.includes('raw') === true) {
        return ok(data, { 'content-type': 'application/vnd.github.raw+json; charset=utf-8' })
      }
      return ok({
        sha,
        node_id: nodeId('blob', `${repository.id}:${sha}`),
        size: data.length,
        url: `${repositoryUrl(world, repository)}/git/blobs/${sha}`,
        content: wrap(data),
        encoding: 'base64',
      })
    },
  }),
  repositoryRoute({
    method: 'POST',
    path: '/repos/{owner}/{repo}/git/blobs',
    operation: 'git/create-blob',
    needs: write,
    body: z.object({ content: z.string(), encoding: z.enum(['utf-8', 'base64']).default('utf-8') }),
    async handle({ world, repository, store, body }) {
      await requireCommits(store)
      const sha = await store.writeBlob(Buffer.from(body.content, body.encoding === 'base64' ? 'base64' : 'utf8'))
      return created({ sha, url: `${repositoryUrl(world, repository)}/git/blobs/${sha}` })
    },
  }),
  repositoryRoute({
    method: 'GET',
    path: '/repos/{owner}/{repo}/git/trees/{tree_sha}',
    operation: 'git/get-tree',
    needs: read,
    body: noBody,
    async handle({ world, repository, store, param, query }) {
      await requireCommits(store)
      const sha = (await findCommit(store, repository, param('tree_sha')))?.tree ?? param('tree_sha')
      const entries = await readEntries(store, { tree: sha, recursive: query('recursive') !== undefined })
      if (entries === undefined) throw notFound()
      return ok(await presentTree(repositoryUrl(world, repository), store, { sha, entries }))
    },
  }),
  repositoryRoute({
    method: 'POST',
    path: '/repos/{owner}/{repo}/git/trees',
    operation: 'git/create-tree',
    needs: write,
    body: z.object({ tree: z.array(treeEntry), base_tree: z.string().optional() }),
    async handle({ world, viewer, repository, store, body }) {
      await requireCommits(store)
      const base = body.base_tree === undefined ? undefined : ((await store.readCommit(body.base_tree))?.tree ?? body.base_tree)
      if (base !== undefined && (await store.readTree(base)) === undefined) throw new Problem(422, 'tree.base_tree is not a valid tree')
      const changes = await Promise.all(body.tree.map((entry) => toChange(store, entry)))
      await requireWorkflowRight(store, viewer, changes)
      const sha = await writeTree(store, base, changes)
      const entries = (await readEntries(store, { tree: sha, recursive: false })) ?? []
      return created(await presentTree(repositoryUrl(world, repository), store, { sha, entries }))
    },
  }),
  repositoryRoute({
    method: 'GET',
    path: '/repos/{owner}/{repo}/git/commits/{commit_sha}',
    operation: 'git/get-commit',
    needs: read,
    body: noBody,
    async handle({ world, repository, store, param }) {
      await requireCommits(store)
      const commit = await store.readCommit(param('commit_sha'))
      if (commit === undefined) throw notFound()
      return ok(presentGitCommit(world, repository, commit))
    },
  }),
  repositoryRoute({
    method: 'POST',
    path: '/repos/{owner}/{repo}/git/commits',
    operation: 'git/create-commit',
    needs: write,
    body: z.object({
      message: z.string(),
      tree: z.string(),
      parents: z.array(z.string()).default([]),
      author: person.optional(),
      committer: person.optional(),
      signature: z.string().optional(),
    }),
    async handle({ world, viewer, repository, store, body }) {
      await requireCommits(store)
      if (viewer.kind !== 'token') throw notFound()
      if ((await store.readTree(body.tree)) === undefined) throw new Problem(422, 'Tree SHA does not exist')
      for (const parent of body.parents) {
        if ((await store.readCommit(parent)) === undefined) throw new Problem(422, 'Parent SHA does not exist or is not a commit object')
      }
      const isOwn = body.author === undefined && body.committer === undefined
      const author = body.author === undefined ? signatureOf(world, viewer.account) : toSignature(body.author, world.clock.now())
      const committer =
        body.committer === undefined ? (isOwn ? webSignature(world) : author) : toSignature(body.committer, world.clock.now())
      const sha = await store.writeCommit({ message: body.message, tree: body.tree, parents: body.parents, author, committer })
      // Signed only if nobody else is named, and only for bots. Source: github-facts 1.21.
      if (isOwn && viewer.app !== undefined) repository.signedCommits.add(sha)
      const commit = await store.readCommit(sha)
      if (commit === undefined) throw notFound()
      const shown = presentGitCommit(world, repository, commit)
      return created(shown, { location: shown.url })
    },
  }),
]

async function toChange(store: GitStore, entry: z.output<typeof treeEntry>): Promise<TreeChange> {
  if (entry.content !== undefined) {
    return { path: entry.path, mode: entry.mode, oid: await store.writeBlob(Buffer.from(entry.content, 'utf8')) }
  }
  if (entry.sha === null) return { path: entry.path, remove: true }
  if (entry.sha === undefined) throw new Problem(422, 'Must supply either tree.sha or tree.content')
  if (entry.mode !== '160000' && (await store.readObject(entry.sha)) === undefined) {
    throw new Problem(422, `tree.sha ${entry.sha} is not a valid ${entry.type ?? 'blob'}`)
  }
  return { path: entry.path, mode: entry.mode, oid: entry.sha }
}

/** A tree that brings workflow files which no branch has is refused as it is written, before any ref moves. Source: as `workflowProblem`. */
async function requireWorkflowRight(store: GitStore, viewer: Viewer, changes: readonly TreeChange[]): Promise<void> {
  if (mayWriteWorkflows(viewer)) return
  for (const change of changes) {
    if (!change.path.startsWith(`${WORKFLOWS_FOLDER}/`)) continue
    if ('remove' in change || !(await isOnBranch(store, change))) throw workflowProblem(viewer)
  }
}

async function isOnBranch(store: GitStore, { path, oid }: { readonly path: string; readonly oid: string }): Promise<boolean> {
  const found = await Promise.all((await store.listRefs('refs/heads/')).map((branch) => store.readPath(branch.oid, path)))
  return found.some((entry) => entry?.oid === oid)
}

async function writeTree(store: GitStore, base: string | undefined, changes: readonly TreeChange[]): Promise<string> {
  try {
    return await store.writeTree(base, changes)
  } catch (error) {
    if (!(error instanceof GitProblem)) throw error
    throw new Problem(422, error.code === 'path-malformed' ? 'tree.path contains a malformed path component' : 'GitRPC::BadObjectState')
  }
}

interface Listing {
  readonly tree: string
  readonly recursive: boolean
  readonly prefix?: string
}

interface ShownEntry extends TreeEntry {
  readonly path: string
}

async function readEntries(store: GitStore, { tree, recursive, prefix = '' }: Listing): Promise<ShownEntry[] | undefined> {
  const entries = await store.readTree(tree)
  if (entries === undefined) return undefined
  const shown: ShownEntry[] = []
  for (const entry of entries) {
    const path = `${prefix}${entry.name}`
    shown.push({ ...entry, path })
    if (recursive && entry.type === 'tree') {
      shown.push(...((await readEntries(store, { tree: entry.oid, recursive, prefix: `${path}/` })) ?? []))
    }
  }
  return shown
}

async function presentTree(url: string, store: GitStore, tree: { readonly sha: string; readonly entries: readonly ShownEntry[] }) {
  const shown = tree.entries.slice(0, TREE_ENTRIES).map(async ({ path, mode, type, oid }) => ({
    path,
    mode: mode satisfies FileMode,
    type,
    sha: oid,
    ...(type === 'blob' ? { size: (await store.readBlob(oid))?.length ?? 0 } : {}),
    ...(type === 'commit' ? {} : { url: `${url}/git/${type}s/${oid}` }),
  }))
  return {
    sha: tree.sha,
    url: `${url}/git/trees/${tree.sha}`,
    tree: await Promise.all(shown),
    truncated: tree.entries.length > TREE_ENTRIES,
  }
}

function toSignature(from: z.output<typeof person>, now: number): Signature {
  return { name: from.name, email: from.email, time: from.date === undefined ? now : Date.parse(from.date), offset: 0 }
}

/** Base64 in lines of 60, with a line end after the last: as GitHub writes it. */
export function wrap(data: Buffer): string {
  return data.toString('base64').replaceAll(/.{1,60}/g, '$&\n')
}
