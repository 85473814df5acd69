import { isJsonObject, type Json, type JsonObject } from '@switchyard/core'
import { CATEGORIES } from '../../model.ts'
import type { ReleaseEvent } from '../records/events.ts'
import type { Anchor, CustomStep } from '../records/parts.ts'

export type OwnStep = Pick<CustomStep, 'name' | 'category' | 'anchor'>

/** What a customer's row says of its copies beside their status; a key is left out where there is nothing to say. */
export type Marks = {
  /** Copies with content of the customer's own, by id. */
  readonly overridden?: readonly string[]
  /** What the customer's own steps are called and where they stand, by id. */
  readonly own?: Readonly<Record<string, OwnStep>>
}

/** The marks after an event on the customer; the same object where it changes none. */
export function evolveMarks(marks: Marks, event: ReleaseEvent): Marks {
  switch (event.type) {
    case 'release.step-overridden':
      return withOverridden(marks, event.data.step, true)
    case 'release.step-reset':
      return withOverridden(marks, event.data.step, false)
    case 'release.step-done':
    case 'release.step-skipped':
      return withOverridden(marks, event.data.step, event.data.is_overridden)
    case 'release.step-added': {
      const { id, name, category, anchor } = event.data.step
      return toMarks(marks.overridden ?? [], [...Object.entries(marks.own ?? {}), [id, { name, category, anchor }]])
    }
    case 'release.step-edited': {
      const { step, name, anchor } = event.data
      const change = { ...(name !== null && { name }), ...(anchor !== null && { anchor }) }
      const own = Object.entries(marks.own ?? {}).map(([id, known]) => [id, id === step ? { ...known, ...change } : known] as const)
      return toMarks(marks.overridden ?? [], own)
    }
    case 'release.step-removed':
      return toMarks(
        marks.overridden ?? [],
        Object.entries(marks.own ?? {}).filter(([id]) => id !== event.data.step),
      )
    default:
      return marks
  }
}

/** Those that still stand: pending copies went with their template. */
export function keepMarks(marks: Marks, isStanding: (id: string) => boolean): Marks {
  return toMarks((marks.overridden ?? []).filter(isStanding), Object.entries(marks.own ?? {}))
}

function withOverridden(marks: Marks, step: string, isOverridden: boolean): Marks {
  const before = marks.overridden ?? []
  if (before.includes(step) === isOverridden) return marks
  return toMarks(isOverridden ? [...before, step] : before.filter((id) => id !== step), Object.entries(marks.own ?? {}))
}

function toMarks(overridden: readonly string[], own: readonly (readonly [string, OwnStep])[]): Marks {
  return { ...(overridden.length > 0 && { overridden }), ...(own.length > 0 && { own: Object.fromEntries(own) }) }
}

/** Marks as they were written; what is none is left out. */
export function parseMarks({ overridden, own }: JsonObject): Marks {
  const ids = Array.isArray(overridden) ? overridden.filter((id) => typeof id === 'string') : []
  const steps = isJsonObject(own) ? Object.entries(own).flatMap(([id, step]) => parseOwn(step).map((parsed) => [id, parsed] as const)) : []
  return toMarks(ids, steps)
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
