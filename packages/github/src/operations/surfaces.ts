import { z } from 'zod'

/** Where things are drawn: a repository and some of its issues, by GraphQL's ids. */
export interface Surfaces {
  readonly repositoryId: string
  /** Those that exist, by number. */
  readonly issues: ReadonlyMap<number, IssueSurface>
  /** Numbers of which GitHub says that no issue has them: deleted or moved away. */
  readonly lost: ReadonlySet<number>
}

export interface IssueSurface {
  readonly nodeId: string
  readonly url: string
  readonly isOpen: boolean
  /** undefined where the body was not asked for. */
  readonly title?: string | undefined
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
  title: z.string().optional(),
  body: z.string().optional(),
  lastEditedAt: z.iso.datetime().nullish(),
  editor: z.object({ login: z.string() }).nullish(),
})
const answer = z.object({ repository: z.object({ id: z.string() }).loose().nullable(), lost: z.array(z.number()) })

/** What `selectSurfaces` brought; undefined when the token sees no such repository. */
export function parseSurfaces(raw: unknown): Surfaces | undefined {
  const { repository, lost } = answer.parse(raw)
  if (repository === null) return undefined
  const { id, ...rest } = repository
  const found = Object.values(rest).flatMap((each) => (each === null ? [] : [issue.parse(each)]))
  return {
    repositoryId: id,
    issues: new Map(found.map((each) => [each.number, toSurface(each)])),
    lost: new Set(lost),
  }
}

function toSurface({ id: nodeId, url, state, title, body, lastEditedAt, editor }: z.infer<typeof issue>): IssueSurface {
  const edited = typeof lastEditedAt === 'string' && editor ? { by: editor.login, at: Date.parse(lastEditedAt) } : undefined
  return { nodeId, url, isOpen: state === 'OPEN', title, body, edited }
}
