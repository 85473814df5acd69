/** A path that a configuration names, in characters. */
export const MAX_PATH_LENGTH = 256

/** The rules of `findSafePathFault` but for the length, for JSON Schema and editors; a test holds the two together. */
export const SAFE_PATH = /^(?!\/)(?!.*\/\/)(?!.*\/$)(?!(?:.*\/)?\.[gG][iI][tT](?:\/|$))(?!.*\.(?:\/|$))[A-Za-z0-9_./-]+$/

/**
 * What is wrong with a path that a configuration names, as the end of "… is not a path of …: "; undefined when it is sound. A sound path
 * is relative, has one spelling only, stays inside the repository and out of `.git` on every file system: no `.` or `..`, no
 * empty part, no part that ends with a dot (Windows drops it).
 */
export function findSafePathFault(path: string): string | undefined {
  if (path === '') return 'it is empty'
  if (path.length > MAX_PATH_LENGTH) return `it is longer than ${MAX_PATH_LENGTH} characters`
  if (!/^[A-Za-z0-9_./-]+$/.test(path)) return 'it holds more than letters A to Z, digits, `.`, `_`, `-`, `/`'
  if (path.startsWith('/')) return 'it is absolute'
  for (const part of path.split('/')) {
    if (part === '') return 'it has a slash at its end, or two together'
    if (part === '..') return 'it climbs with `..`'
    if (part === '.') return 'it has a part `.`'
    if (/^\.git\.*$/i.test(part)) return 'it reaches into `.git`'
    if (part.endsWith('.')) return 'a part of it ends with a dot'
  }
  return undefined
}
