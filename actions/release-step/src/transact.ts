import type { Recorded, Rejection } from '@switchyard/core'
import type { CommandRequest, RequestResult } from '@switchyard/ledger'
import type { Command, ReleaseEvent, State } from '@switchyard/releasing'
import type { Door, ReleaseLoaded } from './door.ts'

/** What belongs together: all of it happens, or nothing. */
export interface Group {
  readonly requests: readonly CommandRequest<Command>[]
}

export type GroupResult =
  /** `events` empty: everything was so already. */
  | { readonly kind: 'done'; readonly events: readonly Recorded<ReleaseEvent>[] }
  | { readonly kind: 'rejected'; readonly rejection: Rejection['rejected'] }

export interface Transacted {
  /** In the order of the groups. */
  readonly results: readonly GroupResult[]
  readonly loaded: ReleaseLoaded
}

export interface Wanted {
  /** Documents of views that are read afterwards. */
  readonly documents: readonly string[]
  readonly isDryRun?: boolean
}

/** A release’s decisions have no effects of the ledger’s own. */
export const NO_EFFECTS = {
  apply: (): never => {
    throw new RangeError('A release has no effects')
  },
  ask: (): never => {
    throw new RangeError('A release has no effects')
  },
}

/**
 * Groups in their order, in one commit where none of them is refused, else in one for each: a burst costs little, and what one
 * asks wrongly keeps the others from nothing.
 */
export async function transact(
  door: Door,
  groups: readonly Group[],
  { loaded, documents, isDryRun = false }: Wanted & { readonly loaded: ReleaseLoaded | undefined },
): Promise<Transacted> {
  const together = await perform(
    door,
    groups.flatMap(({ requests }) => requests),
    { loaded, documents, isDryRun },
  )
  if (groups.length === 1 || !together.results.some(({ kind }) => kind === 'rejected')) {
    return { results: split(groups, together.results), loaded: together.loaded }
  }
  const results: GroupResult[] = []
  let last = together.loaded
  for (const { requests } of groups) {
    const one = await perform(door, requests, { loaded: undefined, documents, isDryRun })
    results.push(...split([{ requests }], one.results))
    last = one.loaded
  }
  return { results, loaded: last }
}

/** What was recorded when this was asked before; undefined: it never was. Records nothing. */
export async function findRecorded(door: Door, request: CommandRequest<Command>): Promise<readonly Recorded<ReleaseEvent>[] | undefined> {
  const [result] = (await perform(door, [request], { loaded: undefined, documents: [], isDryRun: true })).results
  return result?.kind === 'replayed' ? result.events : undefined
}

async function perform(
  door: Door,
  requests: readonly CommandRequest<Command>[],
  { loaded, documents, isDryRun = false }: Wanted & { readonly loaded: ReleaseLoaded | undefined },
): Promise<{ readonly results: readonly RequestResult<State, ReleaseEvent>[]; readonly loaded: ReleaseLoaded }> {
  return door.ledger.perform({ handlers: NO_EFFECTS, requests, loaded, documents, isDryRun })
}

function split(groups: readonly Group[], results: readonly RequestResult<State, ReleaseEvent>[]): readonly GroupResult[] {
  let at = 0
  return groups.map(({ requests }): GroupResult => {
    const own = results.slice(at, at + requests.length)
    at += requests.length
    const rejected = own.find((result) => result.kind === 'rejected')
    if (rejected?.kind === 'rejected') return { kind: 'rejected', rejection: rejected.rejection }
    return { kind: 'done', events: own.flatMap((result) => ('events' in result ? result.events : [])) }
  })
}
