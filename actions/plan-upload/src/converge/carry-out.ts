import { GitHubError, UserError } from '@switchyard/core'
import type { PlanFacts } from '@switchyard/github/operations'
import type { AppliedIssue, ConvergeAnswer, PlanIssue, SeenIssue, TreeChange, TreeConflict } from '@switchyard/planning'
import { decideDifference, type MatchInput, matchIssues, nextApplied, renderApplied } from '@switchyard/planning/tree'
import type { Door } from '../door.ts'
import type { TargetSeen } from '../target.ts'
import { changeItems } from './change-items.ts'
import { closeDoubles } from './close-doubles.ts'
import { beginCreation } from './create-items.ts'
import { followParents, statesOf } from './follow-parents.ts'
import { linkItems } from './link-items.ts'
import { countChanged, sortItems } from './sort-items.ts'
import { type Observed, observeItems } from './observe-items.ts'
import type { ProgressCard } from './progress-card.ts'

export interface Converged {
  readonly target: TargetSeen
  /** Before anything is written there. @throws {UserError} where the target takes no issues any more. */
  readonly requireConsent: () => Promise<void>
  /** What the plan names at the target, asked for where something is to be made. @throws {UserError} for what is not there. */
  readonly readFacts: () => Promise<PlanFacts>
  readonly subject: string
  readonly applied: readonly AppliedIssue[]
  readonly issues: readonly PlanIssue[]
  /** When the intent was opened, ms since the epoch. */
  readonly openedAt: number
  /** Whether somebody else may have done a part of it. */
  readonly isTakenOver: boolean
  /** Hash of the difference that may be carried out, if only one may; whoever takes over goes on with what is left of it. */
  readonly confirmed: string | undefined
  readonly progress: ProgressCard
}

/** What a run did, for whoever asked. */
export interface Made {
  readonly created: number
  readonly changed: number
  readonly conflicts: readonly TreeConflict[]
  /** What GitHub left out without a word, or what was mended on the way, a sentence each. */
  readonly notes: readonly string[]
  readonly applied: readonly AppliedIssue[]
  /** How far it came, where it is to be gone on with; undefined: it came to its end. */
  readonly stopped?: Stopped | undefined
}

export interface Stopped {
  readonly done: number
  readonly total: number
  /** When GitHub has room again, ms since the epoch; undefined: something else stopped it. */
  readonly resumesAt: number | undefined
}

/** How far it is, in the hands of those who carry it out. */
export interface Making extends Converged {
  /** Issues that are there, by key. */
  readonly there: Map<string, Pick<SeenIssue, 'number' | 'nodeId'>>
  /** Numbers of those that this run made, by key. */
  readonly numbers: Map<string, number>
  /** What of the difference was carried out. */
  readonly done: TreeChange[]
  readonly notes: string[]
  /** What was made and does not stand under its parent yet. */
  readonly parentless: PlanIssue[]
  /** Whether something may have been made twice, since an answer was lost. */
  isUnsure: boolean
}

interface Outcome {
  readonly answer: ConvergeAnswer
  readonly made: Made
}

/** Of a sync that found another difference than the one that was confirmed. */
export const DIFFERENCE_MOVED = 'DIFFERENCE_MOVED'

/** From what is to what the plan wants, parents before their children; what was done before, by whomever, is not done again. */
export async function carryOut(door: Door, converged: Converged): Promise<Outcome> {
  const { target, subject, applied, issues, isTakenOver, openedAt, confirmed } = converged
  // Nobody can have begun what this very run has just written down.
  const seen = isTakenOver || applied.length > 0 ? await observeItems(target, { applied, since: isTakenOver ? openedAt : undefined }) : []
  const { changes, conflicts, hash } = decideDifference({ subject, applied, wanted: issues, seen })
  if (!isTakenOver && confirmed !== undefined && confirmed !== hash) return refuseMoved(applied)
  const making: Making = { ...converged, there: new Map(), numbers: new Map(), done: [], notes: [], parentless: [], isUnsure: isTakenOver }
  for (const [key, issue] of namedOf({ subject, applied, seen }, changes)) making.there.set(key, issue)
  const failure = await work(door, making, { changes, seen })
  const { done, numbers, notes } = making
  const next = nextApplied({ subject, applied, wanted: issues, seen, done, numbers })
  const states = failure === undefined ? [...statesOf(applied, next), ...(await followParents(making, { after: next, seen }))] : []
  const before = new Set(applied.map(({ number }) => number))
  // With what the run that this one took over had made.
  const created = next.filter(({ number }) => !before.has(number)).length
  const changed = countChanged(done)
  const written = { applied: renderApplied(next), items: Object.fromEntries(next.map(({ key, number }) => [key, number])) }
  return {
    answer:
      failure === undefined
        ? { kind: 'converged', ...written, created, changed, conflicts: conflicts.length, ...(states.length > 0 && { states }) }
        : { kind: 'failed', code: failure.code, message: failure.message, hint: failure.hint ?? 'Mend it, and say it again.', ...written },
    made: { created, changed, conflicts, notes, applied: next, stopped: failure && countsOf(issues, next) },
  }
}

/** Somebody changed an issue between the look that was confirmed and this one: nothing is done. */
function refuseMoved(applied: readonly AppliedIssue[]): Outcome {
  return {
    answer: {
      kind: 'failed',
      code: DIFFERENCE_MOVED,
      message: 'An issue was changed just now, so the difference is another one than the one that was confirmed. Nothing was done.',
      hint: 'Say `/plan sync` to see it as it is.',
      applied: undefined,
      items: {},
    },
    made: { created: 0, changed: 0, conflicts: [], notes: [], applied },
  }
}

/** The issues that are there, by the keys that they have from now on. */
function namedOf(input: MatchInput, changes: readonly TreeChange[]): ReadonlyMap<string, SeenIssue> {
  const renamed = new Map(changes.flatMap((change) => (change.kind === 'rename' ? [[change.from, change.issue.key] as const] : [])))
  return new Map([...matchIssues(input).issues].map(([key, issue]) => [renamed.get(key) ?? key, issue]))
}

function countsOf(issues: readonly PlanIssue[], next: readonly AppliedIssue[]): Stopped {
  const there = new Set(next.map(({ key }) => key))
  return { done: issues.filter(({ key }) => there.has(key)).length, total: issues.length, resumesAt: undefined }
}

type Move = Extract<TreeChange, { kind: 'move' }>

interface Found {
  readonly changes: readonly TreeChange[]
  readonly seen: readonly Observed[]
}

/** Returns what somebody has to mend before it can go on. */
async function work(door: Door, making: Making, { changes, seen }: Found): Promise<UserError | GitHubError | undefined> {
  const unwanted = await attempt(making.requireConsent)
  if (unwanted !== undefined) return unwanted
  const refused = await attempt(async () => {
    const create = await beginCreation(door, making, changes)
    for (const run of runsOf(changes, making)) {
      if (run.kind === 'create') await create(run.issues)
      else await changeItems(making, run.changes, seen)
    }
  })
  // Whatever went wrong: nothing stays twice.
  const unclosed = making.isUnsure ? await attempt(() => closeDoubles(making)) : undefined
  if (refused !== undefined || unclosed !== undefined) return refused ?? unclosed
  return attempt(async () => {
    await linkItems(making, changes, seen)
    await sortItems(making, changes, seen)
  })
}

type Run =
  | { readonly kind: 'create'; readonly issues: PlanIssue[] }
  | { readonly kind: 'change'; readonly changes: Exclude<TreeChange, { kind: 'create' }>[] }

/** In the difference's order, since a move may have to make room before something is made: what is alike and adjacent goes together. */
function runsOf(changes: readonly TreeChange[], making: Making): readonly Run[] {
  // What a dead or refused try made and left under nothing comes before what is made next: the plan's order.
  const first = changes.filter(
    (change, at) => isLeftOver(change, making) && !changes.slice(0, at).some((other) => makesRoom(other, change)),
  )
  const runs: Run[] = []
  for (const change of [...first, ...changes.filter((each) => !first.includes(each))]) {
    const last = runs.at(-1)
    if (change.kind === 'link' || change.kind === 'unlink' || change.kind === 'sort') continue
    if (change.kind === 'create') {
      if (last?.kind === 'create') last.issues.push(change.issue)
      else runs.push({ kind: 'create', issues: [change.issue] })
    } else if (last?.kind === 'change') last.changes.push(change)
    else runs.push({ kind: 'change', changes: [change] })
  }
  return runs
}

function isLeftOver(change: TreeChange, { there }: Making): change is Move {
  return change.kind === 'move' && change.from === undefined && change.to !== undefined && there.has(change.to)
}

function makesRoom(change: TreeChange, { to }: Move): boolean {
  return change.kind === 'move' && change.from === to
}

/** What somebody has to mend ends it; all else is left open, to be gone on with. */
async function attempt(step: () => Promise<void>): Promise<UserError | GitHubError | undefined> {
  try {
    await step()
    return undefined
  } catch (error) {
    if ((error instanceof UserError || error instanceof GitHubError) && error.retryPolicy === 'after-change') return error
    throw error
  }
}
