import { type StreamName, UserError } from '@switchyard/core'
import { type EventRecord, type IntentRecord, readEvents, readIntents } from '@switchyard/ledger/maintenance'
import { toInertLine } from '../terminal/inert.ts'
import { renderColumns } from '../terminal/table.ts'
import type { Terminal } from '../terminal/terminal.ts'
import { noLedgerError } from './ledger-command.ts'
import type { LedgerSource } from './open-source.ts'
import { renderTime, type SubjectSummary, summariseSubjects } from './summarise.ts'

/** One branch, read whole. */
export interface ShownLedger {
  readonly branch: string
  readonly head: string
  readonly events: readonly EventRecord[]
  readonly intents: ReadonlyMap<string, IntentRecord>
}

/**
 * The ledgers of a source: the named one, or every one there is.
 *
 * @throws {UserError} `NO_LEDGER` when there is none.
 */
export async function readLedgers(
  source: LedgerSource,
  { branch, stream }: { branch?: string | undefined; stream?: StreamName | undefined },
): Promise<readonly ShownLedger[]> {
  const named = branch ?? (stream === undefined ? undefined : `switchyard/${stream}`)
  const branches = named === undefined ? await source.listBranches() : [named]
  if (branches.length === 0) throw noLedgerError(source, 'switchyard/…')
  const ledgers: ShownLedger[] = []
  for (const one of branches) {
    const store = source.open(one)
    const log = await readEvents(store)
    if (log === undefined) throw noLedgerError(source, one)
    ledgers.push({ branch: one, ...log, intents: await readIntents(store, log.head) })
  }
  return ledgers
}

/** The events of a subject, oldest first. @throws {UserError} `SUBJECT_NOT_FOUND`. */
export function getEventsOf(ledgers: readonly ShownLedger[], subject: string): readonly EventRecord[] {
  const events = ledgers.flatMap((ledger) => ledger.events.filter((event) => event.subject === subject))
  if (events.length > 0) return events
  throw new UserError('SUBJECT_NOT_FOUND', `Nothing was recorded of ${subject}`, {
    hint: '`switchyard ledger show` lists the subjects there are.',
  })
}

export interface OverviewOptions {
  /** Subjects shown of each ledger. */
  readonly limit: number
}

/** Streams, subjects and open intents as tables. */
export function renderOverview(terminal: Pick<Terminal, 'style'>, ledgers: readonly ShownLedger[], { limit }: OverviewOptions): string {
  const streams = ledgers.map(({ branch, head, events, intents }) => {
    const last = events.at(-1)
    const subjects = new Set(events.map(({ subject }) => subject)).size
    return [
      branch,
      head.slice(0, 12),
      String(subjects),
      String(events.length),
      String(intents.size),
      last === undefined ? '' : `${renderTime(last.at)} ${last.type}`,
    ]
  })
  return [
    renderColumns(terminal, { head: ['ledger', 'commit', 'subjects', 'events', 'open intents', 'last event'], rows: streams }),
    ...ledgers.flatMap((ledger) => [...renderSubjects(terminal, ledger, limit), ...renderIntents(terminal, ledger)]),
  ].join('\n\n')
}

function renderSubjects(terminal: Pick<Terminal, 'style'>, { branch, events, intents }: ShownLedger, limit: number): readonly string[] {
  const subjects = summariseSubjects(events, intents.values())
  if (subjects.length === 0) return []
  const rows = subjects.slice(0, limit).map((subject) => renderSubject(subject))
  const rest = subjects.length > limit ? [`… and ${subjects.length - limit} older ones: --limit ${subjects.length} shows all.`] : []
  return [
    [
      `Subjects of ${toInertLine(branch)}, newest first`,
      renderColumns(terminal, { head: ['subject', 'events', 'open', 'last event', 'by'], rows }),
      ...rest,
    ].join('\n'),
  ]
}

const renderSubject = ({ subject, events, openIntents, last }: SubjectSummary): readonly string[] => [
  subject,
  String(events),
  openIntents === 0 ? '' : String(openIntents),
  `${renderTime(last.at)} ${last.type}`,
  last.actor.login,
]

function renderIntents(terminal: Pick<Terminal, 'style'>, { branch, intents }: ShownLedger): readonly string[] {
  if (intents.size === 0) return []
  const rows = [...intents.values()].map(({ subject, effect, opened_at: openedAt, lease_until: leaseUntil, claimed_by: run }) => [
    subject,
    effect.id,
    effect.kind,
    renderTime(openedAt),
    renderTime(leaseUntil),
    run.url,
  ])
  return [
    [
      `Open intents of ${toInertLine(branch)}`,
      renderColumns(terminal, { head: ['subject', 'effect', 'kind', 'opened', 'lease until', 'run'], rows }),
    ].join('\n'),
  ]
}

/** A subject's history. */
export function renderEvents(terminal: Pick<Terminal, 'style'>, events: readonly EventRecord[]): string {
  const rows = events.map(({ seq, at, type, actor, run, data }) => [
    String(seq),
    renderTime(at),
    type,
    actor.login,
    run.url,
    JSON.stringify(data ?? null),
  ])
  return renderColumns(terminal, { head: ['seq', 'at', 'event', 'by', 'run', 'data'], rows })
}
