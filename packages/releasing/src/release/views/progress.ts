import type { JsonObject } from '@switchyard/core'
import type { CustomerRow, Matrix } from './matrix.ts'

export interface Counts {
  readonly done: number
  readonly skipped: number
  readonly reverted: number
  readonly pending: number
  readonly total: number
}

/** The counts of one customer. */
export function countRow({ cells, customs }: CustomerRow): Counts {
  // One pass: with every command, the copies of all customers are counted.
  const counts = { d: 0, s: 0, r: 0, '.': 0 }
  for (const letter of cells + Object.values(customs).join('')) if (isCounted(letter)) counts[letter] += 1
  const { d: done, s: skipped, r: reverted, '.': pending } = counts
  return { done, skipped, reverted, pending, total: done + skipped + reverted + pending }
}

function isCounted(letter: string): letter is 'd' | 's' | 'r' | '.' {
  return letter === 'd' || letter === 's' || letter === 'r' || letter === '.'
}

export function addCounts(left: Counts, right: Counts): Counts {
  return {
    done: left.done + right.done,
    skipped: left.skipped + right.skipped,
    reverted: left.reverted + right.reverted,
    pending: left.pending + right.pending,
    total: left.total + right.total,
  }
}

export const NO_COUNTS: Counts = { done: 0, skipped: 0, reverted: 0, pending: 0, total: 0 }

export function isComplete({ done, skipped, total }: Counts): boolean {
  return total > 0 && done + skipped === total
}

/**
 * (done + skipped) / total in whole per cent, rounded; 100 only when nothing is left, however many steps there are. undefined
 * where there is no step at all. Source: release contract, never NaN.
 */
export function wholePercent(counts: Counts): number | undefined {
  const { done, skipped, total } = counts
  if (total === 0) return undefined
  const percent = Math.round(((done + skipped) / total) * 100)
  return isComplete(counts) ? percent : Math.min(percent, 99)
}

/** The page `progress/<slug>`: the release, each cluster, each customer. */
export function countMatrix({ customers }: Matrix): JsonObject {
  const each = Object.entries(customers).map(([address, row]) => ({ address, cluster: address.split('/')[0] ?? '', counts: countRow(row) }))
  const clusters = Map.groupBy(each, ({ cluster }) => cluster)
  const toJson = (counts: Counts): JsonObject => ({ ...counts, percent: wholePercent(counts) ?? null })
  return {
    all: toJson(each.map(({ counts }) => counts).reduce(addCounts, NO_COUNTS)),
    clusters: Object.fromEntries(
      [...clusters].map(([cluster, members]) => [cluster, toJson(members.map(({ counts }) => counts).reduce(addCounts, NO_COUNTS))]),
    ),
    customers: Object.fromEntries(each.map(({ address, counts }) => [address, toJson(counts)])),
  }
}
