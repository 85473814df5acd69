import type { Args } from './args.ts'
import { notImplemented } from './refusal.ts'

export type Orders<Item> = Readonly<Record<string, (item: Item) => string | number>>

function compare(left: string | number, right: string | number): number {
  if (left === right) return 0
  return left < right ? -1 : 1
}

/** Items in the order that `orderBy` names; as they stand without one. `where` names the field when an order is not known. */
export function sortBy<Item>(
  items: readonly Item[],
  { args, orders, where }: { args: Args; orders: Orders<Item>; where: string },
): readonly Item[] {
  const order = args.findInside('orderBy')
  if (order === undefined) return items
  const field = order.text('field')
  const key = orders[field]
  if (key === undefined) throw notImplemented(`${where}(orderBy: {field: ${field}})`)
  const sign = order.text('direction') === 'DESC' ? -1 : 1
  return items.toSorted((left, right) => sign * compare(key(left), key(right)))
}

/** Refuses arguments that would change the answer and that the embedded GitHub does not know. */
export function refuseArguments(args: Args, where: string, names: readonly string[]): void {
  const given = names.find((name) => args.has(name))
  if (given !== undefined) throw notImplemented(`${where}(${given}:)`)
}
