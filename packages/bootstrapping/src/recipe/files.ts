import { findNearest } from '@switchyard/core'
import { findPathFault, foldCase } from '../tree/check-path.ts'
import { findSizeFault } from '../tree/check-tree.ts'
import { withFile } from '../tree/change-tree.ts'
import { quotePath } from '../tree/fault-codes.ts'
import type { FileTree, TreeFile } from '../tree/file-tree.ts'
import { findLinkAbove, foldersOf } from '../tree/links.ts'
import { findText } from '../tree/text.ts'
import { type Failed, failed } from './outcome.ts'

export interface FoundFile {
  readonly ok: true
  readonly file: TreeFile
}

export interface FoundText extends FoundFile {
  readonly text: string
}

/** A file that is one: no folder, no symbolic link. */
export function findFile(tree: FileTree, path: string): FoundFile | Failed {
  const link = findLinkAbove(tree, path)
  if (link !== undefined) return throughLink(path, link)
  const file = tree.get(path)
  if (file === undefined) return missing(tree, path)
  if (file.mode === '120000') return failed('file-is-link', `${quotePath(path)} is a symbolic link.`, 'Name the file that it leads to.')
  return { ok: true, file }
}

/** A file with its text. */
export function findTextFile(tree: FileTree, path: string): FoundText | Failed {
  const found = findFile(tree, path)
  if (!found.ok) return found
  const text = findText(found.file.content)
  if (text === undefined) {
    const hint = 'Only text can be changed; replace the whole file with COPY_FILE.'
    return failed('file-not-text', `${quotePath(path)} is not UTF-8 text.`, hint)
  }
  return { ...found, text }
}

export type Written = { readonly ok: true; readonly tree: FileTree } | Failed

/** The tree with this file written: never through a link, never over a folder, never beyond the caps. */
export function writeFile(tree: FileTree, path: string, file: TreeFile): Written {
  const fault = findPathFault(path)
  if (fault !== undefined) return { ok: false, fault }
  const taken = tree.has(path) ? undefined : findTaken(tree, path)
  if (taken !== undefined) return taken
  const link = tree.get(path)?.mode === '120000' ? path : findLinkAbove(tree, path)
  if (link !== undefined) return throughLink(path, link)
  const result = withFile(tree, path, file)
  const size = findSizeFault(result)
  return size === undefined ? { ok: true, tree: result } : { ok: false, fault: size }
}

/** Whether the place of a new file is taken: by a folder, by a file where a folder is needed, by a name in another case. */
function findTaken(tree: FileTree, path: string): Failed | undefined {
  const places = new Map([...foldersOf(path), path].map((place) => [foldCase(place), place]))
  for (const other of tree.keys()) {
    for (const place of [other, ...foldersOf(other)]) {
      const mine = places.get(foldCase(place))
      if (mine === undefined) continue
      if (mine !== place) {
        const message = `${quotePath(path)} and ${quotePath(other)} are one name where case does not count.`
        return failed('names-differ-in-case', message, `Write it as ${quotePath(place)}.`)
      }
      if (mine === path) return failed('file-is-folder', `${quotePath(path)} is a folder.`, 'Name a file in it.')
      if (place === other && tree.get(other)?.mode !== '120000') {
        return failed('file-and-folder', `${quotePath(path)} lies below ${quotePath(other)}, which is a file.`, 'Choose another folder.')
      }
    }
  }
  return undefined
}

function throughLink(path: string, link: string): Failed {
  const what = link === path ? 'is a symbolic link' : `lies below ${quotePath(link)}, which is a symbolic link`
  return failed('file-is-link', `${quotePath(path)} ${what}.`, 'Name the place that it leads to; nothing is written through a link.')
}

function missing(tree: FileTree, path: string): Failed {
  if ([...tree.keys()].some((other) => other.startsWith(`${path}/`))) {
    return failed('file-is-folder', `${quotePath(path)} is a folder.`, 'Name a file in it.')
  }
  const name = path.slice(path.lastIndexOf('/') + 1)
  const paths = [...tree.keys()]
  const near = findNearest(path, paths) ?? paths.find((other) => other === name || other.endsWith(`/${name}`))
  const check = 'Check the path against the template at this version, and the order of the actions.'
  const hint = near === undefined ? check : `Did you mean ${quotePath(near)}?`
  return failed('file-missing', `There is no file ${quotePath(path)}.`, hint)
}
