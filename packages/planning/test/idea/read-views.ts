import { isJsonObject, type Json } from '@switchyard/core'
import { LEVELS } from '../../src/model.ts'
import { countProgress } from '../../src/idea/progress.ts'
import { treeDocument } from '../../src/idea/views/documents.ts'
import { readProgress } from '../../src/idea/views/progress.ts'
import { listOf, numberOr, numbersOf, textOr } from '../../src/idea/views/read-json.ts'

// The documents of an idea as a page would read them.

/** The documents behind the first, in their order. */
export function treePages(document: Json | undefined, subject: string): readonly string[] {
  const pages = isJsonObject(document) ? numberOr(document['pages'], 0) : 0
  return Array.from({ length: pages }, (_, at) => `${treeDocument(subject)}/${at + 1}`)
}

/** The tree from all its documents, in their order; undefined where there is none yet. */
export function parseTree(documents: readonly (Json | undefined)[]) {
  if (!isJsonObject(documents[0])) return undefined
  const items = documents.flatMap((document) => (isJsonObject(document) ? listOf(document['items']) : [])).map(listOf)
  return items.flatMap(([key, level, parent, number]) => {
    const known = LEVELS.find((each) => each === level)
    if (typeof key !== 'string' || known === undefined) return []
    const above = typeof parent === 'number' ? textOr(items[parent]?.[0], undefined) : undefined
    return [{ key, level: known, parent: above, number: numberOr(number, undefined) }]
  })
}

/** How far a plan is; undefined where it has no issues yet. */
export function parseProgress(document: Json | undefined) {
  if (!isJsonObject(document)) return undefined
  const { stories, days, closed } = readProgress(document)
  const isClosed = new Set([...closed.done, ...closed.not_planned])
  const each = stories.map(listOf).map(([key, number, items]) => ({
    key: textOr(key, ''),
    number: numberOr(number, undefined),
    isClosed: typeof number === 'number' && isClosed.has(number),
    ...countProgress(numbersOf(items), closed),
  }))
  const all = stories.flatMap((story) => numbersOf(listOf(story)[2]))
  return { ...countProgress(all, closed), stories: each, closed, days: days.map(([day, done, total]) => ({ day, done, total })) }
}
