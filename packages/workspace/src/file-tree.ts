/** A file of a tree. Of a symlink, `content` is the target. */
export interface TreeFile {
  readonly mode: '100644' | '100755' | '120000'
  readonly content: Uint8Array
}

/** Files by their path, which has `/` between names, sorted by code point. Folders are there only by what they hold. */
export type FileTree = ReadonlyMap<string, TreeFile>

export interface TreeLimits {
  readonly files: number
  /** Of the contents of all files together. */
  readonly bytes: number
}

export const TREE_LIMITS: TreeLimits = { files: 5_000, bytes: 50 * 1_024 * 1_024 }

/** Orders text by code point, as bytes of UTF-8 sort: JavaScript's own order puts emoji before some letters. */
export function compareCodePoints(left: string, right: string): number {
  return Buffer.compare(Buffer.from(left, 'utf8'), Buffer.from(right, 'utf8'))
}

export function sortTree(files: Iterable<readonly [string, TreeFile]>): FileTree {
  return new Map([...files].sort(([left], [right]) => compareCodePoints(left, right)))
}
