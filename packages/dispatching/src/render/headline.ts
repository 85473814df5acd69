import type { Report } from './results.ts'
import { countResults } from './outputs.ts'

/** `2 dispatched, 1 denied`: what is not there is not told. */
export function renderHeadline({ results, dryRun }: Pick<Report, 'results' | 'dryRun'>): string {
  const counts = countResults(results)
  const parts = Object.entries(counts).filter(([, count]) => count > 0)
  if (parts.length === 0) return 'no rule is for this run'
  const words = parts.map(([outcome, count]) => `${count} ${outcome}`).join(', ')
  return dryRun ? `dry run: ${words.replace('dispatched', 'to dispatch')}` : words
}
