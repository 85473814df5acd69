import { GitHubError } from '@switchyard/core'
import { z } from 'zod'
import { toRefusal } from './graphql-refusal.ts'
import type { GitHubPort, RepositoryName } from './port.ts'

export interface CommitFile {
  readonly sha: string
  /** undefined: it is binary, or over the 512,000 bytes that GraphQL hands out as text; `readBlobText` may have it. */
  readonly text: string | undefined
}

export interface CommitFilesWanted {
  /** A commit's SHA. */
  readonly commit: string
  readonly files?: readonly string[]
  /** A folder all of whose files are wanted. */
  readonly folder?: string
  /** How many levels of folders inside `folder` are read, too; default: none. */
  readonly levels?: number
}

const blob = z.object({ oid: z.string(), text: z.string().nullable(), isTruncated: z.boolean() })
const object = z.union([blob, z.strictObject({})]).nullable()
const file = z.object({ object }).nullable()
const entries = z.array(z.object({ name: z.string(), object: z.unknown() })).nullish()
const folder = z.object({ object: z.object({ entries }).nullable() }).nullish()
const answer = z.object({ repository: z.object({ object: z.looseObject({ folder }).nullable() }).nullish() })

/** Paths that one query asks for. */
const PER_QUERY = 50

/**
 * Files by path as of a commit; one that is not there is left out. One request for every fifty.
 *
 * @throws {GitHubError} `GITHUB_NOT_FOUND` for a repository that this token does not see, or a commit that is not there.
 */
export async function readCommitFiles(
  github: GitHubPort,
  repository: RepositoryName,
  { commit, files = [], folder: inside, levels = 0 }: CommitFilesWanted,
): Promise<ReadonlyMap<string, CommitFile>> {
  const found = new Map<string, CommitFile>()
  const wanted = [...new Set(files)]
  for (let at = 0; at === 0 || at < wanted.length; at += PER_QUERY) {
    const part = { commit, files: wanted.slice(at, at + PER_QUERY), ...(at === 0 && inside !== undefined && { folder: inside, levels }) }
    for (const [path, one] of await readPart(github, repository, part)) found.set(path, one)
  }
  return found
}

const BLOB = '... on Blob { oid text isTruncated }'

/** What is asked of a folder, and of so many levels of folders in it. */
function treeOf(levels: number): string {
  return `... on Tree { entries { name object { ${BLOB} ${levels === 0 ? '' : treeOf(levels - 1)} } } }`
}

/** Files by path, those of folders behind their folder's name. */
function listFiles(found: z.infer<typeof entries>, inside: string): readonly (readonly [string, z.infer<typeof object>])[] {
  return (found ?? []).flatMap(({ name, object: one }) => {
    const path = `${inside}/${name}`
    const below = z.object({ entries }).safeParse(one).data?.entries
    return below ? listFiles(below, path) : [[path, object.parse(one)] as const]
  })
}

async function readPart(
  github: GitHubPort,
  { owner, name }: RepositoryName,
  { commit, files = [], folder: inside, levels = 0 }: CommitFilesWanted,
): Promise<readonly (readonly [string, CommitFile])[]> {
  const fields = files.map((_, at) => `f${at}: file(path: $f${at}) { object { ${BLOB} } }`)
  if (inside !== undefined) fields.push(`folder: file(path: $folder) { object { ${treeOf(levels)} } }`)
  const variables = {
    owner,
    name,
    commit,
    ...Object.fromEntries(files.map((path, at) => [`f${at}`, path])),
    ...(inside !== undefined && { folder: inside }),
  }
  const head = Object.keys(variables).map((each) => `$${each}: ${each === 'commit' ? 'GitObjectID!' : 'String!'}`)
  const query = `query(${head.join(', ')}) { repository(owner: $owner, name: $name) { object(oid: $commit) { ... on Commit { oid ${fields.join(' ')} } } } }`
  const { data, errors } = await github.graphql(query, variables, { idempotent: true })
  const seen = answer.parse(data).repository?.object
  if (!seen) {
    const [fault] = errors
    if (fault !== undefined) throw toRefusal(fault, 'contents: read')
    throw new GitHubError('GITHUB_NOT_FOUND', `${owner}/${name} has no commit ${commit}`, { status: 200, route: 'POST /graphql' })
  }
  const named = files.map((path, at) => [path, file.parse(seen[`f${at}`] ?? null)?.object] as const)
  const listed = listFiles(seen.folder?.object?.entries, inside ?? '')
  return [...named, ...listed].flatMap(([path, one]) =>
    one && 'oid' in one ? [[path, { sha: one.oid, text: one.isTruncated ? undefined : (one.text ?? undefined) }] as const] : [],
  )
}

/** A blob of up to 100 MB as text; undefined when it is not UTF-8. Source: REST, git/get-blob. */
export async function readBlobText(github: GitHubPort, { owner, name }: RepositoryName, sha: string): Promise<string | undefined> {
  const { data } = await github.request('GET /repos/{owner}/{repo}/git/blobs/{file_sha}', { owner, repo: name, file_sha: sha })
  const bytes = Buffer.from(z.object({ content: z.string(), encoding: z.literal('base64') }).parse(data).content, 'base64')
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}
