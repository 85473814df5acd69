import type { Json, JsonObject } from '@switchyard/core'
import { type Letters, LETTERS, parseLetters, parseFrame } from './matrix-document.ts'

export interface Counts {
  readonly done: number
  readonly skipped: number
  readonly reverted: number
  readonly pending: number
  readonly total: number
}

/** The counts of one customer. */
export function countRow({ cells, customs }: Letters): Counts {
  const letters = cells + Object.values(customs).join('')
  let [done, skipped, reverted, pending] = [0, 0, 0, 0]
  // By index, in one pass: with every command, the copies of all customers are counted.
  for (let at = 0; at < letters.length; at += 1) {
    switch (letters[at]) {
      case LETTERS.done:
        done += 1
        break
      case LETTERS.skipped:
        skipped += 1
        break
      case LETTERS.reverted:
        reverted += 1
        break
      case LETTERS.pending:
        pending += 1
        break
      default:
      // There is no copy.
    }
  }
  return { done, skipped, reverted, pending, total: done + skipped + reverted + pending }
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
export function countMatrix(document: Json): JsonObject {
  const each = Object.entries(parseFrame(document).customers).map(([address, row]) => ({ address, counts: countRow(parseLetters(row)) }))
  const clusters = new Map<string, Counts>()
  for (const { address, counts } of each) {
    const cluster = address.slice(0, address.indexOf('/'))
    clusters.set(cluster, addCounts(clusters.get(cluster) ?? NO_COUNTS, counts))
  }
  const toJson = (counts: Counts): JsonObject => ({ ...counts, percent: wholePercent(counts) ?? null })
  return {
    all: toJson([...clusters.values()].reduce(addCounts, NO_COUNTS)),
    clusters: Object.fromEntries([...clusters].map(([cluster, counts]) => [cluster, toJson(counts)])),
    customers: Object.fromEntries(each.map(({ address, counts }) => [address, toJson(counts)])),
  }
}
