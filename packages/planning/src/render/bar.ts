import { countOf, renderNumber, renderPercent } from '@switchyard/core'

/** How much of something is done. */
export interface Counts {
  readonly done: number
  readonly total: number
}

/** 100 only when nothing is left, 0 only when nothing is done. undefined: there is nothing to do. */
function wholePercent({ done, total }: Counts): number | undefined {
  if (total === 0) return undefined
  if (done >= total) return 100
  return done === 0 ? 0 : Math.min(99, Math.max(1, Math.floor((done / total) * 100)))
}

/** A bar with its per cent, or that there are no tasks. */
export function renderBar(counts: Counts, width?: number): string {
  const percent = wholePercent(counts)
  return percent === undefined ? 'no tasks' : renderPercent(percent, width)
}

/** What is told beside a share: ` · 1 closed as not planned`; nothing where there is none. */
export function renderSkipped(count: number): string {
  return count === 0 ? '' : ` · ${renderNumber(count)} closed as not planned`
}

/** `7 of 12 tasks`. */
export function renderShare({ done, total }: Counts): string {
  return `${renderNumber(done)} of ${countOf(total, 'task')}`
}
