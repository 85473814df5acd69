import { findSafePathFault, isJsonObject } from '@switchyard/core'

const NAMED = /^\s{0,3}\/plan[ \t]+(?:upload|sync)[ \t]+([^\s`"-]\S*)/im

/** The file that the event's comment seems to name: most likely what is to be read. What it names is told by the grammar, afterwards. */
export function findNamedPath(payload: unknown): string | undefined {
  const comment = isJsonObject(payload) ? payload['comment'] : undefined
  const body = isJsonObject(comment) && typeof comment['body'] === 'string' ? comment['body'] : ''
  const path = NAMED.exec(body)?.[1]
  return path !== undefined && findSafePathFault(path) === undefined ? path : undefined
}
