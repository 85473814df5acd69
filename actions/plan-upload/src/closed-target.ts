import { GitHubError, joinSentences, UserError } from '@switchyard/core'
import type { Door } from './door.ts'
import { drawAll } from './draw-answers.ts'
import { observeIssue } from './observe.ts'
import { explainUnseen, resolvePlaced, type TargetSeen } from './target.ts'
import { tellOnce } from './tell-once.ts'

const CLOSED: readonly string[] = ['TARGET_REFUSED', 'REPOSITORY_UNSEEN', 'LEDGER_PUBLIC', 'ISSUES_DISABLED']

/** Asks once, and only when something is to be done there, whether a target still takes what is ours; the run's own always does. */
export function consentOf(door: Door, { isHere, place }: Pick<TargetSeen, 'isHere' | 'place'>): () => Promise<void> {
  let asked: Promise<unknown> | undefined
  return async () => {
    if (isHere) return
    asked ??= resolvePlaced(door, place)
    await asked
  }
}

/** Whether somebody closed a target to us: nothing that went wrong. */
export function isClosed(error: unknown): error is UserError {
  return error instanceof UserError && CLOSED.includes(error.code)
}

/**
 * How a target whose issues could not be read was closed to us. One that cannot be seen is asked about once more: that it is there, and
 * what was asked first just failed, is something else. undefined: it was something else.
 */
export async function findClosing(door: Door, target: TargetSeen, error: unknown): Promise<UserError | undefined> {
  if (!(error instanceof GitHubError)) return undefined
  try {
    if (error.code === 'GITHUB_GONE') explainUnseen(target)(error)
    if (error.code === 'GITHUB_NOT_FOUND' && !target.isHere) await resolvePlaced(door, target.place)
    return undefined
  } catch (closing) {
    if (isClosed(closing)) return closing
    throw closing
  }
}

/** What to do about a target that somebody closed to us, where the plan's issues are made already. */
export function sayRemedy({ code, hint = '' }: UserError): string {
  return code === 'REPOSITORY_UNSEEN' ? joinSentences(hint, LET_GO) : hint
}

const LET_GO = 'If it is gone for good, `/plan cancel` lets go of the issues there, and the plan can be made elsewhere.'

interface Left {
  /** The idea's issue. */
  readonly number: number
  readonly target: Pick<TargetSeen, 'place'>
}

/** Says on the idea's issue, once and for all, that its issues are left alone. Returns what is new of it. */
export async function tellClosed(door: Door, { number, target: { place } }: Left, error: UserError): Promise<readonly string[]> {
  const { message } = error
  const said = `The issues of #${number} in ${place.repository} are left alone.`
  if (door.given.inputs.dryRun) return [said]
  const reply = `${message} So the plan’s issues there are left alone: none of them is closed or opened again. ${sayRemedy(error)}`
  const observation = await observeIssue(door, number)
  // Where the idea's own issue cannot be seen, there is nobody to tell.
  if (observation === undefined) return []
  const drawings = tellOnce(observation, { reply })
  await drawAll(door, drawings)
  return drawings.length === 0 ? [] : [said]
}
