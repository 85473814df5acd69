import { findAnswered } from '@switchyard/commands'
import { selectConversation, selectSurfaces } from '@switchyard/github'
import { type IssueConversation, parseConversation, reaches, readBack, readComments, type Surfaces } from '@switchyard/github/operations'
import { claim } from './claim.ts'
import type { Door } from './door.ts'
import { createOver, isThis } from './owners.ts'
import type { Settled } from './settle.ts'
import { toSurfaces } from './surfaces.ts'
import type { Understood } from './understand.ts'

interface Question {
  readonly issue: number
  /** The release that was activated before; undefined: none was. */
  readonly slug: string | undefined
  /** Whether nothing keeps other runs from looking at the same issue at the same time. */
  readonly isSweep: boolean
  readonly understood: readonly Understood[]
  readonly results: ReadonlyMap<Understood, Settled>
  /** The comments that have a reply, where that was looked up already. */
  readonly answered: Promise<ReadonlySet<number>> | undefined
}

/**
 * The comments that this run answers, of all that it understood: whoever recorded an outcome tells it. What another run recorded
 * is left to that run while it goes on. What is not recorded is answered unless another was faster, which sweeps ask the ledger.
 */
export async function findOurs(
  door: Door,
  { issue, slug, isSweep, understood, results, answered: looked }: Question,
): Promise<readonly Understood[]> {
  const ownerOf = (one: Understood): Settled['owner'] => results.get(one)?.owner
  const isCertain = (one: Understood): boolean => isThis(door, ownerOf(one))
  if (understood.every(isCertain)) return understood
  const over = createOver(door)
  const open: Understood[] = []
  for (const one of understood) {
    const owner = ownerOf(one)
    if (!isCertain(one) && (owner === undefined || (await over(owner)))) open.push(one)
  }
  const keyOf = ({ comment }: Understood): string => `answer issue ${issue} comment ${comment.id}`
  const claims = isSweep && slug !== undefined ? await claim(door, { slug, keys: open.map(keyOf), over }) : undefined
  const ours = open.filter((one) => claims?.has(keyOf(one)) ?? true)
  const answered = await (looked ?? readAnswered(door, { issue, comments: ours.map(({ comment }) => comment.id) }))
  return understood.filter((one) => isCertain(one) || (ours.includes(one) && !answered.has(one.comment.id)))
}

interface Asking {
  readonly issue: number
  readonly comments: readonly number[]
}

/** Which of these comments were answered. An answer stands behind its comment. */
export async function readAnswered(door: Door, { issue, comments }: Asking): Promise<ReadonlySet<number>> {
  if (comments.length === 0) return new Set()
  return findAnsweredIn(door, await readComments(door.github, door.given.context.repository, { issue }), comments)
}

/** The same, and what is drawn on: one request, for a run that changes nothing between the two. */
export function readWithAnswered(
  door: Door,
  { issue, comments, numbers }: Asking & { readonly numbers: readonly number[] },
): { readonly answered: Promise<ReadonlySet<number>>; readonly surfaces: Promise<Surfaces> } {
  const { context } = door.given
  const { owner, name } = context.repository
  const asked = door.github.select([
    selectConversation('issue', { owner, name, number: issue }),
    selectSurfaces('surfaces', { owner, name, numbers: [...new Set(numbers)], withBodies: false }),
  ])
  const answered = asked.then(([answer]) => findAnsweredIn(door, parseConversation(answer), comments))
  return { answered, surfaces: asked.then(([, answer]) => toSurfaces(context, answer)) }
}

async function findAnsweredIn(
  { github, given }: Door,
  newest: IssueConversation | undefined,
  comments: readonly number[],
): Promise<ReadonlySet<number>> {
  if (newest === undefined) return new Set()
  const isEnough = reaches(Math.min(...comments))
  const read = await readBack(github, given.context.repository, { conversation: newest, isEnough })
  return findAnswered('release', read.comments)
}
