import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Check } from './check.ts'

/**
 * What `npm test -- <words>` runs: of the checks those that are named, and the tests at the paths. No words: everything.
 *
 * @throws {Error} for a word that is neither; it says what there is.
 */
export function selectChecks(
  groups: readonly (readonly Check[])[],
  words: readonly string[],
  runTests: (paths: readonly string[]) => ReturnType<Check['run']>,
): readonly (readonly Check[])[] {
  if (words.length === 0) return groups
  const names = new Set(groups.flat().map(({ name }) => name))
  const paths = words.filter((word) => !names.has(word))
  const unknown = paths.find((path) => !existsSync(resolve(path)))
  if (unknown !== undefined) {
    throw new Error(`“${unknown}” is no file, no folder and no check. The checks: ${[...names].join(' · ')}`)
  }
  const named = groups.map((group) => group.filter(({ name }) => words.includes(name)))
  const tests: readonly Check[] = paths.length === 0 ? [] : [{ name: paths.join(', '), run: () => runTests(paths) }]
  return [...named, tests].filter((group) => group.length > 0)
}
