import type { PlanIssue, TreeChange } from './model.ts'

/** The level, from 1, of the deepest issue that is to be made or moved; 0: none is. */
export function deepestOf(wanted: readonly PlanIssue[], changes: readonly TreeChange[]): number {
  const levels = new Map<string, number>()
  for (const { key, parent } of wanted) levels.set(key, 1 + (parent === undefined ? 0 : (levels.get(parent) ?? 0)))
  const below = new Map<string, number>()
  for (const { key, parent } of wanted.toReversed()) {
    const own = below.get(key) ?? levels.get(key) ?? 0
    below.set(key, own)
    if (parent !== undefined) below.set(parent, Math.max(below.get(parent) ?? 0, own))
  }
  const keys = changes.flatMap((change) => (change.kind === 'create' ? [change.issue.key] : change.kind === 'move' ? [change.key] : []))
  return Math.max(0, ...keys.map((key) => below.get(key) ?? 0))
}
