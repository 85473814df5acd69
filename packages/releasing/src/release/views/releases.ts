import { isJsonObject, type Json, type Recorded, type View } from '@switchyard/core'
import type { ReleaseEvent } from '../records/events.ts'
import { parseSubject } from '../subjects.ts'
import { RELEASES_DOCUMENT, releasesOf } from './documents.ts'

/** Archived releases of a page: so many of them are closed together. */
export const RELEASES_PAGE = 200

/**
 * Every release that was begun, newest last. What is archived changes no more: full pages of it are closed as `releases/<number>`,
 * while releases that are worked off stay in the open document, however old they are.
 */
export const releasesView: View<ReleaseEvent> = {
  name: RELEASES_DOCUMENT,
  document: releasesOf,
  initial: { pages: 0, entries: [] },
  evolve(document, event) {
    if (event.type === 'release.facts-changed') return { document: withFacts(document, event) }
    if (event.type !== 'release.activated' && event.type !== 'release.archived') return { document }
    const { slug } = parseSubject(event.subject)
    const { pages, entries } = parse(document)
    const known = entries.find((entry) => isJsonObject(entry) && entry['slug'] === slug)
    const facts =
      event.type === 'release.activated'
        ? { name: event.data.name, type: event.data.type, version_number: event.data.version_number }
        : isJsonObject(known)
          ? known
          : {}
    const status = event.type === 'release.activated' ? 'active' : 'archived'
    const entry: Json = { ...facts, slug, status, at: new Date(event.at).toISOString() }
    // Newest is what was begun last: whatever ends keeps its place.
    return turnPage(pages, known === undefined ? [...entries, entry] : entries.map((each) => (each === known ? entry : each)))
  },
}

/** It stays where it stood: nothing began or ended. */
function withFacts(document: Json, { subject, data }: Recorded<Extract<ReleaseEvent, { type: 'release.facts-changed' }>>): Json {
  const { slug } = parseSubject(subject)
  const { pages, entries } = parse(document)
  const facts = { name: data.name, type: data.type, version_number: data.version_number }
  return { pages, entries: entries.map((entry) => (isJsonObject(entry) && entry['slug'] === slug ? { ...entry, ...facts } : entry)) }
}

function turnPage(pages: number, entries: readonly Json[]): ReturnType<View<ReleaseEvent>['evolve']> {
  const over = entries.filter(isOver)
  if (over.length < RELEASES_PAGE) return { document: { pages, entries } }
  const page = pages + 1
  return {
    document: { pages: page, entries: entries.filter((entry) => !isOver(entry)) },
    pages: { [`${RELEASES_DOCUMENT}/${page}`]: { page, entries: over } },
  }
}

function isOver(entry: Json): boolean {
  return isJsonObject(entry) && entry['status'] === 'archived'
}

/** Releases that were archived at or after a time, in ms since the epoch, as far as the open page tells. */
export function findArchivedSince(document: Json | undefined, since: number): readonly string[] {
  return parse(document ?? null).entries.flatMap((entry) => {
    if (!isJsonObject(entry)) return []
    const { slug, status, at } = entry
    return status === 'archived' && typeof slug === 'string' && typeof at === 'string' && Date.parse(at) >= since ? [slug] : []
  })
}

function parse(document: Json): { readonly pages: number; readonly entries: readonly Json[] } {
  if (!isJsonObject(document)) return { pages: 0, entries: [] }
  const { pages, entries } = document
  return { pages: typeof pages === 'number' ? pages : 0, entries: Array.isArray(entries) ? entries : [] }
}
