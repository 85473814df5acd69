import type { BoardCustomer } from './rows.ts'

/** Where the ledger tells who did what for a customer, and when. */
export type HistoryUrl = (address: string) => string

/** Units that a page has room for. */
export const MAX_HISTORY_URL = 300

/** A link's text and address as Markdown; empty while nothing happened to the customer, when there is no such page. */
export function linkHistory(text: string, { address, steps, failed }: BoardCustomer, historyUrl: HistoryUrl | undefined): string {
  const hasHistory = failed.size > 0 || steps.some(({ status, source }) => status !== 'pending' || source !== 'template')
  const url = hasHistory ? historyUrl?.(address) : undefined
  return url === undefined || url.length > MAX_HISTORY_URL ? '' : `[${text}](${url})`
}
