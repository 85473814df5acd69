import { MAX_PATH_LENGTH } from './limits.ts'

/** The folder that holds the inventory, the releases and the contents of their steps. */
export const RELEASE_FOLDER = 'release'
export const INVENTORY_FILE = `${RELEASE_FOLDER}/inventory.yml`
export const RELEASES_FOLDER = `${RELEASE_FOLDER}/releases`

/** The rules of `findContentPathFault` but for the length, for JSON Schema and editors; a test holds the two together. */
export const CONTENT_PATH = /^(?!\/)(?!.*\/\/)(?!.*\/$)(?!(?:.*\/)?\.[gG][iI][tT](?:\/|$))(?!.*\.(?:\/|$))[A-Za-z0-9_./-]+$/

/**
 * What is wrong with the path of a step's content, as the end of "… is not a path below `release/`: "; undefined when it is sound.
 * A sound path is relative, has one spelling only, and stays in the folder on every file system: no `.` or `..`, no empty part, no
 * part that ends with a dot (Windows drops it).
 */
export function findContentPathFault(path: string): string | undefined {
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
