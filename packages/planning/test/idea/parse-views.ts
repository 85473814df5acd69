import { isJsonObject, type Json } from '@switchyard/core'
import { LEVELS } from '../../src/model.ts'
import { countProgress } from '../../src/idea/progress.ts'
import { parseProgressDocument } from '../../src/idea/views/progress.ts'
import { listOf, numberOr, numbersOf, textOr } from '../../src/idea/views/json-values.ts'

// The documents of an idea as a page would read them.

/** The issues that a plan became; undefined where there are none yet. */
export function parseTree(document: Json | undefined) {
  if (!isJsonObject(document)) return undefined
  const items = listOf(document['items']).map(listOf)
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
  const { stories, days, closed } = parseProgressDocument(document)
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
