/** Does the same with each item, at most `limit` at a time. Results are in the order of the items; the first error ends it. */
export async function inParallel<Item, Result>(
  items: readonly Item[],
  limit: number,
  work: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> {
  const results = new Map<number, Result>()
  const waiting = [...items.entries()]
  const take = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) results.set(next[0], await work(next[1]))
  }
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, take))
  return [...results].sort(([left], [right]) => left - right).map(([, result]) => result)
}
