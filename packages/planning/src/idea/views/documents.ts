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

/** Numbers of issues that share a page where all of them are one plan's: a plan of a thousand issues takes a hundred pages. */
export const PLACE_BLOCK = 16
/** Numbers of one folder: with its blocks it stays under a thousand files. */
const PLACE_FOLDER = 512

export function blockOf(number: number): number {
  return Math.floor(number / PLACE_BLOCK)
}

export function blockPlace(repositoryId: number, block: number): string {
  return `places/${repositoryId}/${Math.floor((block * PLACE_BLOCK) / PLACE_FOLDER)}/block-${block}`
}

export function numberPlace(repositoryId: number, number: number): string {
  return `places/${repositoryId}/${Math.floor(number / PLACE_FOLDER)}/${number}`
}

/** Where it stands which idea an issue of a repository was made of. */
export function placeDocuments(repositoryId: number, number: number): readonly string[] {
  return [numberPlace(repositoryId, number), blockPlace(repositoryId, blockOf(number))]
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
