import { countOf, renderNumber, renderPercent } from '@switchyard/core'
import { type Counts, wholePercent } from '../release/views/progress.ts'
import { SIGNS } from './signs.ts'

/** A bar with its per cent, or that there are no steps. */
export function renderBar(counts: Counts, width?: number): string {
  const percent = wholePercent(counts)
  return percent === undefined ? 'no steps' : renderPercent(percent, width)
}

/** `7 of 12 steps`. */
export function renderShare({ done, skipped, total }: Counts): string {
  return `${renderNumber(done + skipped)} of ${countOf(total, 'step')}`
}

/** `✅ 5 done · ⏭️ 2 skipped · ⬜ 5 to do`: what is not there is not told. */
export function renderCounts({ done, skipped, reverted, pending }: Counts): string {
  const parts = [
    [done, `${SIGNS.done} ${renderNumber(done)} done`],
    [skipped, `${SIGNS.skipped} ${renderNumber(skipped)} skipped`],
    [reverted, `${SIGNS.reverted} ${renderNumber(reverted)} reverted`],
    [pending, `${SIGNS.pending} ${renderNumber(pending)} to do`],
  ] as const
  return parts
    .filter(([count]) => count > 0)
    .map(([, words]) => words)
    .join(' · ')
}

/** Bar, share and counts on one line. */
export function renderStanding(counts: Counts): string {
  const parts = [`\`${renderBar(counts)}\``, `**${renderShare(counts)}**`, renderCounts(counts)]
  return parts.filter((part) => part !== '').join(' · ')
}
