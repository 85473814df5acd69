import type { DomainEvent, Effect, Recorded } from '@switchyard/core'
import type { Branch } from './branch.ts'
import type { GroupVerdict } from './decide-groups.ts'
import type { Verdict } from './decide-requests.ts'
import { bug } from './errors.ts'
import type { Loaded } from './loaded.ts'
import type { Snapshot } from './snapshot.ts'
import type { CommandRequest, GroupResult, RequestResult } from './types.ts'

/** What commands that ran before returned then, by their hashed keys: one more request, and only if there are any. */
export async function readReplays<State, Command, Event extends DomainEvent, Eff extends Effect, Answer, Index>(
  branch: Branch<State, Command, Event, Eff, Answer, Index>,
  snapshot: Snapshot,
  verdicts: readonly (Verdict<Event> | GroupVerdict<Event>)[],
): Promise<ReadonlyMap<string, readonly Recorded<Event>[]>> {
  const replayed = verdicts.filter((verdict) => verdict.kind === 'replayed')
  if (replayed.length === 0 || snapshot.head === undefined) return new Map()
  const events = await branch.readEvents(snapshot.head, [...new Set(replayed.flatMap(({ receipt }) => receipt.files))])
  return new Map(replayed.map(({ key }) => [key, events.get(key) ?? []]))
}

/** What each request is told, with its subject's state as it is in the end. */
export function toResults<State, Command, Event extends DomainEvent, Eff extends Effect, Index>(
  requests: readonly CommandRequest<Command>[],
  from: {
    readonly verdicts: readonly Verdict<Event>[]
    readonly replays: ReadonlyMap<string, readonly Recorded<Event>[]>
    readonly loaded: Loaded<State, Eff, Index, undefined>
  },
): RequestResult<State, Event>[] {
  return requests.map(({ subject }, index) => {
    const verdict = from.verdicts[index]
    if (!verdict) throw bug('A request was left without a verdict')
    const state = from.loaded.getState(subject)
    switch (verdict.kind) {
      case 'done':
        return { kind: 'done', events: verdict.events, state }
      case 'replayed':
        return { kind: 'replayed', events: from.replays.get(verdict.key) ?? [], state }
      case 'rejected':
        return { kind: 'rejected', rejection: verdict.rejection, state }
      case 'withheld':
        return { kind: 'withheld', state }
    }
  })
}

/** What each group is told. */
export function toGroupResults<Event>(
  verdicts: readonly GroupVerdict<Event>[],
  replays: ReadonlyMap<string, readonly Recorded<Event>[]>,
): readonly GroupResult<Event>[] {
  return verdicts.map((verdict) => (verdict.kind === 'replayed' ? { kind: 'replayed', events: replays.get(verdict.key) ?? [] } : verdict))
}
