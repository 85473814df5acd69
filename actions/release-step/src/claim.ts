import { releaseSubject } from '@switchyard/releasing'
import type { Door } from './door.ts'
import { isThis, nameOf, type Over, ownerOf } from './owners.ts'
import { transact } from './transact.ts'

interface Claiming {
  readonly slug: string
  /** Each names something that is to be done once. */
  readonly keys: readonly string[]
  /** Whether whoever was named is over, and another takes its place; left out: nobody does. */
  readonly over?: Over
}

const NOBODY_AFTER: Over = () => Promise.resolve(false)

/** Keys that are this run's: `first`, or in the place of a run that is over, and may have done it. */
export type Claims = ReadonlyMap<string, 'first' | 'after'>

/**
 * What of all this is for this run to do: of several at the same time the ledger names one for each key. The release must have been
 * activated.
 */
export async function claim(door: Door, { slug, keys, over = NOBODY_AFTER }: Claiming): Promise<Claims> {
  const ours = new Map<string, 'first' | 'after'>()
  let left = keys.map((key) => ({ key, name: key }))
  while (left.length > 0) {
    const { results } = await transact(
      door,
      left.map(({ name }) => ({
        requests: [{ subject: releaseSubject(slug), idempotencyKey: name, command: { kind: 'claim' as const } }],
      })),
      { loaded: undefined, documents: [] },
    )
    const next: typeof left = []
    for (const [at, { key, name }] of left.entries()) {
      const owner = ownerOf(results[at])
      if (owner === undefined || isThis(door, owner)) ours.set(key, name === key ? 'first' : 'after')
      else if (await over(owner)) next.push({ key, name: `${name} after ${nameOf(owner)}` })
    }
    left = next
  }
  return ours
}
