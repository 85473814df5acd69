import type { Door } from './door.ts'

/** Names what a run records of a release's board: it does so once. Loaded with the rest, so that recording costs no request more. */
export function boardKey({ given: { context } }: Pick<Door, 'given'>, slug: string): string {
  return `board ${slug} run ${context.repository.id} ${context.run.id} ${context.run.attempt} ${context.run.job}`
}
