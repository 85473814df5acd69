import type { GitHubError, UserError } from '@switchyard/core'
import type { AppliedIssue, ConvergeAnswer, ItemChange, PlanIssue } from '@switchyard/planning'
import { decideDifference, inStandingOrder, isHarmless, nextApplied, renderApplied, runsOf } from '@switchyard/planning/tree'
import type { Door } from '../door.ts'
import { explainFinal } from '../target.ts'
import { changeItems } from './change-items.ts'
import { closeDoubles } from './close-doubles.ts'
import { beginCreation } from './create-items.ts'
import { isFinal, toFailed } from './final.ts'
import { followParents, statesOf } from './follow-parents.ts'
import { linkItems } from './link-items.ts'
import type { Made, Stopped } from './made.ts'
import { beginMaking, type Converged, type Found, type Making } from './making.ts'
import { foundOf, type Observed, observeItems } from './observe-items.ts'
import { orderItems } from './order-items.ts'
import { findMarkGone } from './refuse-unmarked.ts'
import { countChanged, sortItems } from './sort-items.ts'

interface Outcome {
  readonly answer: ConvergeAnswer
  readonly made: Made
}

/** Of a run that found another difference than the one that was confirmed, or one that has to be. */
export const DIFFERENCE_MOVED = 'DIFFERENCE_MOVED'

/** From what is to what the plan wants, parents before their children; what was done before, by whomever, is not done again. */
export async function carryOut(door: Door, converged: Converged): Promise<Outcome> {
  const { subject, applied, issues, isTakenOver, unlisted, confirmed } = converged
  // Nobody can have begun what this very run has just written down.
  const seen = unlisted !== null || applied.length > 0 ? await look(converged) : []
  const { changes, conflicts, hash } = decideDifference({ subject, applied, wanted: issues, seen })
  // Looked at once more, since other runs may have passed between what was shown and this.
  const isAgreed = confirmed === undefined ? isHarmless({ changes, conflicts }) : confirmed === hash
  if (!isTakenOver && !isAgreed) return refuseMoved(converged)
  const making = beginMaking(converged, { changes, seen })
  const unmade = await work(door, making, { changes, seen })
  const states: ItemChange[] = []
  const failure = unmade ?? (await attempt(async () => void states.push(...(await follow(making, seen)))))
  const { notes } = making
  const next = failure === undefined ? nextOf(making, seen) : leftOf(making, seen)
  const before = new Set(applied.map(({ number }) => number))
  // With what the run that this one took over had made.
  const created = next.filter(({ number }) => !before.has(number)).length
  const changed = countChanged(making)
  const written = { applied: renderApplied(next), items: Object.fromEntries(next.map(({ key, number }) => [key, number])) }
  return {
    answer:
      failure === undefined
        ? {
            kind: 'converged',
            ...written,
            created,
            changed,
            conflicts: conflicts.length,
            found: foundOf(seen),
            ...(states.length > 0 && { states }),
          }
        : { ...toFailed(failure), ...written, unlistedSince: making.isUnsure ? making.doubtful.since : undefined },
    made: { created, changed, conflicts, notes, applied: next, stopped: failure && countsOf(issues, next) },
  }
}

/**
 * The issues as they are. Where the target cannot be read any more, it is asked about once more: what that says counts, and what says
 * that it is there leaves the work open.
 */
async function look({ target, applied, unlisted, requireConsent }: Converged): Promise<readonly Observed[]> {
  try {
    return await observeItems(target, { applied, unlisted })
  } catch (error) {
    if (!isFinal(error)) throw error
    await requireConsent()
    return explainFinal(target, error)
  }
}

/** How it stands after what was done. */
function nextOf({ subject, applied, issues, done, numbers }: Making, seen: readonly Observed[]): readonly AppliedIssue[] {
  return nextApplied({ subject, applied, wanted: issues, seen, done, numbers })
}

/** The same of a try that failed, in the order in which the issues stand. */
function leftOf(making: Making, seen: readonly Observed[]): readonly AppliedIssue[] {
  const { issues, there, isOrdered } = making
  const numberOf = (key: string | undefined): number | undefined => (key === undefined ? undefined : there.get(key)?.number)
  const ordered = issues.flatMap(({ key, parent }) => {
    const number = numberOf(key)
    return number === undefined ? [] : [{ number, parent: numberOf(parent) }]
  })
  return inStandingOrder(nextOf(making, seen), { ...making, ordered: isOrdered ? ordered : [] })
}

/** What changed of the issues' states, for the ledger to know: of what the plan dropped or has again, and of the parents that follow. */
async function follow(making: Making, seen: readonly Observed[]): Promise<readonly ItemChange[]> {
  const after = nextOf(making, seen)
  return [...statesOf(making.applied, after), ...(await followParents(making, { after, seen }))]
}

/** Somebody changed an issue between the look that was confirmed and this one: nothing is done. */
function refuseMoved({ applied, unlisted }: Converged): Outcome {
  return {
    answer: {
      kind: 'failed',
      code: DIFFERENCE_MOVED,
      message: 'An issue was changed just now, so the difference is another one than the one that was looked at. Nothing was done.',
      hint: 'Say the same without `--confirm` to see it as it is.',
      applied: undefined,
      items: {},
      unlistedSince: unlisted?.since,
    },
    made: { created: 0, changed: 0, conflicts: [], notes: [], applied },
  }
}

function countsOf(issues: readonly PlanIssue[], next: readonly AppliedIssue[]): Stopped {
  const there = new Set(next.map(({ key }) => key))
  return { done: issues.filter(({ key }) => there.has(key)).length, total: issues.length, resumesAt: undefined }
}

/** Returns what somebody has to mend before it can go on. */
async function work(door: Door, making: Making, { changes, seen }: Found): Promise<UserError | GitHubError | undefined> {
  const unwanted = await attempt(making.requireConsent)
  if (unwanted !== undefined) return unwanted
  const unmarked = making.isUnsure ? findMarkGone({ ...making, changes, seen }) : undefined
  if (unmarked !== undefined) return unmarked
  const refused = await attempt(async () => {
    const create = await beginCreation(door, making, changes)
    for (const run of runsOf(changes, new Set(making.there.keys()))) {
      if (run.kind === 'create') await create(run.issues)
      else await changeItems(making, run.changes, seen)
    }
  })
  // Whatever went wrong: nothing stays twice.
  const unclosed = making.isUnsure ? await attempt(() => closeDoubles(making)) : undefined
  // Also where something was refused: the next try appends what is missing to what stands.
  const unordered = await attempt(async () => {
    await orderItems(making, changes, seen)
    making.isOrdered = true
  })
  const failure = refused ?? unclosed ?? unordered
  if (failure !== undefined) return failure
  return attempt(async () => {
    await linkItems(making, changes, seen)
    await sortItems(making, changes, seen)
  })
}

/** What somebody has to mend ends it; all else is left open, to be gone on with. */
async function attempt(step: () => Promise<void>): Promise<UserError | GitHubError | undefined> {
  try {
    await step()
    return undefined
  } catch (error) {
    if (isFinal(error)) return error
    throw error
  }
}
