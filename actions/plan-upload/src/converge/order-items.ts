import type { SubIssuePlace } from '@switchyard/github/operations'
import type { SeenIssue, TreeChange } from '@switchyard/planning'
import { decidePlaces, familiesOf, type SiblingPlace } from '@switchyard/planning/tree'
import type { Making } from './making.ts'

/**
 * Brings what was made, moved or reordered to its place among the issues under its parent; what people arranged otherwise stays. GitHub
 * puts each new one at the end, so that nothing is asked where that is the plan's order.
 */
export async function orderItems(making: Making, changes: readonly TreeChange[], seen: readonly SeenIssue[]): Promise<void> {
  const families = familiesOf({ ...making, changes, seen }).filter((family) => family.isDoubtful)
  if (families.length === 0) return
  const { placeSubIssues, readSubIssueOrder } = await import('@switchyard/github/operations')
  const { github } = making.target
  const idOf = (key: string): string => making.there.get(key)?.nodeId ?? ''
  const orders = await readSubIssueOrder(
    github,
    families.map(({ parent }) => idOf(parent)),
  )
  const keys = new Map([...making.there].map(([key, { nodeId }]) => [nodeId, key]))
  const steps = families.flatMap(({ parent, wanted, loose }) => {
    const parentId = idOf(parent)
    const standing = (orders.get(parentId) ?? []).map((id) => keys.get(id) ?? `#${id}`)
    const places = decidePlaces({ wanted: wanted.map(({ key }) => key), standing, loose })
    return places.flatMap((place) => toStep(making, parentId, place))
  })
  const refusals =
    steps.length === 0
      ? []
      : await placeSubIssues(
          github,
          steps.map(({ place }) => place),
        )
  for (const [at, { number }] of steps.entries()) {
    const words = refusals[at]
    // Where an issue stands among others is nothing to fail for.
    if (words !== undefined) making.notes.push(`GitHub refused to put #${number} in its place under its parent: ${words}`)
  }
  making.done.push(...changes.filter(({ kind }) => kind === 'place'))
}

interface Placing {
  readonly number: number
  readonly place: SubIssuePlace
}

function toStep({ there }: Making, parentId: string, place: SiblingPlace): readonly Placing[] {
  const child = there.get(place.key)
  const beside = there.get('after' in place ? place.after : place.before)?.nodeId
  if (child === undefined || beside === undefined) return []
  const ids = { parentId, childId: child.nodeId }
  return [{ number: child.number, place: 'after' in place ? { ...ids, afterId: beside } : { ...ids, beforeId: beside } }]
}
