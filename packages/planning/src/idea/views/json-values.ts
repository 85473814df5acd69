import type { Json } from '@switchyard/core'

export function listOf(value: Json | undefined): readonly Json[] {
  return isList(value) ? value : []
}

function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value)
}

export function numbersOf(value: Json | undefined): readonly number[] {
  return listOf(value).filter((each) => typeof each === 'number')
}

export function numberOr<Other>(value: Json | undefined, other: Other): number | Other {
  return typeof value === 'number' ? value : other
}

export function textOr<Other>(value: Json | undefined, other: Other): string | Other {
  return typeof value === 'string' ? value : other
}
