import { compareCodePoints } from './code-points.ts'
import type { FileTree, TreeFile } from './file-tree.ts'

/** A tree of these files, sorted; of two with one path the later stays. */
export function treeOf(files: Iterable<readonly [string, TreeFile]>): FileTree {
  return new Map([...new Map(files)].sort(([left], [right]) => compareCodePoints(left, right)))
}

/** The tree with this file, new or in place of the one at its path. */
export function withFile(tree: FileTree, path: string, file: TreeFile): FileTree {
  if (tree.has(path)) return new Map(tree).set(path, file)
  const result = new Map<string, TreeFile>()
  let isIn = false
  for (const [other, content] of tree) {
    if (!isIn && compareCodePoints(path, other) < 0) {
      result.set(path, file)
      isIn = true
    }
    result.set(other, content)
  }
  return isIn ? result : result.set(path, file)
}

/** The tree without the file at this path; the same tree when there is none. */
export function withoutFile(tree: FileTree, path: string): FileTree {
  if (!tree.has(path)) return tree
  const result = new Map(tree)
  result.delete(path)
  return result
}

/** The size of all contents together, in bytes. */
export function treeBytes(tree: FileTree): number {
  let bytes = 0
  for (const file of tree.values()) bytes += file.content.byteLength
  return bytes
}
