import { z } from 'zod'
import { refuseGaps } from './graphql-refusal.ts'
import type { GitHubPort, RepositoryName } from './port.ts'

export interface FolderChangesWanted {
  /** SHAs of commits; `before` of zeros, or of a commit that is gone: there was nothing. */
  readonly before: string
  readonly after: string
  /** Without a slash at its end. */
  readonly folder: string
}

/** Folders below the folder, and so on. */
const DEEP = 4

interface Entry {
  name: string
  oid: string
  object?: { entries?: Entry[] | null | undefined } | null | undefined
}
const entry: z.ZodType<Entry> = z.object({
  name: z.string(),
  oid: z.string(),
  get object() {
    return z.object({ entries: z.array(entry).nullish() }).nullish()
  },
})
const tree = z.object({ entries: z.array(entry).nullish() }).nullable()
const answer = z.object({ repository: z.object({ before: tree, after: tree }) })

/**
 * Paths of the files in a folder that a commit added or changed since another, four folders deep, in one request, however much else
 * changed. What a workflow is told of a push names no files. Source: docs "Events that trigger workflows", push.
 */
export async function readFolderChanges(
  github: GitHubPort,
  { owner, name }: RepositoryName,
  { before, after, folder }: FolderChangesWanted,
): Promise<readonly string[]> {
  const query = `query($owner: String!, $name: String!, $before: String!, $after: String!) { repository(owner: $owner, name: $name) {
    before: object(expression: $before) { ${entriesOf(DEEP)} } after: object(expression: $after) { ${entriesOf(DEEP)} }
  } }`
  const wanted = { owner, name, before: `${before}:${folder}`, after: `${after}:${folder}` }
  const { data, errors } = await github.graphql(query, wanted, { idempotent: true })
  refuseGaps(errors)
  const { repository } = answer.parse(data)
  const known = new Map(filesOf(repository.before?.entries ?? [], folder))
  return filesOf(repository.after?.entries ?? [], folder).flatMap(([path, oid]) => (known.get(path) === oid ? [] : [path]))
}

function entriesOf(depth: number): string {
  return `... on Tree { entries { name oid ${depth === 1 ? '' : `object { ${entriesOf(depth - 1)} }`} } }`
}

function filesOf(entries: readonly Entry[], folder: string): readonly (readonly [path: string, oid: string])[] {
  return entries.flatMap(({ name, oid, object }) =>
    object?.entries ? filesOf(object.entries, `${folder}/${name}`) : [[`${folder}/${name}`, oid] as const],
  )
}
