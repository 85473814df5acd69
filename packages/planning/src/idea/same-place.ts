import type { PlanSource } from './command.ts'

/** Whether plans are read again from the same place: a file whatever its commit; of comments none is. */
export function isSamePlace(one: PlanSource, other: PlanSource): boolean {
  return one.kind === 'file' && other.kind === 'file' ? one.path === other.path : one.kind === other.kind
}
