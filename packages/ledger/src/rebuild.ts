import { type Decider, type DomainEvent, type Effect, UserError } from '@switchyard/core'
import { busyError } from './errors.ts'
import { byteLength } from './render-records.ts'
import type { LedgerStore } from './store.ts'
import { areEventsSound, verify } from './verify.ts'

/** One commit's share: GitHub cuts a request at 10 seconds and about 40 MB. */
const FILES_PER_COMMIT = 400
const BYTES_PER_COMMIT = 4_000_000
const TRIES = 5

export interface Rebuilt {
  readonly written: readonly string[]
  readonly deleted: readonly string[]
}

/**
 * Makes every derived file anew from the events, in as many commits as it takes. The events are not touched, nor are the texts beside
 * them, whole or not: nothing is derived from a text. Interrupted, it is run again.
 *
 * @throws {UserError} LEDGER_FOREIGN for a ledger of another repository or stream, LEDGER_CORRUPT when the events themselves are not whole,
 * LEDGER_BUSY when others keep writing.
 */
export async function rebuild<State, Command, Event extends DomainEvent, Eff extends Effect, Answer, Index>(
  decider: Decider<State, Command, Event, Eff, Answer, Index>,
  store: LedgerStore,
): Promise<Rebuilt> {
  const written = new Set<string>()
  const deleted = new Set<string>()
  for (let tries = 0; tries < TRIES; tries += 1) {
    const verification = await verify(decider, store)
    if (!areEventsSound(verification)) throw unsound(store, verification)
    const { head, repair } = verification
    if (head === undefined || (await writeRepair(store, { head, repair, written, deleted }))) {
      return { written: [...written], deleted: [...deleted] }
    }
  }
  throw busyError(store.place, TRIES, 0)
}

interface Repair {
  readonly head: string
  readonly repair: { readonly additions: ReadonlyMap<string, string>; readonly deletions: readonly string[] }
  readonly written: Set<string>
  readonly deleted: Set<string>
}

/** False when somebody else wrote in between. */
async function writeRepair(store: LedgerStore, { head, repair, written, deleted }: Repair): Promise<boolean> {
  let expectedHead = head
  for (const { additions, deletions } of toCommits(repair)) {
    const outcome = await store.commit({ expectedHead, additions, deletions, headline: 'Rebuild from events', body: '' })
    if (outcome.kind === 'stale') return false
    expectedHead = outcome.head
    for (const path of additions.keys()) written.add(path)
    for (const path of deletions) deleted.add(path)
  }
  return true
}

function toCommits({ additions, deletions }: Repair['repair']): { additions: Map<string, string>; deletions: readonly string[] }[] {
  if (additions.size === 0 && deletions.length === 0) return []
  const commits = [{ additions: new Map<string, string>(), deletions, bytes: 0 }]
  for (const [path, text] of additions) {
    const bytes = byteLength(text)
    const last = commits.at(-1)
    if (last && last.additions.size < FILES_PER_COMMIT && last.bytes + bytes <= BYTES_PER_COMMIT) {
      last.additions.set(path, text)
      last.bytes += bytes
    } else commits.push({ additions: new Map([[path, text]]), deletions: [], bytes })
  }
  return commits
}

function unsound(
  store: LedgerStore,
  { findings }: { readonly findings: readonly { readonly path: string; readonly message: string; readonly severity: string }[] },
): UserError {
  const faults = findings.filter(({ severity }) => severity === 'error')
  const [first] = faults
  return new UserError(
    'LEDGER_CORRUPT',
    `The events on branch ${store.place.branch} are not whole: ${first?.path ?? ''}: ${first?.message ?? ''}`,
    {
      hint: 'Restore the named files from the last good commit of the branch; its history has them. Nothing was changed.',
      faults: faults.map(({ path, message }) => ({
        code: 'LEDGER_CORRUPT',
        message,
        severity: 'error',
        place: { file: path, line: 1, column: 1 },
      })),
    },
  )
}
