import { parseIdeaSubject } from '../subject.ts'
import { pageOf } from './pages.ts'

// Which documents are read follows from subjects alone, and is known before anything else of the views is loaded.
export function ideasPage(repositoryId: number, page: number): string {
  return `ideas/${repositoryId}/${page}`
}

export function treeDocument(subject: string): string {
  return `tree/${subject}`
}

export function progressDocument(subject: string): string {
  return `progress/${subject}`
}

export function reviewsDocument(subject: string): string {
  return `reviews/${subject}`
}

export function logDocument(subject: string): string {
  return `log/${subject}`
}

type DocumentOf = (at: number, subject: string) => string | undefined

export const ideasOf: DocumentOf = (_, subject) => {
  const place = parseIdeaSubject(subject)
  return place && ideasPage(place.repositoryId, pageOf(place.issue))
}

const ofIdea =
  (name: (subject: string) => string): DocumentOf =>
  (_, subject) =>
    parseIdeaSubject(subject) ? name(subject) : undefined

export const treeOf = ofIdea(treeDocument)
export const progressOf = ofIdea(progressDocument)
export const reviewsOf = ofIdea(reviewsDocument)
export const logOf = ofIdea(logDocument)

/** What a ledger of plans is opened with. */
export const earlyRules = {
  stream: 'plan',
  views: [{ document: ideasOf }, { document: treeOf }, { document: progressOf }, { document: reviewsOf }, { document: logOf }],
} as const
