import { matchesPatterns } from '@switchyard/core'

/** How one entry of a task's `Files:` is read. */
export type PathPattern =
  /** A file, or a directory and all below it: a tree holds no file and directory of one name. Empty: the whole repository. */
  { readonly kind: 'path'; readonly path: string } | Glob

interface Glob {
  readonly kind: 'glob'
  /** In the house's filter patterns, for names with doubled slashes. */
  readonly pattern: string
  /** What stands before, between and after its stars, in that form too. */
  readonly literals: readonly string[]
}

/**
 * Reads an entry as written. Only `*` (a run of characters but `/`) and `**` (any run; as a whole segment also none) are special: names
 * such as `app/[id]/+page.svelte` stand for themselves. `./` or `/` in front and `/` at the end do not count. Case counts, as in git.
 */
export function parsePathPattern(entry: string): PathPattern {
  const path = entry
    .trim()
    .replace(/^(?:\.?\/)+/, '')
    .replace(/\/+$/, '')
  if (!path.includes('*')) return { kind: 'path', path: path === '.' ? '' : path }
  const doubled = doubleSlashesOfGlob(path)
  return { kind: 'glob', pattern: doubled.replace(/[\\?+[\]]/g, '\\$&'), literals: doubled.split(/\*+/) }
}

/** Whether a name, its slashes doubled, is one of the glob's. */
export function matchesGlob(doubled: string, { pattern, literals }: Glob): boolean {
  // Most names fail here already, a hundred times as fast.
  return hasInOrder(doubled, literals) && matchesPatterns(doubled, [pattern])
}

/**
 * The house's filter patterns know no optional segment. With every `/` of a name written twice, the two slashes around `**` may meet in
 * one place, and so `src/**\/x.ts` matches `src/x.ts` too, as GitHub's path filters do.
 */
export function doubleSlashes(path: string): string {
  return `/${path}`.replaceAll('/', '//')
}

function doubleSlashesOfGlob(path: string): string {
  return `/${path}`
    .replace(/(?:\/\*\*)+(?=\/)/g, '/**')
    .split('/**/')
    .map((part) => part.replaceAll('/', '//'))
    .join('/**/')
}

/** Whether a name begins with the first literal, ends with the last, and has the others in between, one after another. */
function hasInOrder(name: string, literals: readonly string[]): boolean {
  const first = literals[0] ?? ''
  const last = literals.at(-1) ?? ''
  const end = name.length - last.length
  let at = first.length
  if (!name.startsWith(first) || !name.endsWith(last)) return false
  for (const literal of literals.slice(1, -1)) {
    const found = name.indexOf(literal, at)
    if (found < 0) return false
    at = found + literal.length
  }
  return at <= end
}
