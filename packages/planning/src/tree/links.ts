import type { TreeChange } from './model.ts'
import type { Scene } from './scene.ts'

/**
 * Links that the plan wants and did not make yet, and links that it made and no longer wants, which go first: an issue takes 50
 * blockers. What people linked is not seen here, and so stays; what they unlinked is not linked again.
 */
export function decideLinks({ wanted, base, newKey, gone }: Scene): readonly TreeChange[] {
  const links: TreeChange[] = []
  const unlinks: TreeChange[] = []
  for (const { key, dependsOn } of wanted.values()) {
    if (gone.has(key)) continue
    const before = new Set((base.get(key)?.dependsOn ?? []).map(newKey))
    const after = new Set(dependsOn)
    for (const blocker of before) if (!after.has(blocker)) unlinks.push({ kind: 'unlink', key, blocker })
    for (const blocker of after) if (!before.has(blocker) && !gone.has(blocker)) links.push({ kind: 'link', key, blocker })
  }
  return [...unlinks, ...links]
}
