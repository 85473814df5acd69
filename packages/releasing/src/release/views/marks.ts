import { isJsonObject, isSameAttempt, type Json, type JsonObject, type Recorded, type RunRef } from '@switchyard/core'
import { CATEGORIES } from '../../model.ts'
import type { ReleaseEvent } from '../records/events.ts'
import type { Anchor, CustomStep, LastRun } from '../records/parts.ts'

/** A run that ended with another exit code than 0; null: it was cut off, and nobody knows how far it came. */
export type FailedRun = Pick<LastRun, 'url'> & { readonly exit_code: number | null }

/** Which run, as it is asked of GitHub, and when it began, in ms since the epoch. */
export type OpenRun = Pick<RunRef, keyof RunRef> & { readonly at: number }

export type OwnStep = Pick<CustomStep, 'name' | 'category' | 'anchor'>

/** What a customer's row says of its copies beside their status; a key is left out where there is nothing to say. */
export type Marks = {
  /** Copies with content of the customer's own, by id. */
  readonly overridden?: readonly string[]
  /** What the customer's own steps are called and where they stand, by id. */
  readonly own?: Readonly<Record<string, OwnStep>>
  /** Copies whose last run failed, by id, until somebody marks them or a later run succeeds. */
  readonly failed?: Readonly<Record<string, FailedRun>>
  /** Runs that have begun and are not known to have ended, by step. */
  readonly begun?: Readonly<Record<string, OpenRun>>
}

/** The marks after an event on the customer; the same object where it changes none. */
export function evolveMarks(marks: Marks, event: Recorded<ReleaseEvent>): Marks {
  switch (event.type) {
    case 'release.step-overridden':
      return withOverridden(marks, event.data.step, true)
    case 'release.step-reset':
      return withBegun(withOverridden(withFound(marks, event.data.step), event.data.step, false), event.data.step, undefined)
    case 'release.step-done':
    case 'release.step-skipped': {
      const { step, is_overridden: isOverridden } = event.data
      return closed(withOverridden(marks, step, isOverridden), step)
    }
    case 'release.step-reverted':
      return closed(marks, event.data.step)
    case 'release.step-ran': {
      const { exit_code, url } = event.data.run
      return withRun(withoutOwn(marks, event), event.data.step, exit_code === 0 ? undefined : { exit_code, url })
    }
    case 'release.step-run-begun': {
      const { repository, run_id, run_attempt, job, url } = event.run
      return withBegun(marks, event.data.step, { repository, run_id, run_attempt, job, url, at: event.at })
    }
    case 'release.step-run-dropped':
      return withoutOwn(withFound(marks, event.data.step), event)
    case 'release.step-run-lost': {
      const { step, url } = event.data
      return withRun(withBegun(marks, step, undefined), step, { exit_code: null, url })
    }
    case 'release.steps-imported':
      return event.data.cells.reduce((now, { step }) => withBegun(now, step, undefined), marks)
    case 'release.step-added': {
      const { id, name, category, anchor } = event.data.step
      return withOwn(marks, [...Object.entries(marks.own ?? {}), [id, { name, category, anchor }]])
    }
    case 'release.step-edited': {
      const { step, name, anchor } = event.data
      const change = { ...(name !== null && { name }), ...(anchor !== null && { anchor }) }
      const own = Object.entries(marks.own ?? {}).map(([id, known]) => [id, id === step ? { ...known, ...change } : known] as const)
      return withOwn(marks, own)
    }
    case 'release.step-removed': {
      const { step } = event.data
      const own = Object.entries(marks.own ?? {}).filter(([id]) => id !== step)
      return closed(withOwn(marks, own), step)
    }
    default:
      return marks
  }
}

/** Those that still stand: pending copies went with their template. */
export function keepMarks({ overridden = [], own = {}, failed = {}, begun = {} }: Marks, isStanding: (id: string) => boolean): Marks {
  return toMarks({
    overridden: overridden.filter(isStanding),
    own: Object.entries(own),
    failed: Object.entries(failed).filter(([id]) => isStanding(id) || Object.hasOwn(own, id)),
    // What may have run is no less open for that its template went.
    begun: Object.entries(begun),
  })
}

function withOverridden(marks: Marks, step: string, isOverridden: boolean): Marks {
  const before = marks.overridden ?? []
  if (before.includes(step) === isOverridden) return marks
  return toMarks({ ...toLists(marks), overridden: isOverridden ? [...before, step] : before.filter((id) => id !== step) })
}

function withOwn(marks: Marks, own: Lists['own']): Marks {
  return toMarks({ ...toLists(marks), own })
}

/** undefined: nothing failed since. */
function withRun(marks: Marks, step: string, run: FailedRun | undefined): Marks {
  const others = Object.entries(marks.failed ?? {}).filter(([id]) => id !== step)
  if (run === undefined && others.length === Object.keys(marks.failed ?? {}).length) return marks
  return toMarks({ ...toLists(marks), failed: run === undefined ? others : [...others, [step, run]] })
}

/** Nobody asks any more how its last run ended. */
function closed(marks: Marks, step: string): Marks {
  return withBegun(withRun(marks, step, undefined), step, undefined)
}

/** Of a run that was cut off it is known again how things stand. */
function withFound(marks: Marks, step: string): Marks {
  return marks.failed?.[step]?.exit_code === null ? withRun(marks, step, undefined) : marks
}

/** Of a run that a person had taken for lost, another may have begun since. */
function withoutOwn(marks: Marks, { data: { step }, run }: Recorded<{ readonly data: { readonly step: string } }>): Marks {
  const begun = marks.begun?.[step]
  return begun !== undefined && isSameAttempt(begun, run) ? withBegun(marks, step, undefined) : marks
}

/** undefined: it is open no more. */
function withBegun(marks: Marks, step: string, run: OpenRun | undefined): Marks {
  const others = Object.entries(marks.begun ?? {}).filter(([id]) => id !== step)
  if (run === undefined && others.length === Object.keys(marks.begun ?? {}).length) return marks
  return toMarks({ ...toLists(marks), begun: run === undefined ? others : [...others, [step, run]] })
}

interface Lists {
  readonly overridden: readonly string[]
  readonly own: readonly (readonly [string, OwnStep])[]
  readonly failed: readonly (readonly [string, FailedRun])[]
  readonly begun: readonly (readonly [string, OpenRun])[]
}

function toLists({ overridden = [], own = {}, failed = {}, begun = {} }: Marks): Lists {
  return { overridden, own: Object.entries(own), failed: Object.entries(failed), begun: Object.entries(begun) }
}

function toMarks({ overridden, own, failed, begun }: Lists): Marks {
  return {
    ...(overridden.length > 0 && { overridden }),
    ...(own.length > 0 && { own: Object.fromEntries(own) }),
    ...(failed.length > 0 && { failed: Object.fromEntries(failed) }),
    ...(begun.length > 0 && { begun: Object.fromEntries(begun) }),
  }
}

/** Marks as they were written; what is none is left out. */
export function parseMarks({ overridden, own, failed, begun }: JsonObject): Marks {
  return toMarks({
    overridden: Array.isArray(overridden) ? overridden.filter((id) => typeof id === 'string') : [],
    own: parseEach(own, parseOwn),
    failed: parseEach(failed, parseFailed),
    begun: parseEach(begun, parseBegun),
  })
}

function parseEach<T>(record: Json | undefined, parse: (value: Json | undefined) => readonly T[]): readonly (readonly [string, T])[] {
  if (!isJsonObject(record)) return []
  return Object.entries(record).flatMap(([id, value]) => parse(value).map((parsed) => [id, parsed] as const))
}

function parseFailed(run: Json | undefined): readonly FailedRun[] {
  if (!isJsonObject(run)) return []
  const { exit_code, url } = run
  return (typeof exit_code === 'number' || exit_code === null) && typeof url === 'string' ? [{ exit_code, url }] : []
}

function parseBegun(run: Json | undefined): readonly OpenRun[] {
  if (!isJsonObject(run)) return []
  const { repository, run_id, run_attempt, job, url, at } = run
  if (typeof repository !== 'string' || typeof job !== 'string' || typeof url !== 'string') return []
  if (typeof run_id !== 'number' || typeof run_attempt !== 'number' || typeof at !== 'number') return []
  return [{ repository, run_id, run_attempt, job, url, at }]
}

function parseOwn(step: Json | undefined): readonly OwnStep[] {
  if (!isJsonObject(step)) return []
  const { name, anchor } = step
  const category = CATEGORIES.find((each) => each === step['category'])
  if (typeof name !== 'string' || category === undefined) return []
  return [{ name, category, anchor: parseAnchor(anchor) }]
}

function parseAnchor(anchor: Json | undefined): Anchor | null {
  if (!isJsonObject(anchor)) return null
  const { position, step } = anchor
  if ((position !== 'before' && position !== 'after') || typeof step !== 'string') return null
  return { position, step }
}
