import { isJsonObject, type Json, type JsonObject, type Recorded, type View } from '@switchyard/core'
import type { DispatchEvent } from '../records/events.ts'
import { endingOf, type EndingEvent, isEnding, memberOf, numberOf, reasonOf, whenOf } from './entry.ts'

/** Targets in the open document; beyond, those longest without an event are moved to a page. */
export const MAX_TARGETS = 1_000
/** How many are moved at once, so that pages are few. */
export const MOVED_AT_ONCE = 100

/** One entry a target workflow: how often it was dispatched to or refused, and the last of each. */
export const targetsView: View<DispatchEvent> = {
  name: 'targets',
  document: () => 'targets',
  initial: { pages: 0, targets: {} },
  evolve(document, event) {
    if (!isEnding(event)) return { document }
    const pages = isJsonObject(document) ? numberOf(document.pages) : 0
    const targets = memberOf(document, 'targets')
    const key = targetKey(event)
    const grown = { ...targets, [key]: entryOf(targets[key], event) }
    if (Object.keys(grown).length <= MAX_TARGETS) return { document: { pages, targets: grown } }
    const bySeq = Object.entries(grown).sort(([, left], [, right]) => lastSeq(left) - lastSeq(right))
    const number = pages + 1
    return {
      document: { pages: number, targets: Object.fromEntries(bySeq.slice(MOVED_AT_ONCE)) },
      pages: { [`targets/${number}`]: { page: number, targets: Object.fromEntries(bySeq.slice(0, MOVED_AT_ONCE)) } },
    }
  },
}

function targetKey({ data: { target } }: EndingEvent): string {
  return `${target.repository_id ?? target.repository.toLowerCase()} ${target.workflow.toLowerCase()}`
}

function lastSeq(entry: Json | undefined): number {
  return isJsonObject(entry) ? numberOf(entry.last_seq) : 0
}

function entryOf(before: Json | undefined, event: Recorded<DispatchEvent> & EndingEvent): JsonObject {
  const entry = isJsonObject(before) ? before : {}
  const { target, source } = event.data
  const ending = endingOf(event)
  return {
    ...entry,
    repository_id: target.repository_id,
    repository: target.repository,
    visibility: target.visibility,
    workflow: target.workflow,
    counts: { ...memberOf(entry, 'counts'), [ending]: numberOf(memberOf(entry, 'counts')[ending]) + 1 },
    last: {
      at: whenOf(event),
      outcome: ending,
      reason: reasonOf(event),
      source: source.repository,
      source_url: source.url,
      url: event.type === 'dispatch.started' ? event.data.url : null,
    },
    last_seq: event.seq,
  }
}
