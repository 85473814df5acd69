import type { GraphqlFault } from '@switchyard/core'
import { z } from 'zod'
import type { RepositoryWanted } from './repository.ts'
import { toRefusal } from './graphql-refusal.ts'

export interface RepositoryFacts {
  readonly id: number
  readonly nameWithOwner: string
  readonly visibility: 'public' | 'private' | 'internal'
  readonly isArchived: boolean
  /** Undefined for a repository without commits. */
  readonly defaultBranch: string | undefined
  readonly head: string | undefined
  /** Texts by path. A wanted file that does not exist is not in it. */
  readonly files: ReadonlyMap<string, string>
  /** Wanted files that GitHub does not hand out as text, with why. */
  readonly unreadable: ReadonlyMap<string, string>
  /** Those of the wanted refs that exist. */
  readonly refs: ReadonlySet<string>
}

const blob = z.object({ oid: z.string(), text: z.string().nullable(), isTruncated: z.boolean(), isBinary: z.boolean().nullable() })
type BlobAnswer = z.infer<typeof blob>
const entry = z.object({ object: z.union([blob, z.strictObject({})]).nullable() }).nullable()
const folder = z
  .object({
    object: z
      .object({ entries: z.array(z.object({ name: z.string(), object: z.union([blob, z.strictObject({})]).nullable() })).nullish() })
      .nullable(),
  })
  .nullish()
const head = z.looseObject({ oid: z.string(), folder }).nullable()
const repository = z.looseObject({
  databaseId: z.number(),
  nameWithOwner: z.string(),
  visibility: z.enum(['PUBLIC', 'PRIVATE', 'INTERNAL']).transform((value) => value.toLowerCase() as Lowercase<typeof value>),
  isArchived: z.boolean(),
  defaultBranchRef: z.object({ name: z.string(), target: head }).nullable(),
})
const answer = z.object({ repository: repository.nullable(), refused: z.custom<GraphqlFault>().optional() })

/**
 * What `selectRepository` brought. Undefined when the repository does not exist or the token cannot see it: GitHub does
 * not tell which.
 *
 * @throws {GitHubError} when GitHub refused it for another reason.
 */
export function parseRepository(raw: unknown, wanted: RepositoryWanted): RepositoryFacts | undefined {
  const { repository: found, refused } = answer.parse(raw)
  if (found === null) {
    if (refused === undefined || refused.type === 'NOT_FOUND') return undefined
    throw toRefusal(refused, 'contents: read')
  }
  const target = found.defaultBranchRef?.target ?? undefined
  const named = [...namedFiles(wanted, target)]
  const readable = named.flatMap(([path, blob]): [string, string][] => (isWhole(blob) ? [[path, blob.text]] : []))
  return {
    id: found.databaseId,
    nameWithOwner: found.nameWithOwner,
    visibility: found.visibility,
    isArchived: found.isArchived,
    defaultBranch: found.defaultBranchRef?.name,
    head: target?.oid,
    files: new Map([...readable, ...folderFiles(wanted, target)]),
    unreadable: new Map(named.filter(([, blob]) => !isWhole(blob)).map(([path]) => [path, UNREADABLE])),
    refs: new Set((wanted.refs ?? []).filter((_, at) => (found[`r${at}`] ?? null) !== null)),
  }
}

type Head = NonNullable<z.infer<typeof head>>

function* namedFiles(wanted: RepositoryWanted, target: Head | undefined): Iterable<[string, BlobAnswer]> {
  for (const [at, path] of wanted.files.entries()) {
    const object = entry.parse(target?.[`f${at}`] ?? null)?.object
    if (isBlob(object)) yield [path, object]
  }
}

function* folderFiles(wanted: RepositoryWanted, target: Head | undefined): Iterable<[string, string]> {
  for (const { name, object } of target?.folder?.object?.entries ?? []) {
    if (isBlob(object) && isWhole(object)) yield [`${wanted.folder}/${name}`, object.text]
  }
}

/** A folder answers an empty object where a file's fields were asked for. */
function isBlob(object: BlobAnswer | object | null | undefined): object is BlobAnswer {
  return object !== null && object !== undefined && 'oid' in object
}

const UNREADABLE = 'it is binary, or over the 512,000 bytes that GitHub hands out as text'

function isWhole(object: BlobAnswer): object is BlobAnswer & { readonly text: string } {
  return object.text !== null && !object.isTruncated
}
