import { addressOf } from '../model.ts'
import type { ReleaseState } from '../release/records/state.ts'
import { keyOfBox } from './keys.ts'

/** UTF-16 units of an issue's body or a comment. GitHub's error names 65,536. */
export const MAX_BODY = 60_000
/** What pages are planned for: the rest is room for customers' own steps and for what templates gain. */
const PLANNED = 54_000

/** A page without customers: headline, progress, how to go on. */
const FRAME = 4_500
/** A customer without steps: heading, bar, its columns of the tables, two links of some 100 units to its history. */
const CUSTOMER = 450
/** A box without its key: sign, mark and name. A name that needs more is shortened when room is short. */
const BOX = 75
/** A cell of a table. */
const CELL = 5
/** The first cell of a table's row. */
const ROW = 50
/** Customers side by side in one table: with more, an issue is too narrow for the steps’ names beside them. */
export const COLUMNS = 6

export interface PageInput {
  /** Addresses of all customers, in the order in which they joined. */
  readonly customers: readonly string[]
  /** Steps that every customer has when the pages are planned. */
  readonly steps: number
}

/**
 * Which customers stand on which page, all boxes drawn. Empty: all stand on the board itself. The same input gives the
 * same pages; customers who join later never move those who were there, but from the board itself to the first pages.
 */
export function planPages({ customers, steps }: PageInput): readonly (readonly string[])[] {
  const pages: string[][] = []
  let room = 0
  let last = { cluster: '', count: 0 }
  for (const address of customers) {
    const planned = { address, steps }
    const page = pages.at(-1)
    const seat = nextSeat(last, address)
    const cost = costOf(planned, seat.count === 1)
    if (page !== undefined && cost <= room) {
      page.push(address)
      room -= cost
      last = seat
    } else {
      pages.push([address])
      room = PLANNED - FRAME - costOf(planned, true)
      last = nextSeat({ cluster: '', count: 0 }, address)
    }
  }
  return pages.length <= 1 ? [] : pages
}

/** A release's pages: fixed when it is activated, whatever its template gains or loses, and whoever joins later. */
export function pagesOf({ customers, planned_steps }: Pick<ReleaseState, 'customers' | 'planned_steps'>): readonly (readonly string[])[] {
  return planPages({ customers: customers.map(addressOf), steps: planned_steps })
}

interface Seat {
  readonly cluster: string
  /** Its place in the table: the first one brings the table's first column with it. */
  readonly count: number
}

function nextSeat(last: Seat, address: string): Seat {
  const cluster = address.split('/')[0] ?? ''
  return { cluster, count: last.cluster === cluster && last.count < COLUMNS ? last.count + 1 : 1 }
}

function costOf({ address, steps }: { readonly address: string; readonly steps: number }, isFirst: boolean): number {
  const box = BOX + keyOfBox({ address, step: '' }).length + CELL
  return CUSTOMER + 5 * address.length + steps * (box + (isFirst ? ROW : 0))
}
