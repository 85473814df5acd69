import { isJsonObject, type Json, type View } from '@switchyard/core'
import { itemsOf } from '../progress.ts'
import type { PlanEvent } from '../records/events.ts'
import { blockOf, blockPlace, numberPlace, PLACE_BLOCK, placeDocuments } from './documents.ts'
import { textOr } from './json-values.ts'

/**
 * Whose issue a number is: of any plan, by the repository and the number alone, so that nobody has to believe a mark. An issue belongs to
 * one plan for ever, so each page is written without being read. A block of numbers that are all one plan's takes one page.
 */
export const placesView: View<PlanEvent> = {
  name: 'places',
  document: () => undefined,
  initial: null,
  evolve(document, event) {
    if (event.type !== 'plan.converged' && event.type !== 'plan.converge-failed') return { document }
    const { target } = event.data
    const items = event.type === 'plan.converged' ? itemsOf(event.data) : (event.data.items ?? {})
    const blocks = Map.groupBy(new Set(Object.values(items)), blockOf)
    const names = [...blocks].flatMap(([block, numbers]) =>
      numbers.length === PLACE_BLOCK ? [blockPlace(target.id, block)] : numbers.map((number) => numberPlace(target.id, number)),
    )
    return { document, pages: Object.fromEntries(names.map((name): [string, Json] => [name, { subject: event.subject }])) }
  },
}

/** The idea that an issue was made of, as its documents say; undefined: none. */
export function findPlace(
  find: (document: string) => Json | undefined,
  { repositoryId, number }: { readonly repositoryId: number; readonly number: number },
): string | undefined {
  for (const name of placeDocuments(repositoryId, number)) {
    const document = find(name)
    const subject = isJsonObject(document) ? textOr(document['subject'], undefined) : undefined
    if (subject !== undefined) return subject
  }
  return undefined
}
