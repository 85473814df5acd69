import { findPathFault, foldCase } from './check-path.ts'
import { treeBytes } from './change-tree.ts'
import { quotePath, type TreeFault } from './fault-codes.ts'
import type { FileTree } from './file-tree.ts'
import { MAX_FILES, MAX_TREE_BYTES } from './limits.ts'
import { findLinkFault, foldersOf, linksOf } from './links.ts'

/**
 * Everything that makes a tree unfit to be written on any machine or pushed: paths, names that fall together, links, size.
 * Empty when it is sound. A tree with too many files is not looked at any further.
 */
export function checkTree(tree: FileTree): readonly TreeFault[] {
  const size = findSizeFault(tree)
  if (size !== undefined) return [size]
  const links = linksOf(tree)
  const paths: string[] = []
  const faults: TreeFault[] = []
  for (const [path, file] of tree) {
    const fault = findPathFault(path)
    if (fault === undefined) paths.push(path)
    const bad = fault ?? (file.mode === '120000' ? findLinkFault(links, path) : undefined)
    if (bad !== undefined) faults.push(bad)
  }
  return [...faults, ...findCollisions(tree, paths)]
}

/** Too many files or too many bytes: the one fault that is about no path. */
export function findSizeFault(tree: FileTree): TreeFault | undefined {
  if (tree.size > MAX_FILES) {
    const message = `The tree has ${tree.size} files; ${MAX_FILES} are allowed.`
    return { code: 'too-many-files', message, hint: 'Delete what a new repository does not need.', severity: 'error' }
  }
  const bytes = treeBytes(tree)
  if (bytes <= MAX_TREE_BYTES) return undefined
  const message = `The tree has ${bytes} bytes; ${MAX_TREE_BYTES} are allowed.`
  return { code: 'tree-too-large', message, hint: 'Keep large files outside, or in Git LFS.', severity: 'error' }
}

/** Names that are one on some file system, files that are folders too, files below a link. Each place is told once. */
export function findCollisions(tree: FileTree, paths: readonly string[]): readonly TreeFault[] {
  const spellings = new Map<string, string>()
  const folders = new Set<string>()
  const faults: TreeFault[] = []
  const spell = (place: string): void => {
    const key = foldCase(place)
    const first = spellings.get(key)
    if (first === undefined) spellings.set(key, place)
    else if (first !== place) faults.push(sameName(first, place))
  }
  for (const path of paths) {
    for (const folder of foldersOf(path).toReversed()) {
      // What lies above was seen together with it.
      if (folders.has(folder)) break
      folders.add(folder)
      spell(folder)
      const file = tree.get(folder)
      if (file !== undefined) faults.push(belowFile(folder, path, file.mode === '120000'))
    }
    spell(path)
  }
  return faults
}

function sameName(first: string, second: string): TreeFault {
  const message = `${quotePath(first)} and ${quotePath(second)} are one name where case does not count.`
  return { code: 'names-differ-in-case', message, hint: 'Rename one of them.', path: second, severity: 'error' }
}

function belowFile(place: string, path: string, isLink: boolean): TreeFault {
  const message = `${quotePath(path)} lies below ${quotePath(place)}, which is a ${isLink ? 'symbolic link' : 'file'}.`
  return { code: isLink ? 'below-link' : 'file-and-folder', message, hint: 'Move one of them.', path, severity: 'error' }
}
