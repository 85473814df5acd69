import { isJsonObject, type Json, type JsonObject, type Recorded, type View } from '@switchyard/core'
import type { DispatchEvent } from '../records/events.ts'
import { endingOf, type EndingEvent, isEnding, memberOf, numberOf, reasonOf, whenOf } from './entry.ts'
import { bytesOf, MAX_VIEW_BYTES } from './size.ts'

/** Bytes of the open document that are moved to a page at once, so that pages are few. */
const MOVED_BYTES = MAX_VIEW_BYTES / 2

/**
 * One entry a target workflow: how often it was dispatched to or refused, and the last of each. When the document is full,
 * the targets that were quiet longest are moved to a page. One that comes back is counted anew, and says so: `since` is its first event that is
 * counted, and `earlier_pages` how many pages may hold counts from before.
 */
export const targetsView: View<DispatchEvent> = {
  name: 'targets',
  document: () => 'targets',
  initial: { pages: 0, targets: {} },
  evolve(document, event) {
    if (!isEnding(event)) return { document }
    const pages = isJsonObject(document) ? numberOf(document.pages) : 0
    const targets = memberOf(document, 'targets')
    const key = targetKey(event)
    const grown = { ...targets, [key]: entryOf(targets[key] ?? { since: whenOf(event), earlier_pages: pages }, event) }
    if (bytesOf({ pages, targets: grown }) <= MAX_VIEW_BYTES) return { document: { pages, targets: grown } }
    const bySeq = Object.entries(grown).sort(([, left], [, right]) => lastSeq(left) - lastSeq(right))
    const moved = countWithin(bySeq, MOVED_BYTES)
    const number = pages + 1
    return {
      document: { pages: number, targets: Object.fromEntries(bySeq.slice(moved)) },
      pages: { [`targets/${number}`]: { page: number, targets: Object.fromEntries(bySeq.slice(0, moved)) } },
    }
  },
}

/** How many entries from the beginning fit into so many bytes; one at the least. */
function countWithin(entries: readonly (readonly [string, Json | undefined])[], bytes: number): number {
  let left = bytes
  const first = entries.findIndex(([key, entry]) => (left -= bytesOf({ [key]: entry ?? null })) < 0)
  return Math.max(1, first < 0 ? entries.length : first)
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
