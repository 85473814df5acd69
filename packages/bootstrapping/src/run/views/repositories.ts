import { isJsonObject, type Json, type View } from '@switchyard/core'
import type { BootstrapEvent } from '../records/events.ts'

export const REPOSITORIES_DOCUMENT = 'repositories'
/** Entries of the open page: `[repository id, full name]`, under 160 bytes each. */
export const REPOSITORIES_PAGE = 500

/** Every repository that was made, newest last, so that drift finds them. Full pages are closed as `repositories/<number>`. */
export const repositoriesView: View<BootstrapEvent> = {
  name: REPOSITORIES_DOCUMENT,
  document: () => REPOSITORIES_DOCUMENT,
  initial: { pages: 0, entries: [] },
  evolve(document, event) {
    if (event.type === 'bootstrap.cleaned' && event.data.outcome === 'deleted') return { document: withoutDeleted(document, event.subject) }
    if (event.type !== 'bootstrap.repository-created') return { document }
    const { pages, entries } = parseRepositories(document)
    const { id, full_name } = event.data.repository
    const grown = [...entries.filter(([known]) => known !== id), [id, full_name] as const].map(toEntry)
    if (grown.length < REPOSITORIES_PAGE) return { document: { pages, entries: grown } }
    const number = pages + 1
    return {
      document: { pages: number, entries: [] },
      pages: { [`${REPOSITORIES_DOCUMENT}/${number}`]: { pages: number, entries: grown } },
    }
  },
}

function toEntry([id, name]: readonly [number, string]): Json {
  return [id, name]
}

/** What was cleaned up is none any more. On a page that is closed it stays, and is found to be gone. */
function withoutDeleted(document: Json, subject: string): Json {
  const { pages, entries } = parseRepositories(document)
  return { pages, entries: entries.filter(([, name]) => name.toLowerCase() !== subject).map(toEntry) }
}

/** The names of the closed pages, oldest first. */
export function findPages(document: Json | undefined): readonly string[] {
  return Array.from({ length: parseRepositories(document).pages }, (_, at) => `${REPOSITORIES_DOCUMENT}/${at + 1}`)
}

/** Full names from all pages, oldest first: each repository once, as it was called last. */
export function joinRepositories(documents: readonly (Json | undefined)[]): readonly string[] {
  return [...new Map(documents.flatMap((document) => parseRepositories(document).entries)).values()]
}

/** A page of the view; what is no entry is left out. */
export function parseRepositories(document: Json | undefined): {
  readonly pages: number
  readonly entries: readonly (readonly [id: number, fullName: string])[]
} {
  if (!isJsonObject(document)) return { pages: 0, entries: [] }
  const { pages, entries } = document
  const listed: readonly Json[] = Array.isArray(entries) ? entries : []
  const found = listed.flatMap((entry) => {
    const pair: readonly Json[] = Array.isArray(entry) ? entry : []
    const [id, name] = pair
    return typeof id === 'number' && typeof name === 'string' ? [[id, name] as const] : []
  })
  return { pages: typeof pages === 'number' ? pages : 0, entries: found }
}
