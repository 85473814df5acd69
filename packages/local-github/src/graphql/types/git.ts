import { connect } from '../connection.ts'
import type { GraphqlContext } from '../context.ts'
import { fieldsOf } from '../fields.ts'
import { branchRef } from '../../git/ref-names.ts'
import { type Oid, type Signature } from '../../git/types.ts'
import { toMoment } from '../../world/clock.ts'
import { nodeId } from '../../world/node-ids.ts'
import type { Repository } from '../../world/types.ts'
import { findCommitAccount, repositoryUrl } from '../urls.ts'
import { notImplemented } from '../refusal.ts'
import { requireRead } from '../permissions.ts'
import { accountSource, type EntryValue, source, type Source } from '../sources.ts'

/** GraphQL cuts a blob's text here. Source: GitHub's schema, Blob.isTruncated, and measured. */
export const MAX_BLOB_TEXT_BYTES = 512_000
/** How far git itself looks for a NUL byte to call a file binary (`buffer_is_binary`). */
const BINARY_PROBE_BYTES = 8000

export async function objectSource(
  context: GraphqlContext,
  repository: Repository,
  { oid, path }: { readonly oid: Oid; readonly path: string },
): Promise<Source<'Commit' | 'Tree' | 'Blob'> | null> {
  const store = context.git(repository)
  const object = await store.readObject(oid)
  if (object === undefined) return null
  if (object.type === 'blob') return source('Blob', { repository, oid, data: object.data })
  if (object.type === 'tree') return source('Tree', { repository, oid, path })
  const commit = object.type === 'commit' ? await store.readCommit(oid) : undefined
  if (commit === undefined) throw notImplemented('Tag')
  return source('Commit', { repository, commit })
}

const isBinary = (data: Buffer): boolean => data.subarray(0, BINARY_PROBE_BYTES).includes(0)

/** The text as GitHub cuts it: whole characters only. */
function renderText(data: Buffer): string {
  const cut = data.subarray(0, MAX_BLOB_TEXT_BYTES)
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(cut, { stream: true })
}

function renderActor(context: GraphqlContext, signature: Signature) {
  const { name, email, time, offset } = signature
  const account = findCommitAccount(context.world, signature)
  const local = new Date(time + offset * 60_000).toISOString().slice(0, 19)
  const size = Math.abs(offset)
  const pad = (value: number) => String(value).padStart(2, '0')
  const zone = offset === 0 ? 'Z' : `${offset < 0 ? '-' : '+'}${pad(Math.floor(size / 60))}:${pad(size % 60)}`
  return { name, email, date: `${local}${zone}`, user: account?.type === 'User' ? accountSource(account) : null }
}

export const refFields = fieldsOf('Ref', {
  id: ({ value }) => nodeId('ref', `${value.repository.id}:${value.name}`),
  name: ({ value }) => value.name.split('/').slice(2).join('/'),
  prefix: ({ value }) => `${value.name.split('/').slice(0, 2).join('/')}/`,
  repository: ({ value }) => source('Repository', value.repository),
  target: ({ value, context }) => {
    requireRead(context, value.repository, 'contents')
    return objectSource(context, value.repository, { oid: value.oid, path: '' })
  },
})

export const commitFields = fieldsOf('Commit', {
  id: ({ value }) => nodeId('commit', `${value.repository.id}:${value.commit.oid}`),
  oid: ({ value }) => value.commit.oid,
  abbreviatedOid: ({ value }) => value.commit.oid.slice(0, 7),
  message: ({ value }) => value.commit.message,
  messageHeadline: ({ value }) => value.commit.message.split('\n')[0] ?? '',
  messageBody: ({ value }) => value.commit.message.split('\n').slice(1).join('\n').trim(),
  committedDate: ({ value }) => toMoment(value.commit.committer.time),
  authoredDate: ({ value }) => toMoment(value.commit.author.time),
  author: ({ value, context }) => renderActor(context, value.commit.author),
  committer: ({ value, context }) => renderActor(context, value.commit.committer),
  committedViaWeb: ({ value }) => value.commit.committer.email === 'noreply@github.com',
  repository: ({ value }) => source('Repository', value.repository),
  url: ({ value, context }) => `${repositoryUrl(context.world, value.repository)}/commit/${value.commit.oid}`,
  commitUrl: ({ value, context }) => `${repositoryUrl(context.world, value.repository)}/commit/${value.commit.oid}`,
  tree: ({ value }) => source('Tree', { repository: value.repository, oid: value.commit.tree, path: '' }),
  signature: ({ value }) =>
    value.repository.signedCommits.has(value.commit.oid)
      ? { __typename: 'GpgSignature', isValid: true, state: 'VALID', wasSignedByGitHub: true }
      : null,
  file: async ({ value: { repository, commit }, args, context }) => {
    const entry = await context.git(repository).readPath(commit.oid, args.text('path'))
    return entry === undefined ? null : source('TreeEntry', { repository, ...entry })
  },
  parents: ({ value: { repository, commit }, args, info, context }) => {
    const node = (oid: Oid) => objectSource(context, repository, { oid, path: '' })
    return connect({ args, info }, { items: commit.parents, key: (oid) => oid, node })
  },
  history: async ({ value: { repository, commit }, args, info, context }) => {
    if (args.has('author')) throw notImplemented('Commit.history(author:)')
    const [path, since, until] = [args.findText('path'), args.findText('since'), args.findText('until')]
    const limits = { ...(path !== undefined && { path }), ...(since !== undefined && { since }), ...(until !== undefined && { until }) }
    const oids = await context.git(repository).log({ from: commit.oid, ...limits })
    const node = (oid: Oid) => objectSource(context, repository, { oid, path: '' })
    return connect({ args, info }, { items: oids, key: (oid) => oid, node })
  },
})

export const treeFields = fieldsOf('Tree', {
  id: ({ value }) => nodeId('tree', `${value.repository.id}:${value.oid}`),
  oid: ({ value }) => value.oid,
  abbreviatedOid: ({ value }) => value.oid.slice(0, 7),
  repository: ({ value }) => source('Repository', value.repository),
  entries: async ({ value: { repository, oid, path }, context }) => {
    const entries = (await context.git(repository).readTree(oid)) ?? []
    const join = (name: string) => (path === '' ? name : `${path}/${name}`)
    return entries.map((entry) => source('TreeEntry', { repository, ...entry, path: join(entry.name) }))
  },
})

const readEntryBlob = ({ repository, oid, type }: EntryValue, context: GraphqlContext) =>
  type === 'blob' ? context.git(repository).readBlob(oid) : undefined

const findExtension = (name: string): string => (name.includes('.') ? `.${name.split('.').at(-1) ?? ''}` : '')

export const treeEntryFields = fieldsOf('TreeEntry', {
  name: ({ value }) => value.name,
  path: ({ value }) => value.path,
  oid: ({ value }) => value.oid,
  type: ({ value }) => value.type,
  mode: ({ value }) => Number.parseInt(value.mode, 8),
  extension: ({ value }) => findExtension(value.name),
  repository: ({ value }) => source('Repository', value.repository),
  size: async ({ value, context }) => (await readEntryBlob(value, context))?.length ?? 0,
  object: ({ value, context }) =>
    value.type === 'commit' ? null : objectSource(context, value.repository, { oid: value.oid, path: value.path }),
})

export const blobFields = fieldsOf('Blob', {
  id: ({ value }) => nodeId('blob', `${value.repository.id}:${value.oid}`),
  oid: ({ value }) => value.oid,
  abbreviatedOid: ({ value }) => value.oid.slice(0, 7),
  byteSize: ({ value }) => value.data.length,
  isBinary: ({ value }) => isBinary(value.data),
  isTruncated: ({ value }) => !isBinary(value.data) && value.data.length > MAX_BLOB_TEXT_BYTES,
  text: ({ value }) => (isBinary(value.data) ? null : renderText(value.data)),
  repository: ({ value }) => source('Repository', value.repository),
})

/** The ref of a qualified name, or of a short one: full matches first, as GitHub documents for `Repository.ref`. */
export async function findRef(context: GraphqlContext, repository: Repository, name: string): Promise<Source<'Ref'> | null> {
  const store = context.git(repository)
  for (const candidate of name.startsWith('refs/') ? [name] : [branchRef(name), `refs/tags/${name}`, `refs/${name}`]) {
    const oid = await store.readRef(candidate)
    if (oid !== undefined) return source('Ref', { repository, name: candidate, oid })
  }
  return null
}

/** What a git revision names: `HEAD:path`, `branch:path`, a ref, an object id. Source: gitrevisions, the forms without `^`, `~` and `@`. */
export async function findExpression(context: GraphqlContext, repository: Repository, expression: string): Promise<Source | null> {
  if (/[~^]|@\{/.test(expression)) throw notImplemented(`Repository.object(expression: ${JSON.stringify(expression)})`)
  const [revision = '', ...rest] = expression.split(':')
  const path = rest.length === 0 ? undefined : rest.join(':')
  const name = revision === 'HEAD' ? branchRef(repository.defaultBranch) : revision
  const oid = /^[0-9a-f]{40}$/.test(name) ? name : (await findRef(context, repository, name))?.value.oid
  if (oid === undefined) return null
  if (path === undefined) return objectSource(context, repository, { oid, path: '' })
  const entry = await context.git(repository).readPath(oid, path)
  return entry === undefined ? null : objectSource(context, repository, { oid: entry.oid, path: entry.path })
}
