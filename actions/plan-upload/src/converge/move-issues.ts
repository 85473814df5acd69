import type { Drawing } from '@switchyard/github/operations'
import type { TargetSeen } from '../target.ts'

/** A change of an issue that may be sent twice; of a move, where the issue is to stand. */
export interface Step {
  readonly drawings: readonly Drawing[]
  readonly moved?: { readonly number: number; readonly under: number | undefined } | undefined
}

/**
 * Carries steps out one after another. Each comes to the same when it is sent twice, but for moves, of which GitHub refuses the second:
 * where one is refused, it is looked whether the issue stands there already. Returns GitHub's words by place; undefined for what is done.
 */
export async function drawSteps(target: TargetSeen, steps: readonly Step[]): Promise<readonly (string | undefined)[]> {
  const { drawInOrder, readIssuesByNumber } = await import('@switchyard/github/operations')
  const all = steps.flatMap(({ drawings }) => drawings)
  const drawn = await drawInOrder(target.github, all, { idempotent: true })
  let at = 0
  const refusals = steps.map(({ drawings }) => drawn.slice(at, (at += drawings.length)).find((message) => message !== undefined))
  const doubtful = steps.flatMap(({ moved }, place) => (refusals[place] === undefined ? [] : (moved?.number ?? [])))
  if (doubtful.length === 0) return refusals
  const seen = await readIssuesByNumber(target.github, target, doubtful)
  return refusals.map((refusal, place) => {
    const moved = steps[place]?.moved
    const issue = moved && seen.get(moved.number)
    return issue !== undefined && issue.parent === moved?.under ? undefined : refusal
  })
}
