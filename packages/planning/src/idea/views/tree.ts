import { isJsonObject, type Json, type View } from '@switchyard/core'
import { type Level, LEVELS } from '../../model.ts'
import type { PlanEvent } from '../records/events.ts'
import { treeDocument, treeOf } from './documents.ts'
import { listOf, numberOr, textOr } from './read-json.ts'

/** Issues of one document, under 100 bytes each. */
export const TREE_PAGE = 1_000

/** The issues that a plan became, parents first. What does not fit stands on the pages `tree/<subject>/1` and so on. */
export const treeView: View<PlanEvent> = {
  name: 'tree',
  document: treeOf,
  initial: null,
  evolve(document, event) {
    if (event.type !== 'plan.converged') return { document }
    const { tree, plan, target } = event.data
    const [first = [], ...others] = chunk(tree)
    const written: Json = { plan_sha256: plan.sha256, target, pages: others.length, items: first }
    const pages = others.map((items, at): [string, Json] => [pageName(event.subject, at + 1), { page: at + 1, items }])
    return { document: written, pages: Object.fromEntries(pages) }
  },
}

function chunk<T>(items: readonly T[]): readonly T[][] {
  return Array.from({ length: Math.ceil(items.length / TREE_PAGE) }, (_, at) => items.slice(at * TREE_PAGE, (at + 1) * TREE_PAGE))
}

/** The documents behind the first, in their order. */
export function treePages(document: Json | undefined, subject: string): readonly string[] {
  const pages = isJsonObject(document) ? numberOr(document['pages'], 0) : 0
  return Array.from({ length: pages }, (_, at) => pageName(subject, at + 1))
}

function pageName(subject: string, page: number): string {
  return `${treeDocument(subject)}/${page}`
}

/** One issue of a plan's tree. */
export interface TreeNode {
  readonly key: string
  readonly level: Level
  /** The key of its parent; undefined for the epic. */
  readonly parent: string | undefined
  /** undefined: it is not there, as a conflict said. */
  readonly number: number | undefined
}

/** The tree from all its documents, in their order; undefined where there is none yet. */
export function parseTree(documents: readonly (Json | undefined)[]): readonly TreeNode[] | undefined {
  if (!isJsonObject(documents[0])) return undefined
  const items = documents.flatMap((document) => (isJsonObject(document) ? listOf(document['items']) : [])).map(listOf)
  return items.flatMap(([key, level, parent, number]) => {
    const known = LEVELS.find((each) => each === level)
    if (typeof key !== 'string' || known === undefined) return []
    const above = typeof parent === 'number' ? textOr(items[parent]?.[0], undefined) : undefined
    return [{ key, level: known, parent: above, number: numberOr(number, undefined) }]
  })
}
