import type { GroupRequest } from '@switchyard/ledger'
import type { Idea, IdeaCommand, RollupStep } from '@switchyard/planning'
import { NO_EFFECTS } from './ask-ledger.ts'
import type { Door, PlanLoaded } from './door.ts'
import { documentsOf } from './observe.ts'

/** How an issue is from now on. */
export interface Change {
  readonly number: number
  readonly isOpen: boolean
  readonly isDone: boolean
  /** Deleted, or moved away. */
  readonly isGone?: boolean
}

export function toChange(step: RollupStep): Change {
  return { number: step.number, isOpen: step.kind === 'reopen', isDone: step.kind === 'close' && step.isDone }
}

/** An issue as it is after what was changed since it was read; what is not of this repository has no number. */
export function withChange<One extends { readonly number: number | undefined }>(one: One, changes: ReadonlyMap<number, Change>): One {
  const change = one.number === undefined ? undefined : changes.get(one.number)
  return change === undefined ? one : { ...one, isOpen: change.isOpen, isDone: change.isDone }
}

/** Whether an issue of its target is one of the idea's, by number. */
export function isItemOf({ items }: Idea): (number: number) => boolean {
  const numbers = new Set(Object.values(items))
  return (number) => numbers.has(number)
}

interface Recording {
  readonly subject: string
  readonly loaded: PlanLoaded
  /** Names for ever what is told. */
  readonly key: string
  readonly changes: readonly Change[]
}

/**
 * Tells the ledger, all at once. Returns whose change was news to it: only that is carried out, so that two last children at once close
 * their parent once.
 */
export async function recordChanges(
  door: Door,
  { subject, loaded, key, changes }: Recording,
): Promise<{ readonly news: ReadonlySet<number>; readonly loaded: PlanLoaded }> {
  const requests = changes.map(({ number, isOpen, isDone, isGone = false }): GroupRequest<IdeaCommand> => ({
    subject,
    command: isGone
      ? { kind: 'item-gone', number }
      : isOpen
        ? { kind: 'item-reopened', number }
        : { kind: 'item-closed', number, isPlanned: isDone },
  }))
  const done = await door.ledger.performGroups({
    handlers: NO_EFFECTS,
    groups: [{ idempotencyKey: key, parts: [() => requests] }],
    subjects: [subject],
    loaded,
    documents: documentsOf(subject),
  })
  // A run that is started again may have been stopped before it drew anything.
  const events = done.results.flatMap((result) => result.events)
  return { news: new Set(events.flatMap(({ data }) => ('number' in data ? [data.number] : []))), loaded: done.loaded }
}
