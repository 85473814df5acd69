import { isJsonObject, type Json, type JsonObject, type Recorded, type View } from '@switchyard/core'
import type { ReleaseEvent } from '../records/events.ts'
import { parseSubject } from '../subjects.ts'
import { historyDocument, historyOf } from './documents.ts'

/** Entries of the open page; a full one is closed and the next begins: 100 entries of some 700 bytes. */
export const HISTORY_PAGE = 100

/** What happened to one customer, over all releases: newest last. Full pages are closed as `history/<address>/<number>`. */
export const historyView: View<ReleaseEvent> = {
  name: 'history',
  document: historyOf,
  initial: { pages: 0, entries: [] },
  evolve(document, event) {
    const { address } = parseSubject(event.subject)
    const fresh = entriesOf(event)
    if (address === undefined || fresh.length === 0) return { document }
    const { pages, entries } = parseHistory(document)
    return turnPages(historyDocument(address), { pages, entries: [...entries, ...fresh] })
  },
}

/** Whole pages are closed; what is left stays open. */
function turnPages(
  name: string,
  { pages, entries }: { readonly pages: number; readonly entries: readonly Json[] },
): { readonly document: Json; readonly pages?: Readonly<Record<string, Json>> } {
  const full = Math.floor(entries.length / HISTORY_PAGE)
  const closed = Array.from({ length: full }, (_, at): [string, Json] => {
    const number = pages + at + 1
    return [`${name}/${number}`, { page: number, entries: entries.slice(at * HISTORY_PAGE, (at + 1) * HISTORY_PAGE) }]
  })
  const document = { pages: pages + full, entries: entries.slice(full * HISTORY_PAGE) }
  return full === 0 ? { document } : { document, pages: Object.fromEntries(closed) }
}

export function parseHistory(document: Json | undefined): { readonly pages: number; readonly entries: readonly Json[] } {
  if (!isJsonObject(document)) return { pages: 0, entries: [] }
  const { pages, entries } = document
  return { pages: typeof pages === 'number' ? pages : 0, entries: Array.isArray(entries) ? entries : [] }
}

/** A text in an entry, in characters: the whole stands in the events. */
const MAX_TEXT = 200

function entriesOf(event: Recorded<ReleaseEvent>): readonly JsonObject[] {
  if (event.type === 'release.steps-imported') {
    return event.data.cells.map(({ step, status, reason, notes }) =>
      toEntry(event, { step, what: `imported as ${status}`, text: reason ?? notes }),
    )
  }
  if (!event.type.startsWith('release.step-')) return []
  const { data } = event
  const step = 'step' in data && typeof data.step === 'string' ? data.step : event.type === 'release.step-added' ? event.data.step.id : null
  const text = 'reason' in data ? data.reason : 'notes' in data ? data.notes : null
  return [toEntry(event, { step, what: event.type.replace('release.step-', ''), text })]
}

interface Said {
  readonly step: string | null
  readonly what: string
  readonly text: string | null
}

function toEntry({ seq, at, subject, actor }: Recorded<ReleaseEvent>, { step, what, text }: Said): JsonObject {
  const said = text === null ? null : text.slice(0, MAX_TEXT).toWellFormed()
  return { seq, at: new Date(at).toISOString(), release: parseSubject(subject).slug, step, what, by: actor.login, text: said }
}
