import type { PlanIssue } from './model.ts'

/** Where one of a parent's issues goes: right after another, or right before one. */
export type SiblingPlace = { readonly key: string } & ({ readonly after: string } | { readonly before: string })

export interface PlacesInput {
  /** A parent's issues in the plan's order. */
  readonly wanted: readonly string[]
  /** Everything that stands under it now, first to last. */
  readonly standing: readonly string[]
  /** Those whose place is the plan's to say; what people arranged otherwise stays as it is. */
  readonly loose: ReadonlySet<string>
}

/** The fewest steps that bring what is loose to its place among the others. Carried out in order, each counts on those before it. */
export function decidePlaces({ wanted, standing, loose }: PlacesInput): readonly SiblingPlace[] {
  const there = new Set(standing)
  const present = wanted.filter((key) => there.has(key))
  const ranks = new Map(present.map((key, at) => [key, at]))
  // One that is not loose stays, whatever many that are have to go around it.
  const weights = (key: string): number => (loose.has(key) ? 1 : present.length + 1)
  const kept = findHeaviestRun(
    standing.filter((key) => ranks.has(key)),
    { rankOf: (key) => ranks.get(key) ?? 0, weightOf: weights },
  )
  const isMoved = (key: string): boolean => loose.has(key) && !kept.has(key)
  const anchor = present.find((key) => !isMoved(key))
  return present.filter(isMoved).flatMap((key): readonly SiblingPlace[] => {
    const after = present[(ranks.get(key) ?? 0) - 1]
    if (after !== undefined) return [{ key, after }]
    return anchor === undefined ? [] : [{ key, before: anchor }]
  })
}

/** One whose place among its siblings the plan changed, and whom it follows there; undefined: it is the first. */
export interface Reordered {
  readonly issue: PlanIssue
  readonly after: string | undefined
}

/**
 * Which of the issues that stood under one parent before, and do so still, the plan has put elsewhere among them: the fewest that
 * explain its order. `before`: their keys as they were.
 */
export function findReordered(wanted: readonly PlanIssue[], before: readonly string[]): readonly Reordered[] {
  const ranks = new Map(wanted.map(({ key }, at) => [key, at]))
  const known = before.filter((key) => ranks.has(key))
  const kept = findHeaviestRun(known, { rankOf: (key) => ranks.get(key) ?? 0, weightOf: () => 1 })
  const were = new Set(known)
  return wanted.flatMap((issue, at) => {
    const isElsewhere = were.has(issue.key) && !kept.has(issue.key)
    return isElsewhere ? [{ issue, after: wanted[at - 1]?.key }] : []
  })
}

interface Ranking {
  readonly rankOf: (key: string) => number
  readonly weightOf: (key: string) => number
}

/** Those that may stay where they are: of all that are in the order of their ranks, the ones that weigh most together. */
function findHeaviestRun(keys: readonly string[], { rankOf, weightOf }: Ranking): ReadonlySet<string> {
  const ends: { readonly key: string; readonly weight: number; readonly before: number | undefined }[] = []
  let heaviest: number | undefined
  for (const [at, key] of keys.entries()) {
    let before: number | undefined
    for (const [earlier, end] of ends.entries()) {
      if (rankOf(end.key) < rankOf(key) && end.weight > (before === undefined ? 0 : (ends[before]?.weight ?? 0))) before = earlier
    }
    const weight = weightOf(key) + (before === undefined ? 0 : (ends[before]?.weight ?? 0))
    ends.push({ key, weight, before })
    if (weight > (heaviest === undefined ? 0 : (ends[heaviest]?.weight ?? 0))) heaviest = at
  }
  const run = new Set<string>()
  for (let at = heaviest; at !== undefined; at = ends[at]?.before) run.add(ends[at]?.key ?? '')
  return run
}
