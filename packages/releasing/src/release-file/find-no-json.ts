import { isJsonObject } from '@switchyard/core'
import type { Path } from '@switchyard/core/config'

/** Where the first number stands that JSON has no word for (`.nan`, `.inf`); undefined: there is none. */
export function findNoJson(value: unknown, path: Path): Path | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : path
  const members: readonly (readonly [PropertyKey, unknown])[] = Array.isArray(value)
    ? value.map((item: unknown, at) => [at, item] as const)
    : isJsonObject(value)
      ? Object.entries(value)
      : []
  for (const [key, member] of members) {
    const found = findNoJson(member, [...path, key])
    if (found !== undefined) return found
  }
  return undefined
}
