import { z } from 'zod'

/** Where things are drawn: a repository and some of its issues, by GraphQL's ids. */
export interface Surfaces {
  readonly repositoryId: string
  /** Those that exist, by number. */
  readonly issues: ReadonlyMap<number, IssueSurface>
}

export interface IssueSurface {
  readonly nodeId: string
  readonly url: string
  readonly isOpen: boolean
  /** undefined where it was not asked for. */
  readonly body: string | undefined
  /** Who changed the body last, and when in ms since the epoch; undefined: nobody, a deleted account, or it was not asked for. */
  readonly edited?: { readonly by: string; readonly at: number } | undefined
}

const issue = z.object({
  id: z.string(),
  number: z.number(),
  url: z.string(),
  state: z.string(),
  body: z.string().optional(),
  lastEditedAt: z.iso.datetime().nullish(),
  editor: z.object({ login: z.string() }).nullish(),
})
const answer = z.object({ id: z.string() }).loose()

/** What `selectSurfaces` brought; undefined when the token sees no such repository. */
export function parseSurfaces(raw: unknown): Surfaces | undefined {
  if (raw === null || raw === undefined) return undefined
  const { id, ...rest } = answer.parse(raw)
  const found = Object.values(rest).flatMap((each) => (each === null ? [] : [issue.parse(each)]))
  return {
    repositoryId: id,
    issues: new Map(found.map((each) => [each.number, toSurface(each)])),
  }
}

function toSurface({ id: nodeId, url, state, body, lastEditedAt, editor }: z.infer<typeof issue>): IssueSurface {
  const edited = typeof lastEditedAt === 'string' && editor ? { by: editor.login, at: Date.parse(lastEditedAt) } : undefined
  return { nodeId, url, isOpen: state === 'OPEN', body, edited }
}
