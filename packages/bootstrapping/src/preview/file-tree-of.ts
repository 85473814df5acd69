import type { FileTree } from '../tree/file-tree.ts'

/** Most files that are listed. */
export const MAX_LISTED_FILES = 500

/** Folders that are left out wherever they stand, and files, as a `.gitignore` would name them. */
const IGNORED_FOLDERS = new Set(['.git', 'node_modules', '.next', 'dist', 'build', 'out', 'coverage'])
const IGNORED_FILES = /^(.*\.log|\.DS_Store|\.env.*)$/

export interface ListedFiles {
  /** Paths in order; the last entry says how many more there are, when there are. */
  readonly fileTree: readonly string[]
  readonly truncated: boolean
  /** How many are there and not listed, since nobody looks at them. */
  readonly unlisted: number
}

/** The files of a tree that are worth a look, at most 500. */
export function fileTreeOf(tree: FileTree): ListedFiles {
  const paths = [...tree.keys()].filter((path) => !isIgnored(path))
  const unlisted = tree.size - paths.length
  const omitted = paths.length - MAX_LISTED_FILES
  if (omitted <= 0) return { fileTree: paths, truncated: false, unlisted }
  return { fileTree: [...paths.slice(0, MAX_LISTED_FILES), `[+${omitted} more files omitted]`], truncated: true, unlisted }
}

/** Whether a path is on the list of what nobody looks at. */
export function isIgnored(path: string): boolean {
  const names = path.split('/')
  // A pattern without a slash at its end holds for folders as well, as in a `.gitignore`.
  return names.some((name) => IGNORED_FILES.test(name)) || names.slice(0, -1).some((name) => IGNORED_FOLDERS.has(name))
}
