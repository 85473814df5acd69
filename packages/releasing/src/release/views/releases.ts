import { isJsonObject, type Json, type View } from '@switchyard/core'
import type { ReleaseEvent } from '../records/events.ts'
import { parseSubject } from '../subjects.ts'

export const RELEASES_DOCUMENT = 'releases'
/** Entries of the open page; a full one is closed and the next begins. */
export const RELEASES_PAGE = 200

/** Every release that was begun, newest last. Full pages are closed as `releases/<number>`. */
export const releasesView: View<ReleaseEvent> = {
  name: RELEASES_DOCUMENT,
  document: (_, subject) => (parseSubject(subject).address === undefined ? RELEASES_DOCUMENT : undefined),
  initial: { pages: 0, entries: [] },
  evolve(document, event) {
    if (event.type !== 'release.activated' && event.type !== 'release.archived') return { document }
    const { slug } = parseSubject(event.subject)
    const { pages, entries } = parse(document)
    const known = entries.find((entry) => isJsonObject(entry) && entry['slug'] === slug)
    const others = entries.filter((entry) => entry !== known)
    const facts =
      event.type === 'release.activated'
        ? { name: event.data.name, type: event.data.type, version_number: event.data.version_number }
        : isJsonObject(known)
          ? known
          : {}
    const entry: Json = {
      ...facts,
      slug,
      status: event.type === 'release.activated' ? 'active' : 'archived',
      at: new Date(event.at).toISOString(),
    }
    const grown = [...others, entry]
    if (grown.length < RELEASES_PAGE) return { document: { pages, entries: grown } }
    const number = pages + 1
    return { document: { pages: number, entries: [] }, pages: { [`${RELEASES_DOCUMENT}/${number}`]: { page: number, entries: grown } } }
  },
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
