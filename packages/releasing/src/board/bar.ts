import { type Counts, wholePercent } from '../release/views/progress.ts'
import { SIGNS } from './signs.ts'

const WIDTH = 20

/** A bar of blocks with its per cent: plain characters, so that it reads in mail and on a phone too. */
export function renderBar(counts: Counts, width: number = WIDTH): string {
  const percent = wholePercent(counts)
  if (percent === undefined) return 'no steps'
  const full = Math.floor((percent / 100) * width)
  return `${'█'.repeat(full)}${'░'.repeat(width - full)} ${percent} %`
}

/** Thousands apart, as `10,000`. */
export function renderNumber(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',')
}

/** `7 of 12 steps`. */
export function renderShare({ done, skipped, total }: Counts): string {
  return `${renderNumber(done + skipped)} of ${renderNumber(total)} ${total === 1 ? 'step' : 'steps'}`
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
