import { isSameName } from '../names.ts'
import type { CandidateRecord } from '../records/parts.ts'
import { parseMarker, renderMarker } from '../chain.ts'
import type { StartWorkflow } from '../records/effects.ts'

/** A run of the target's workflow, as GitHub lists it. */
export interface CandidateRun {
  readonly runId: number
  readonly url: string
  readonly displayTitle: string
  readonly event: string
  readonly actor: string
  readonly headBranch: string | null
  /** ms since the epoch; GitHub counts in whole seconds. */
  readonly createdAt: number
}

export interface CandidateQuestion {
  readonly effect: StartWorkflow
  /** When the intent was recorded, in ms since the epoch by GitHub's clock. */
  readonly intentAt: number
  /** Until when the dispatch can have been sent, in ms since the epoch. */
  readonly sentBefore: number
  readonly candidates: readonly CandidateRun[]
  /** Who sends our dispatches; undefined: not known. */
  readonly actor: string | undefined
  /** Runs that are known to be another dispatch's. */
  readonly taken: ReadonlySet<number>
}

export type Classification = { readonly kind: 'found'; readonly run: CandidateRecord } | { readonly kind: 'none' } | { readonly kind: 'unclear'; readonly candidates: readonly CandidateRecord[] }

/** GitHub's clock shows whole seconds, and its machines differ by a little. */
const SLACK_MS = 5_000

/**
 * Which run a lost answer was about: by its marker where the workflow shows it, else by all that a run shows. A run that
 * should show our marker and shows none may be a person's: that is for a person to say.
 */
export function classifyCandidates(question: CandidateQuestion): Classification {
  const { effect, candidates, taken } = question
  const alike = candidates.filter((candidate) => !taken.has(candidate.runId) && isAlike(candidate, question))
  const marked = alike.filter(({ displayTitle }) => markerIn(displayTitle) === renderMarker(effect.chain))
  const unmarked = alike.filter(({ displayTitle }) => markerIn(displayTitle) === undefined)
  const runs = (marked.length > 0 ? marked : unmarked).map(({ runId, url }) => ({ run_id: runId, url }))
  const [first, second] = runs
  if (!first) return { kind: 'none' }
  const isSure = second === undefined && (marked.length > 0 || effect.marker === null)
  return isSure ? { kind: 'found', run: first } : { kind: 'unclear', candidates: runs }
}

function isAlike(candidate: CandidateRun, { effect, intentAt, sentBefore, actor }: CandidateQuestion): boolean {
  return (
    candidate.event === 'workflow_dispatch' &&
    candidate.headBranch === effect.target.ref &&
    (actor === undefined || isSameName(candidate.actor, actor)) &&
    candidate.createdAt >= intentAt - SLACK_MS &&
    candidate.createdAt <= sentBefore + SLACK_MS
  )
}

function markerIn(title: string): string | undefined {
  const parsed = parseMarker(title)
  return parsed && renderMarker(parsed)
}
