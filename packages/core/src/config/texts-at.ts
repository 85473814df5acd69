import { isJsonObject } from '../json.ts'
import type { Path } from './yaml-document.ts'

export interface TextAt {
  readonly path: Path
  readonly text: string
}

/** Every value at a pattern of steps, where `*` is every entry. What has another shape is left to the shape's own faults. */
export function valuesAt(value: unknown, pattern: string): readonly { readonly path: Path; readonly value: unknown }[] {
  let found: { path: Path; value: unknown }[] = [{ path: [], value }]
  for (const step of pattern.split('.')) {
    found = found.flatMap(({ path, value: holder }) => {
      const members: [PropertyKey, unknown][] = Array.isArray(holder)
        ? [...holder.entries()]
        : isJsonObject(holder)
          ? Object.entries(holder)
          : []
      return members.filter(([key]) => step === '*' || key === step).map(([key, member]) => ({ path: [...path, key], value: member }))
    })
  }
  return found
}

export function textsAt(value: unknown, pattern: string): readonly TextAt[] {
  return valuesAt(value, pattern).flatMap(({ path, value: text }) => (typeof text === 'string' && text !== '' ? [{ path, text }] : []))
}
