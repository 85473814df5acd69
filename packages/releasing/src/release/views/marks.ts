import { isJsonObject, type Json, type JsonObject } from '@switchyard/core'
import { CATEGORIES } from '../../model.ts'
import type { ReleaseEvent } from '../records/events.ts'
import type { Anchor, CustomStep, LastRun } from '../records/parts.ts'

/** A run that ended with another exit code than 0. */
export type FailedRun = Pick<LastRun, 'exit_code' | 'url'>

export type OwnStep = Pick<CustomStep, 'name' | 'category' | 'anchor'>

/** What a customer's row says of its copies beside their status; a key is left out where there is nothing to say. */
export type Marks = {
  /** Copies with content of the customer's own, by id. */
  readonly overridden?: readonly string[]
  /** What the customer's own steps are called and where they stand, by id. */
  readonly own?: Readonly<Record<string, OwnStep>>
  /** Copies whose last run failed, by id, until somebody marks them or a later run succeeds. */
  readonly failed?: Readonly<Record<string, FailedRun>>
}

/** The marks after an event on the customer; the same object where it changes none. */
export function evolveMarks(marks: Marks, event: ReleaseEvent): Marks {
  switch (event.type) {
    case 'release.step-overridden':
      return withOverridden(marks, event.data.step, true)
    case 'release.step-reset':
      return withOverridden(marks, event.data.step, false)
    case 'release.step-done':
    case 'release.step-skipped': {
      const { step, is_overridden: isOverridden } = event.data
      return withRun(withOverridden(marks, step, isOverridden), step, undefined)
    }
    case 'release.step-reverted':
      return withRun(marks, event.data.step, undefined)
    case 'release.step-ran': {
      const { exit_code, url } = event.data.run
      return withRun(marks, event.data.step, exit_code === 0 ? undefined : { exit_code, url })
    }
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
      return withRun(withOwn(marks, own), step, undefined)
    }
    default:
      return marks
  }
}

/** Those that still stand: pending copies went with their template. */
export function keepMarks({ overridden = [], own = {}, failed = {} }: Marks, isStanding: (id: string) => boolean): Marks {
  return toMarks({
    overridden: overridden.filter(isStanding),
    own: Object.entries(own),
    failed: Object.entries(failed).filter(([id]) => isStanding(id) || Object.hasOwn(own, id)),
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

interface Lists {
  readonly overridden: readonly string[]
  readonly own: readonly (readonly [string, OwnStep])[]
  readonly failed: readonly (readonly [string, FailedRun])[]
}

function toLists({ overridden = [], own = {}, failed = {} }: Marks): Lists {
  return { overridden, own: Object.entries(own), failed: Object.entries(failed) }
}

function toMarks({ overridden, own, failed }: Lists): Marks {
  return {
    ...(overridden.length > 0 && { overridden }),
    ...(own.length > 0 && { own: Object.fromEntries(own) }),
    ...(failed.length > 0 && { failed: Object.fromEntries(failed) }),
  }
}

/** Marks as they were written; what is none is left out. */
export function parseMarks({ overridden, own, failed }: JsonObject): Marks {
  return toMarks({
    overridden: Array.isArray(overridden) ? overridden.filter((id) => typeof id === 'string') : [],
    own: parseEach(own, parseOwn),
    failed: parseEach(failed, parseFailed),
  })
}

function parseEach<T>(record: Json | undefined, parse: (value: Json | undefined) => readonly T[]): readonly (readonly [string, T])[] {
  if (!isJsonObject(record)) return []
  return Object.entries(record).flatMap(([id, value]) => parse(value).map((parsed) => [id, parsed] as const))
}

function parseFailed(run: Json | undefined): readonly FailedRun[] {
  if (!isJsonObject(run)) return []
  const { exit_code, url } = run
  return typeof exit_code === 'number' && typeof url === 'string' ? [{ exit_code, url }] : []
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
