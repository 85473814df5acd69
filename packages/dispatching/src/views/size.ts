import type { Json } from '@switchyard/core'

/** Bytes a view's document may have: every transaction reads the open ones whole. Source: the ledger's design, 100 KB. */
export const MAX_VIEW_BYTES = 90_000

const encoder = new TextEncoder()

/** Bytes of a value as the ledger writes it: the order of keys makes no difference to that. */
export function bytesOf(value: Json): number {
  return encoder.encode(JSON.stringify(value)).length
}
