import { type Finding, type Path, textsAt } from '@switchyard/core/config'
import { quote } from './quote.ts'
import { isReserved } from './reserved.ts'

interface Once {
  /** Places whose texts share one set of names. */
  readonly patterns: readonly string[]
  /** What stands there: "cluster". */
  readonly what: string
  readonly code: string
  readonly hint: string
  /** Within what it must be unique. Default: the file. */
  readonly scope?: (path: Path) => string
}

/** Names that stand twice where each must be unique, whatever their case. */
export function checkOnce(value: unknown, { patterns, ...once }: Once): readonly Finding[] {
  const seen = new Map<string, string>()
  return patterns
    .flatMap((pattern) => textsAt(value, pattern))
    .flatMap(({ path, text }) => {
      const key = JSON.stringify([once.scope?.(path) ?? '', text.normalize('NFC').toLowerCase()])
      const first = seen.get(key)
      if (first === undefined) seen.set(key, text)
      if (first === undefined) return []
      const how = first === text ? 'is there twice' : `differs from ${quote(first)} in case only`
      return [{ path, code: once.code, message: `The ${once.what} ${quote(text)} ${how}.`, hint: once.hint }]
    })
}

/** Names that `isReserved` knows. */
export function checkReserved(value: unknown, patterns: readonly string[]): readonly Finding[] {
  return patterns
    .flatMap((pattern) => textsAt(value, pattern))
    .filter(({ text }) => isReserved(text))
    .map(({ path, text }) => {
      const message = `${quote(text)} is a name that programs keep for themselves.`
      return { path, code: 'reserved-name', message, hint: 'Choose another name.' }
    })
}
