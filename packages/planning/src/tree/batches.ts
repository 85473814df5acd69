import { slicesOf } from '@switchyard/core'
import type { PlanIssue } from './model.ts'

/**
 * Which issues one request each creates: levels one after another, since an issue needs its parent's id, at most `perRequest` a
 * request, in the given order within a level. An issue whose parent is not among them counts as the first level's.
 */
export function decideBatches(issues: readonly PlanIssue[], perRequest: number): readonly (readonly PlanIssue[])[] {
  const depths = new Map<string, number>()
  for (const { key, parent } of issues) depths.set(key, parent === undefined ? 0 : (depths.get(parent) ?? -1) + 1)
  const levels = [...Map.groupBy(issues, ({ key }) => depths.get(key) ?? 0)].sort(([left], [right]) => left - right)
  return levels.flatMap(([, level]) => slicesOf(level, Math.max(1, Math.floor(perRequest))))
}
