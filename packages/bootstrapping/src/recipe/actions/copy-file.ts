import type { FileTree } from '../../tree/file-tree.ts'
import { isSameFile } from '../../tree/text.ts'
import { findFile, writeFile } from '../files.ts'
import { done, type Outcome, type ParamsOf, skipped } from '../outcome.ts'

/** Copies a file of the tree, mode and all; what stands at `dest` is replaced. */
export function copyFile(tree: FileTree, { source, dest }: ParamsOf<'COPY_FILE'>): Outcome {
  const found = findFile(tree, source)
  if (!found.ok) return found
  if (isSameFile(found.file, tree.get(dest))) return skipped(tree, `${dest} is the same as ${source} already.`)
  const written = writeFile(tree, dest, found.file)
  if (!written.ok) return written
  return done(written.tree, `${tree.has(dest) ? 'Replaced' : 'Made'} ${dest} as a copy of ${source}.`)
}
