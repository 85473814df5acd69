import { findAnswered } from '@switchyard/commands'
import { selectConversation, selectSurfaces } from '@switchyard/github'
import type { Surfaces } from '@switchyard/github/operations'
import { claim } from './claim.ts'
import type { Door } from './door.ts'
import { createOver, isThis, ownerOf } from './owners.ts'
import { toSurfaces } from './surfaces.ts'
import type { GroupResult } from './transact.ts'
import type { Understood } from './understand.ts'

interface Question {
  readonly issue: number
  /** The release that was activated before; undefined: none was. */
  readonly slug: string | undefined
  /** Whether nothing keeps other runs from looking at the same issue at the same time. */
  readonly isSweep: boolean
  readonly understood: readonly Understood[]
  readonly results: ReadonlyMap<Understood, GroupResult>
  /** The comments that have a reply, where that was looked up already. */
  readonly answered: Promise<ReadonlySet<number>> | undefined
}

/**
 * The comments that this run answers, of all that it understood: whoever recorded an outcome tells it. What another run recorded
 * is left to that run while it goes on. Who tells a refusal is asked of the ledger, of a sweep all that was not recorded; anything else
 * is answered unless another was faster.
 */
export async function findOurs(
  door: Door,
  { issue, slug, isSweep, understood, results, answered: looked }: Question,
): Promise<readonly Understood[]> {
  const isCertain = (one: Understood): boolean => isThis(door, ownerOf(results.get(one)))
  if (understood.every(isCertain)) return understood
  const over = createOver(door)
  const open: Understood[] = []
  for (const one of understood) {
    const owner = ownerOf(results.get(one))
    if (isCertain(one)) continue
    if (owner === undefined ? !(one.isPast && results.get(one)?.kind === 'done') : await over(owner)) open.push(one)
  }
  const keyOf = ({ comment }: Understood): string => `answer issue ${issue} comment ${comment.id}`
  const asked = slug === undefined ? [] : open.filter((one) => isSweep || results.get(one)?.kind === 'rejected')
  const claims = await claim(door, { slug: slug ?? '', keys: asked.map(keyOf), over })
  const ours = open.filter((one) => !asked.includes(one) || claims.has(keyOf(one)))
  const unsure = ours.filter((one) => isSweep || claims.get(keyOf(one)) !== 'first')
  const answered = unsure.length === 0 ? new Set<number>() : await (looked ?? readAnswered(door, issue))
  return understood.filter((one) => {
    if (isCertain(one)) return !one.isPast
    return ours.includes(one) && !(unsure.includes(one) && answered.has(one.comment.id))
  })
}

async function readAnswered({ github, given: { context } }: Door, issue: number): Promise<ReadonlySet<number>> {
  const [answer] = await github.select([selectConversation('issue', { ...context.repository, number: issue })])
  return toAnswered(answer)
}

/** Who was answered, and what is drawn on: one request, for a run that changes nothing between the two. */
export function readWithAnswered(
  { github, given: { context } }: Door,
  { issue, numbers }: { readonly issue: number; readonly numbers: readonly number[] },
): { readonly answered: Promise<ReadonlySet<number>>; readonly surfaces: Promise<Surfaces> } {
  const { owner, name } = context.repository
  const asked = github.select([
    selectConversation('issue', { ...context.repository, number: issue }),
    selectSurfaces('surfaces', { owner, name, numbers: [...new Set(numbers)], withBodies: false }),
  ])
  return { answered: asked.then(([answer]) => toAnswered(answer)), surfaces: asked.then(([, answer]) => toSurfaces(context, answer)) }
}

async function toAnswered(answer: unknown): Promise<ReadonlySet<number>> {
  const { parseConversation } = await import('@switchyard/github/operations')
  return findAnswered('release', parseConversation(answer)?.comments ?? [])
}
