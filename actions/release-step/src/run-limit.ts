import { UserError } from '@switchyard/core'

/** How many runs one command starts: each waits for its own approval. */
export const MAX_RUNS = 25

/** @throws {UserError} `REQUEST_INVALID` */
export function requireFew({ length }: readonly unknown[]): void {
  if (length <= MAX_RUNS) return
  throw new UserError('REQUEST_INVALID', `${length} runs were asked for; ${MAX_RUNS} are allowed.`, { hint: 'Name fewer customers.' })
}
