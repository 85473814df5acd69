import { findAnswered } from '@switchyard/commands'
import { GitHubError, type RunRef } from '@switchyard/core'
import { selectConversation, selectSurfaces } from '@switchyard/github'
import type { Surfaces } from '@switchyard/github/operations'
import type { Door } from './door.ts'
import { toSurfaces } from './surfaces.ts'
import type { GroupResult } from './transact.ts'
import type { Understood } from './understand.ts'

interface Question {
  readonly issue: number
  readonly understood: readonly Understood[]
  readonly results: ReadonlyMap<Understood, GroupResult>
  /** The comments that have a reply, where that was looked up already. */
  readonly answered: Promise<ReadonlySet<number>> | undefined
}

/**
 * The comments that this run answers, of all that it understood: whoever recorded an outcome tells it. What another run recorded
 * is left to that run while it goes on; what no run recorded is answered unless another was faster.
 */
export async function findOurs(door: Door, { issue, understood, results, answered: looked }: Question): Promise<readonly Understood[]> {
  const owners = new Map(understood.map((one) => [one, ownerOf(results.get(one))]))
  const isCertain = (one: Understood): boolean => isThis(door, owners.get(one))
  if (understood.every(isCertain)) return understood
  const others = [...owners.values()].filter((owner) => owner !== undefined && !isThis(door, owner))
  const over = new Map<string, boolean>()
  for (const owner of others) if (owner !== undefined && !over.has(nameOf(owner))) over.set(nameOf(owner), await isOver(door, owner))
  const answered = await (looked ?? readAnswered(door, issue))
  return understood.filter((one) => {
    const owner = owners.get(one)
    if (isCertain(one)) return !one.isPast
    if (answered.has(one.comment.id)) return false
    if (owner === undefined) return !(one.isPast && results.get(one)?.kind === 'done')
    return over.get(nameOf(owner)) ?? false
  })
}

/** Who recorded an outcome; undefined: there was nothing to record. */
function ownerOf(result: GroupResult | undefined): RunRef | undefined {
  return result?.kind === 'done' ? result.events[0]?.run : undefined
}

function isThis({ given: { context } }: Door, owner: RunRef | undefined): boolean {
  return owner !== undefined && owner.run_id === context.run.id && owner.run_attempt === context.run.attempt
}

function nameOf({ run_id: id, run_attempt: attempt }: RunRef): string {
  return `${id} ${attempt}`
}

/** Where it cannot be known, it is better to answer twice than never. */
async function isOver({ github }: Door, attempt: RunRef): Promise<boolean> {
  const { isAttemptOver } = await import('@switchyard/github/operations')
  try {
    return (await isAttemptOver(github, attempt)) ?? true
  } catch (error) {
    if (error instanceof GitHubError && error.status !== undefined && error.status < 500) return true
    throw error
  }
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
