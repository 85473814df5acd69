import type { Json, View } from '@switchyard/core'
import type { PlanEvent } from '../records/events.ts'
import { isLetGo } from '../status-after.ts'
import { treeDocument, treeOf } from './documents.ts'

/** Issues of one document, under 100 bytes each. */
export const TREE_PAGE = 1_000

/** The issues that a plan became, parents first. What does not fit stands on the pages `tree/<subject>/1` and so on. */
export const treeView: View<PlanEvent> = {
  name: 'tree',
  document: treeOf,
  initial: null,
  evolve(document, event) {
    if (isLetGo(event)) return { document: null }
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

function pageName(subject: string, page: number): string {
  return `${treeDocument(subject)}/${page}`
}
