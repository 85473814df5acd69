import { CATEGORIES, type Category, type TemplateStep } from '../model.ts'

/** A step in both files that stands elsewhere. */
export interface MovedStep {
  readonly id: string
  /** Where it stood: a step may go from deploy to verify and keep its id. */
  readonly from: Category
  readonly to: Category
}

type Steps = readonly Pick<TemplateStep, 'id' | 'category'>[]

/** What stands elsewhere of two lists of steps: the fewest that, put elsewhere, give the new order of those in both. */
export function findMoved(old: Steps, now: Steps): readonly MovedStep[] {
  const places = new Map(old.map((step, at) => [step.id, { at, category: step.category }]))
  const kept = new Set(CATEGORIES.flatMap((category) => keptIn(category, { places, now })))
  return now.flatMap(({ id, category }) => {
    const place = places.get(id)
    return place === undefined || kept.has(id) ? [] : [{ id, from: place.category, to: category }]
  })
}

interface Places {
  readonly places: ReadonlyMap<string, { readonly at: number; readonly category: Category }>
  readonly now: Steps
}

/** The most steps of a category that stand in the same order as before. */
function keptIn(category: Category, { places, now }: Places): readonly string[] {
  const both = idsOf(now, category).flatMap((id) => {
    const place = places.get(id)
    return place?.category === category ? [{ id, at: place.at }] : []
  })
  return longestAscending(both).map(({ id }) => id)
}

/** One of the longest runs of ever higher places, gaps allowed. Time grows with the square of the length: 200 steps at the most. */
function longestAscending<T extends { readonly at: number }>(items: readonly T[]): readonly T[] {
  const best: (readonly T[])[] = []
  for (const item of items) best.push([...longestOf(best.filter((run) => (run.at(-1)?.at ?? -1) < item.at)), item])
  return longestOf(best)
}

function longestOf<T>(runs: readonly (readonly T[])[]): readonly T[] {
  return runs.reduce((most, run) => (run.length > most.length ? run : most), [])
}

function idsOf(steps: Steps, category: Category): readonly string[] {
  return steps.filter((step) => step.category === category).map(({ id }) => id)
}
