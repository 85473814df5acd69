import { withoutFile } from '../../tree/change-tree.ts'
import { quotePath } from '../../tree/fault-codes.ts'
import type { FileTree } from '../../tree/file-tree.ts'
import { findFile, writeFile } from '../files.ts'
import { findLinkAbove } from '../../tree/links.ts'
import { done, failed, type Outcome, type ParamsOf } from '../outcome.ts'

/** Deletes a file, or a symbolic link itself, never what it leads to. */
export function deleteFile(tree: FileTree, { path }: ParamsOf<'DELETE_FILE'>): Outcome {
  const isLink = tree.get(path)?.mode === '120000' && findLinkAbove(tree, path) === undefined
  const found = isLink ? undefined : findFile(tree, path)
  if (found?.ok === false) return found
  return done(withoutFile(tree, path), `Deleted ${path}.`)
}

/** Gives a file another path, mode and all; nothing may stand there yet. */
export function renameFile(tree: FileTree, { source, dest }: ParamsOf<'RENAME_FILE'>): Outcome {
  const found = findFile(tree, source)
  if (!found.ok) return found
  if (tree.has(dest)) {
    return failed('file-exists', `${quotePath(dest)} exists already.`, 'Delete it first with DELETE_FILE, or choose another name.')
  }
  // Without the source, so that `readme` can become `README` and `a` become `a/b`.
  const written = writeFile(withoutFile(tree, source), dest, found.file)
  return written.ok ? done(written.tree, `Renamed ${source} to ${dest}.`) : written
}
