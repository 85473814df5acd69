/** One line of the table. What is exact is held against its budget; times are told as ratios and held against nothing here. */
export interface Row {
  readonly job: string
  readonly measured: string
  readonly budget: string
  readonly isWithin: boolean
}

interface Cost {
  readonly requests: number
  readonly depth: number
}

export function costRow(job: string, measured: Cost, budget: Cost): Row {
  return {
    job,
    measured: `${measured.requests} requests, depth ${measured.depth}`,
    budget: `${budget.requests}, ${budget.depth}`,
    isWithin: measured.requests <= budget.requests && measured.depth <= budget.depth,
  }
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}
