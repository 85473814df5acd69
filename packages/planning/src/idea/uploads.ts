import { HOUR_MS, UPLOADS_PER_HOUR } from './limits.ts'
import type { PlanIndex } from './records/state.ts'

type Uploads = PlanIndex['uploads']

/** When somebody uploaded plans, oldest first. People may be called `constructor`, which every object has. */
export function uploadsOf({ uploads }: Pick<PlanIndex, 'uploads'>, login: string): readonly number[] {
  const key = login.toLowerCase()
  return Object.hasOwn(uploads, key) ? (uploads[key] ?? []) : []
}

/** With one more; what is older than an hour is forgotten, of everybody. */
export function withUpload(uploads: Uploads, { login, at }: { readonly login: string; readonly at: number }): Uploads {
  const recent = Object.entries(uploads).flatMap(([who, times]) => {
    const left = times.filter((time) => time > at - HOUR_MS)
    return left.length === 0 ? [] : [[who, left] as const]
  })
  const others = Object.fromEntries(recent)
  return { ...others, [login.toLowerCase()]: [...uploadsOf({ uploads: others }, login), at] }
}

/** When somebody may have another plan saved, ms since the epoch; undefined: now. */
export function findNextUpload(
  index: Pick<PlanIndex, 'uploads'>,
  { login, at }: { readonly login: string; readonly at: number },
): number | undefined {
  const recent = uploadsOf(index, login).filter((time) => time > at - HOUR_MS)
  const oldest = recent.at(-UPLOADS_PER_HOUR)
  return oldest === undefined ? undefined : oldest + HOUR_MS
}
