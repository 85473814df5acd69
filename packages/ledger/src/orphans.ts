import { isSameAttempt, type RunRef } from '@switchyard/core'
import type { Intent } from './types.ts'

export interface OrphanQuestion {
  readonly run: RunRef
  /** ms since the epoch. */
  readonly now: number
  /** undefined: it cannot be seen. */
  readonly isAttemptCompleted: (run: RunRef) => Promise<boolean | undefined>
}

/**
 * Intents that nobody works on any more: the lease has passed, an earlier attempt of my own run holds it, or GitHub says that the
 * attempt which holds it is over. What my own attempt holds is never an orphan before its lease: the legs of a matrix share a run.
 */
export async function findOrphans<Eff>(intents: readonly Intent<Eff>[], question: OrphanQuestion): Promise<Intent<Eff>[]> {
  const asked = new Map<string, Promise<boolean | undefined>>()
  const isOver = (run: RunRef): Promise<boolean | undefined> => {
    const name = `${run.repository}#${run.run_id}#${run.run_attempt}`
    const answer = asked.get(name) ?? question.isAttemptCompleted(run)
    asked.set(name, answer)
    return answer
  }
  const isOrphan = await Promise.all(intents.map((intent) => judge(intent, question, isOver)))
  return intents.filter((_, index) => isOrphan[index])
}

async function judge(
  intent: Intent<unknown>,
  { run, now }: OrphanQuestion,
  isOver: (run: RunRef) => Promise<boolean | undefined>,
): Promise<boolean> {
  const holder = intent.claimedBy
  const isPast = intent.leaseUntil < now
  const isHere = holder.repository === run.repository
  if (isHere && isSameAttempt(holder, run)) return isPast
  if (isHere && holder.run_id === run.run_id && holder.run_attempt < run.run_attempt) return true
  return isPast || (await isOver(holder)) === true
}
