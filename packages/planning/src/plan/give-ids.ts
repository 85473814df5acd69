import { quote } from '@switchyard/core'
import { idOf, joinIds } from './ids.ts'
import type { Outlined } from './outline.ts'
import type { PlanFinding } from './source.ts'

export interface GivenIds {
  /** By the node's place in the outline. */
  readonly ids: readonly string[]
  readonly findings: readonly PlanFinding[]
}

/**
 * Every node's id. Nodes without one of their own that have the same title get their parents' in front, all of them, so that their order
 * says nothing; where that does not tell them apart, the plan has to.
 */
export function giveIds(nodes: readonly Outlined[], titleOf: (at: number) => string): GivenIds {
  const made = nodes.map((node, at) => node.ownId ?? idOf(titleOf(at), node.level))
  const counts = countOf(made)
  const ids: string[] = []
  for (const [at, { ownId, parent }] of nodes.entries()) {
    const id = made[at] ?? ''
    const isShared = ownId === undefined && (counts.get(id) ?? 0) > 1
    const above = parent === undefined ? undefined : ids[parent]
    ids.push(isShared && above !== undefined ? joinIds(above, id) : id)
  }
  return { ids, findings: findDuplicates(nodes, ids) }
}

function countOf(made: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const id of made) counts.set(id, (counts.get(id) ?? 0) + 1)
  return counts
}

function findDuplicates(nodes: readonly Outlined[], ids: readonly string[]): readonly PlanFinding[] {
  const first = new Map<string, Outlined>()
  const findings: PlanFinding[] = []
  for (const [at, node] of nodes.entries()) {
    const id = ids[at] ?? ''
    const other = first.get(id)
    if (other === undefined) {
      first.set(id, node)
      continue
    }
    const message =
      node.ownId === undefined && other.ownId === undefined
        ? `Another ${other.level} has this title too: both would have the id ${quote(id)}.`
        : `The id ${quote(id)} is there twice.`
    const hint = node.ownId === undefined ? `Write an id of its own behind the title: \`{#${id.slice(0, 56)}-2}\`.` : 'Choose another id.'
    findings.push({ code: 'duplicate-id', message, hint, offset: node.idOffset })
  }
  return findings
}
