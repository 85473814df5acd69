import { findPathFault, foldCase } from './check-path.ts'
import { treeBytes } from './change-tree.ts'
import { quotePath, type TreeFault } from './fault-codes.ts'
import type { FileTree } from './file-tree.ts'
import { MAX_FILES, MAX_TREE_BYTES } from './limits.ts'
import { findLinkFault, linksOf } from './links.ts'

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

/** A place in the tree of names, whatever its spelling. */
interface Place {
  readonly spellings: Set<string>
  readonly inside: Map<string, Place>
  /** The file that stands here, with its path. */
  file?: { readonly path: string; readonly isLink: boolean }
  isTold?: boolean
}

/** Names that are one on some file system, files that are folders too, files below a link. Each place is told once. */
export function findCollisions(tree: FileTree, paths: readonly string[]): readonly TreeFault[] {
  const root: Place = { spellings: new Set(), inside: new Map() }
  const faults: TreeFault[] = []
  for (const path of paths) {
    let place = root
    let end = -1
    for (const name of path.split('/')) {
      end += name.length + 1
      if (place.file !== undefined && place.isTold !== true) faults.push(belowFile(place.file, path))
      if (place.file !== undefined) place.isTold = true
      place = enter(place, name)
      if (place.spellings.has(name)) continue
      const [first] = place.spellings
      place.spellings.add(name)
      if (first !== undefined) faults.push(sameName(`${path.slice(0, end - name.length)}${first}`, path.slice(0, end)))
    }
    place.file = { path, isLink: tree.get(path)?.mode === '120000' }
    const [below] = place.spellings.size === 1 ? place.inside.keys() : []
    if (below !== undefined) faults.push(belowFile(place.file, `${path}/${below}`))
    if (below !== undefined) place.isTold = true
  }
  return faults
}

function enter(place: Place, name: string): Place {
  const key = foldCase(name)
  const known = place.inside.get(key)
  if (known !== undefined) return known
  const fresh: Place = { spellings: new Set(), inside: new Map() }
  place.inside.set(key, fresh)
  return fresh
}

function sameName(first: string, second: string): TreeFault {
  const message = `${quotePath(first)} and ${quotePath(second)} are one name where case does not count.`
  return { code: 'names-differ-in-case', message, hint: 'Rename one of them.', path: second, severity: 'error' }
}

function belowFile(file: { readonly path: string; readonly isLink: boolean }, path: string): TreeFault {
  const message = `${quotePath(path)} lies below ${quotePath(file.path)}, which is a ${file.isLink ? 'symbolic link' : 'file'}.`
  return { code: file.isLink ? 'below-link' : 'file-and-folder', message, hint: 'Move one of them.', path, severity: 'error' }
}
