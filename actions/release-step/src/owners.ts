import { GitHubError, type RunRef } from '@switchyard/core'
import type { Door } from './door.ts'
import type { GroupResult } from './transact.ts'

/** Who recorded an outcome; undefined: there was nothing to record. */
export function ownerOf(result: GroupResult | undefined): RunRef | undefined {
  return result?.kind === 'done' ? result.events[0]?.run : undefined
}

export function isThis({ given: { context } }: Door, owner: RunRef | undefined): boolean {
  return owner !== undefined && owner.run_id === context.run.id && owner.run_attempt === context.run.attempt
}

/** Whether a run is over. */
export type Over = (owner: RunRef) => Promise<boolean>

/** Asks once of each run. */
export function createOver(door: Door): Over {
  const known = new Map<string, Promise<boolean>>()
  return (owner) => {
    const name = nameOf(owner)
    const asked = known.get(name) ?? isOver(door, owner)
    known.set(name, asked)
    return asked
  }
}

export function nameOf({ run_id: id, run_attempt: attempt }: RunRef): string {
  return `${id} ${attempt}`
}

/** Where it cannot be known, it is better to answer twice than never. */
async function isOver({ github }: Door, attempt: RunRef): Promise<boolean> {
  const { isAttemptOver } = await import('@switchyard/github/operations')
  try {
    return (await isAttemptOver(github, attempt)) ?? true
  } catch (error) {
    if (error instanceof GitHubError && error.status !== undefined && error.status < 500) return true
    throw error
  }
}
