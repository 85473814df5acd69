import { isJsonObject, type Json, type JsonObject, type Recorded, type View } from '@switchyard/core'
import type { BootstrapEvent } from '../records/events.ts'

/** Entries of the open page; when it is full it is closed and the next begins: 200 entries of under 400 bytes. */
export const RUNS_PAGE = 200
const MAX_TEXT = 200

/** How runs ended, by month, newest last. Full pages are closed as `runs/<month>/<number>`. */
export const runsView: View<BootstrapEvent> = {
  name: 'runs',
  document: (at) => `runs/${monthOf(at)}`,
  initial: { pages: 0, entries: [] },
  evolve(document, event) {
    const entry = entryOf(event)
    if (entry === undefined) return { document }
    const { pages, entries } = parsePage(document)
    const grown = [...entries, entry]
    if (grown.length < RUNS_PAGE) return { document: { pages, entries: grown } }
    const number = pages + 1
    return {
      document: { pages: number, entries: [] },
      pages: { [`runs/${monthOf(event.at)}/${number}`]: { page: number, entries: grown } },
    }
  },
}

function monthOf(at: number): string {
  return new Date(at).toISOString().slice(0, 7)
}

function parsePage(document: Json): { readonly pages: number; readonly entries: readonly Json[] } {
  if (!isJsonObject(document)) return { pages: 0, entries: [] }
  return {
    pages: typeof document['pages'] === 'number' ? document['pages'] : 0,
    entries: Array.isArray(document['entries']) ? document['entries'] : [],
  }
}

function entryOf(event: Recorded<BootstrapEvent>): JsonObject | undefined {
  const about = { seq: event.seq, at: new Date(event.at).toISOString(), subject: event.subject.slice(0, MAX_TEXT) }
  switch (event.type) {
    case 'bootstrap.succeeded':
      return { ...about, run_id: event.data.run_id, outcome: 'succeeded', reason: null }
    case 'bootstrap.failed':
      return { ...about, run_id: event.data.run_id, outcome: 'failed', reason: event.data.error.code.slice(0, MAX_TEXT) }
    case 'bootstrap.cancelled':
      return event.data.run_id === null ? undefined : { ...about, run_id: event.data.run_id, outcome: 'cancelled', reason: null }
    case 'bootstrap.cleaned':
      return { ...about, run_id: event.data.run_id, outcome: event.data.outcome, reason: null }
    default:
      return undefined
  }
}
