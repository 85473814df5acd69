/** How much of something is done. */
export interface Counts {
  readonly done: number
  readonly total: number
}

const WIDTH = 20

/** 100 only when nothing is left, 0 only when nothing is done. undefined: there is nothing to do. */
export function wholePercent({ done, total }: Counts): number | undefined {
  if (total === 0) return undefined
  if (done >= total) return 100
  return done === 0 ? 0 : Math.min(99, Math.max(1, Math.floor((done / total) * 100)))
}

/** A bar of blocks with its per cent: plain characters, so that it reads in mail and on a phone too. */
export function renderBar(counts: Counts, width: number = WIDTH): string {
  const percent = wholePercent(counts)
  if (percent === undefined) return 'no tasks'
  const full = Math.floor((percent / 100) * width)
  return `${'█'.repeat(full)}${'░'.repeat(width - full)} ${percent} %`
}

/** Thousands apart, as `10,000`. */
export function renderNumber(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',')
}

/** `1 story`, `4 stories`. */
export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${renderNumber(count)} ${count === 1 ? one : many}`
}

/** What is told beside a share: ` · 1 closed as not planned`; nothing where there is none. */
export function renderSkipped(count: number): string {
  return count === 0 ? '' : ` · ${renderNumber(count)} closed as not planned`
}

/** `7 of 12 tasks`. */
export function renderShare({ done, total }: Counts): string {
  return `${renderNumber(done)} of ${countOf(total, 'task')}`
}
