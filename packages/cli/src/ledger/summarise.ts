import type { EventRecord, IntentRecord } from '@switchyard/ledger/maintenance'

export interface SubjectSummary {
  readonly subject: string
  readonly events: number
  readonly openIntents: number
  /** The newest event. */
  readonly last: EventRecord
}

/** What is known of each subject, the one that something last happened to first. */
export function summariseSubjects(events: readonly EventRecord[], intents: Iterable<IntentRecord>): readonly SubjectSummary[] {
  const open = Map.groupBy(intents, ({ subject }) => subject)
  return [...Map.groupBy(events, ({ subject }) => subject)]
    .flatMap(([subject, own]) => {
      const last = own.at(-1)
      return last === undefined ? [] : [{ subject, events: own.length, openIntents: open.get(subject)?.length ?? 0, last }]
    })
    .sort((left, right) => right.last.seq - left.last.seq)
}

/** To the second, in UTC. */
export function renderTime(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')}Z`
}
