import type { View } from '@switchyard/core'
import type { PlanEvent } from '../records/events.ts'
import { isLetGo } from '../status-after.ts'
import { treeOf } from './documents.ts'

/** The issues that a plan became, parents first: one document, since a plan has at most `MAX_ISSUES` of under 100 bytes each. */
export const treeView: View<PlanEvent> = {
  name: 'tree',
  document: treeOf,
  initial: null,
  evolve(document, event) {
    if (isLetGo(event)) return { document: null }
    if (event.type !== 'plan.converged') return { document }
    const { tree, plan, target } = event.data
    return { document: { plan_sha256: plan.sha256, target, items: tree } }
  },
}
