// A pure computation in spite of its module: the one `node:` import that floor 0 is allowed.
import { createHash } from 'node:crypto'
import { canonicalJson } from './canonical-json.ts'

/** SHA-256 of UTF-8 text, as 64 lower-case hex digits. */
export function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex')
}

/** SHA-256 of a value's canonical JSON: the same for equal values, whatever the order of their keys. */
export function hashOf(value: unknown): string {
  return sha256(canonicalJson(value))
}
