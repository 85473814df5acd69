import { isJsonObject, type Json, type JsonObject, type Recorded, type View } from '@switchyard/core'
import type { DispatchEvent } from '../records/events.ts'
import { endingOf, isEnding, numberOf, reasonOf, whenOf } from './entry.ts'
import { monthOf } from './month.ts'
import { bytesOf, MAX_VIEW_BYTES } from './size.ts'

/** Entries of the open page; when it is full, or big, it is closed and the next begins. */
export const LOG_PAGE = 200
/** Bytes that are kept free for one more entry. */
const ENTRY_BYTES = 5_000

/** What happened, by month, newest last. Full pages are closed as `log/<month>/<number>`. */
export const logView: View<DispatchEvent> = {
  name: 'log',
  document: (at) => `log/${monthOf(at)}`,
  initial: { pages: 0, entries: [] },
  evolve(document, event) {
    const entry = entryOf(event)
    if (entry === undefined) return { document }
    const { pages, entries } = parseLog(document)
    const grown = [...entries, entry]
    if (grown.length < LOG_PAGE && bytesOf(grown) < MAX_VIEW_BYTES - ENTRY_BYTES) return { document: { pages, entries: grown } }
    const number = pages + 1
    return { document: { pages: number, entries: [] }, pages: { [`log/${monthOf(event.at)}/${number}`]: { page: number, entries: grown } } }
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
