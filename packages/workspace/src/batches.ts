/** Open files at a time: well below what systems allow a process. */
const BATCH = 64

/** Runs an effect for every item, so many at a time, and gives the results in the items' order. */
export async function inBatches<T, R>(items: readonly T[], run: (item: T) => Promise<R>): Promise<readonly R[]> {
  const results: R[] = []
  for (let at = 0; at < items.length; at += BATCH) {
    results.push(...(await Promise.all(items.slice(at, at + BATCH).map(run))))
  }
  return results
}
