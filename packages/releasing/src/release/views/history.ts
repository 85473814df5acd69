import { isJsonObject, type Json, type JsonObject, type Recorded, type View } from '@switchyard/core'
import type { ReleaseEvent } from '../records/events.ts'
import { parseSubject } from '../subjects.ts'

/** Entries of the open page; a full one is closed and the next begins: 100 entries of some 700 bytes. */
export const HISTORY_PAGE = 100

/** What happened to one customer, over all releases: newest last. Full pages are closed as `history/<address>/<number>`. */
export const historyView: View<ReleaseEvent> = {
  name: 'history',
  document(_, subject) {
    const { address } = parseSubject(subject)
    return address === undefined ? undefined : historyDocument(address)
  },
  initial: { pages: 0, entries: [] },
  evolve(document, event) {
    const { address } = parseSubject(event.subject)
    const entry = entryOf(event)
    if (address === undefined || entry === undefined) return { document }
    const { pages, entries } = parseHistory(document)
    const grown = [...entries, entry]
    if (grown.length < HISTORY_PAGE) return { document: { pages, entries: grown } }
    const number = pages + 1
    return { document: { pages: number, entries: [] }, pages: { [`${historyDocument(address)}/${number}`]: { page: number, entries: grown } } }
  },
}

export function historyDocument(address: string): string {
  return `history/${address}`
}

export function parseHistory(document: Json | undefined): { readonly pages: number; readonly entries: readonly Json[] } {
  if (!isJsonObject(document)) return { pages: 0, entries: [] }
  const { pages, entries } = document
  return { pages: typeof pages === 'number' ? pages : 0, entries: Array.isArray(entries) ? entries : [] }
}

/** A text in an entry, in characters: the whole stands in the events. */
const MAX_TEXT = 200

function entryOf(event: Recorded<ReleaseEvent>): JsonObject | undefined {
  if (!event.type.startsWith('release.step-')) return undefined
  const { slug } = parseSubject(event.subject)
  const { data } = event
  const step = 'step' in data && typeof data.step === 'string' ? data.step : event.type === 'release.step-added' ? event.data.step.id : null
  const text = 'reason' in data ? data.reason : 'notes' in data ? data.notes : null
  return {
    seq: event.seq,
    at: new Date(event.at).toISOString(),
    release: slug,
    step,
    what: event.type.replace('release.step-', ''),
    by: event.actor.login,
    text: text === null ? null : text.slice(0, MAX_TEXT).toWellFormed(),
  }
}
