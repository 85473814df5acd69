import { matchesPatterns } from '@switchyard/core'

/** How one entry of a task's `Files:` is read. */
export type PathPattern =
  /** A file, or a directory and all below it: a tree holds no file and directory of one name. Empty: the whole repository. */
  { readonly kind: 'path'; readonly path: string } | { readonly kind: 'glob'; readonly pattern: string; readonly prefix: string }

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
  return { kind: 'glob', pattern: toFilterPattern(path), prefix: path.slice(0, path.indexOf('*')) }
}

export function matchesGlob(path: string, glob: Extract<PathPattern, { kind: 'glob' }>): boolean {
  return path.startsWith(glob.prefix) && matchesPatterns(doubled(path), [glob.pattern])
}

/**
 * The house's filter patterns know no optional segment. With every `/` of a name written twice, the two slashes around `**` may meet in
 * one place, and so `src/**\/x.ts` matches `src/x.ts` too, as GitHub's path filters do.
 */
function toFilterPattern(path: string): string {
  const literal = `/${path}`.replace(/[\\?+[\]]/g, '\\$&').replace(/(?:\/\*\*)+(?=\/)/g, '/**')
  return literal
    .split('/**/')
    .map((part) => part.replaceAll('/', '//'))
    .join('/**/')
}

function doubled(path: string): string {
  return `/${path}`.replaceAll('/', '//')
}
