import { parseSubject } from '../subjects.ts'

// Which documents are read follows from subjects alone, and is known before anything else of the views is loaded.
export const RELEASES_DOCUMENT = 'releases'

export function matrixDocument(slug: string): string {
  return `matrix/${slug}`
}

export function historyDocument(address: string): string {
  return `history/${address}`
}

type DocumentOf = (at: number, subject: string) => string | undefined

export const matrixOf: DocumentOf = (_, subject) => matrixDocument(parseSubject(subject).slug)

export const historyOf: DocumentOf = (_, subject) => {
  const { address } = parseSubject(subject)
  return address === undefined ? undefined : historyDocument(address)
}

export const releasesOf: DocumentOf = (_, subject) => (parseSubject(subject).address === undefined ? RELEASES_DOCUMENT : undefined)

/** What a ledger of releases is opened with. */
export const earlyRules = {
  stream: 'release',
  views: [{ document: matrixOf }, { document: historyOf }, { document: releasesOf }],
} as const
