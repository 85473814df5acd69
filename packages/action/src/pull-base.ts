import { isJsonObject } from '@switchyard/core'
import type { ActionContext } from './context.ts'

/** The commit that the event's pull request starts from. */
export function findPullBase({ payload }: Pick<ActionContext, 'payload'>): string | undefined {
  const pull = isJsonObject(payload) ? payload['pull_request'] : undefined
  const base = isJsonObject(pull) ? pull['base'] : undefined
  return isJsonObject(base) && typeof base['sha'] === 'string' ? base['sha'] : undefined
}
