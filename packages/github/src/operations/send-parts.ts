import { type GraphqlAnswer, slicesOf } from '@switchyard/core'
import { composeMutation, type Part } from './drawing.ts'
import { refuseGaps } from './graphql-refusal.ts'
import type { GitHubPort } from './port.ts'

/** Mutations of one request; GitHub carries them out one after another. */
export const PER_REQUEST = 20

/** How each of many things is sent, and what is made of its answer. */
export interface Sending<Item, Judged> {
  readonly toPart: (item: Item) => Part
  /** What became of the one that was sent under this alias. */
  readonly judge: (item: Item, answer: GraphqlAnswer, alias: string) => Judged
  /** Whether a request without an answer may be sent again. Default false. */
  readonly idempotent?: boolean | undefined
  /** The operation's name, for logs. */
  readonly operation?: string
  /** The permission for it, which GraphQL does not name where a token lacks it. */
  readonly needed?: string
}

/**
 * Sends mutations, twenty a request and one request after another, and judges each, in the order given. What one is refused keeps none
 * of the others back.
 *
 * @throws {GitHubError} for a request that was refused as a whole; what those before it did stands.
 */
export async function sendParts<Item, Judged>(
  github: GitHubPort,
  items: readonly Item[],
  sending: Sending<Item, Judged>,
): Promise<readonly Judged[]> {
  const judged: Judged[] = []
  for (const slice of slicesOf(items, PER_REQUEST)) judged.push(...(await sendRequest(github, slice, sending)))
  return judged
}

/** The same in one request: few enough for it. */
export async function sendRequest<Item, Judged>(
  github: GitHubPort,
  items: readonly Item[],
  { toPart, judge, idempotent = false, operation, needed }: Sending<Item, Judged>,
): Promise<readonly Judged[]> {
  const { document, variables } = composeMutation([{ prefix: 'm', parts: items.map(toPart) }], operation)
  const answer = await github.graphql(document, variables, { idempotent })
  // What names no mutation is said of all of them.
  const ofAll = answer.errors.filter(({ path }) => (path ?? []).length === 0)
  refuseGaps(ofAll, needed)
  return items.map((item, at) => judge(item, answer, `m${at}`))
}
