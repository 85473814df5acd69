import type { Decider, DomainEvent, Effect } from '@switchyard/core'
import { type FoldedState, toRecorded } from './fold.ts'
import { parseBatch } from './parse-records.ts'
import { classifyPath, subjectFolder } from './paths.ts'
import { isEffectRecord } from './record-types.ts'
import type { LedgerStore } from './store.ts'

/** A subject's state from all events in its folder: when its file was deleted, or folded by an older version of the decider. */
export async function foldSubject<State, Command, Event extends DomainEvent, Eff extends Effect, Answer, Index>(
  decider: Decider<State, Command, Event, Eff, Answer, Index>,
  store: LedgerStore,
  from: { readonly head: string; readonly subject: string },
): Promise<FoldedState<State>> {
  const listed = await store.listAt(from.head, subjectFolder(from.subject))
  const paths = listed.map(({ path }) => path).filter((path) => classifyPath(path) === 'batch')
  const texts = await store.readAt(from.head, paths)
  const records = [...texts].flatMap(([path, text]) => parseBatch({ place: store.place, path, text })).sort((left, right) => left.seq - right.seq)
  const state = records
    .filter((record) => !isEffectRecord(record))
    .reduce((folded, record) => decider.evolve(folded, toRecorded(decider, record)), decider.initial)
  return { state, seq: records.at(-1)?.seq ?? 0, batches: paths.length }
}
