import { isJsonObject, type Json, type JsonObject, type Recorded, type View, type ViewChange } from '@switchyard/core'
import type { DispatchEvent } from '../records/events.ts'
import { endingOf, isEnding, numberOf, reasonOf, whenOf } from './entry.ts'
import { monthOf } from './month.ts'
import { bytesOf, MAX_VIEW_BYTES } from './size.ts'

/** Entries of the open page; when it is full, or one more would make it too big, it is closed and the next begins. */
export const LOG_PAGE = 200

/** What happened, by month, newest last. Full pages are closed as `log/<month>/<number>`. */
export const logView: View<DispatchEvent> = {
  name: 'log',
  document: (at) => `log/${monthOf(at)}`,
  initial: { pages: 0, entries: [] },
  evolve(document, event) {
    const entry = entryOf(event)
    if (entry === undefined) return { document }
    const { pages, entries } = parseLog(document)
    const number = pages + 1
    const close = (page: readonly Json[], next: readonly Json[]): ViewChange => ({
      document: { pages: number, entries: [...next] },
      pages: { [`log/${monthOf(event.at)}/${number}`]: { page: number, entries: [...page] } },
    })
    const grown = { pages, entries: [...entries, entry] }
    if (entries.length > 0 && bytesOf(grown) > MAX_VIEW_BYTES) return close(entries, [entry])
    return grown.entries.length < LOG_PAGE ? { document: grown } : close(grown.entries, [])
  },
}

function parseLog(document: Json): { readonly pages: number; readonly entries: readonly Json[] } {
  if (!isJsonObject(document)) return { pages: 0, entries: [] }
  return { pages: numberOf(document.pages), entries: Array.isArray(document.entries) ? document.entries : [] }
}

function entryOf(event: Recorded<DispatchEvent>): JsonObject | undefined {
  if (!isEnding(event)) return undefined
  const { source, target } = event.data
  return {
    seq: event.seq,
    at: whenOf(event),
    subject: event.subject,
    correlation_id: event.correlation_id,
    outcome: endingOf(event),
    reason: reasonOf(event),
    source: source.repository,
    source_workflow: source.workflow,
    source_url: source.url,
    target: target.repository,
    target_id: target.repository_id,
    visibility: target.visibility,
    workflow: target.workflow,
    ref: target.ref,
    url: event.type === 'dispatch.started' ? event.data.url : null,
  }
}
