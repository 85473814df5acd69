import { isJsonObject } from '@switchyard/core'
import type { ActionContext } from './context.ts'

/** An issue as the event tells of it: enough to know what is to be looked at. What is acted on is read again. */
export interface EventIssue {
  readonly number: number
  /** Empty where there is none. */
  readonly body: string
  /** Who opened it. */
  readonly author: string | undefined
  /** ms since the epoch, to the second. */
  readonly updatedAt: number | undefined
}

/** The event's issue. A pull request is none, though its comments come by the same event. */
export function findEventIssue({ payload }: Pick<ActionContext, 'payload'>): EventIssue | undefined {
  const issue = isJsonObject(payload) ? payload['issue'] : undefined
  if (!isJsonObject(issue) || typeof issue['number'] !== 'number' || 'pull_request' in issue) return undefined
  const { number, body, user, updated_at: updated } = issue
  const updatedAt = typeof updated === 'string' ? Date.parse(updated) : Number.NaN
  return {
    number,
    body: typeof body === 'string' ? body : '',
    author: isJsonObject(user) && typeof user['login'] === 'string' ? user['login'] : undefined,
    updatedAt: Number.isSafeInteger(updatedAt) ? updatedAt : undefined,
  }
}
