import { countOf } from '@switchyard/core'
import { quotePath } from '../../tree/fault-codes.ts'
import type { FileTree } from '../../tree/file-tree.ts'
import { byteLength, textFile } from '../../tree/text.ts'
import { findTextFile, writeFile } from '../files.ts'
import { lineEndOf, withLineEndsOf } from '../lines.ts'
import { done, failed, type Outcome, type ParamsOf, skipped } from '../outcome.ts'
import { findLargeContent } from './write-file.ts'

/**
 * Appends whole lines to a text file, in the file's own line ends, unless the file holds the marker already. The content
 * holds the marker, so that a second time does nothing.
 */
export function appendToFile(tree: FileTree, { path, content, marker }: ParamsOf<'APPEND_TO_FILE'>): Outcome {
  if (!content.includes(marker)) {
    const message = `What is appended to ${quotePath(path)} does not hold its marker.`
    return failed('marker-not-in-content', message, 'Choose a part of the content as the marker.')
  }
  const large = findLargeContent(path, byteLength(content))
  if (large !== undefined) return large
  const found = findTextFile(tree, path)
  if (!found.ok) return found
  const { text, file } = found
  if (text.replaceAll('\r\n', '\n').includes(marker.replaceAll('\r\n', '\n'))) return skipped(tree, `${path} holds the marker already.`)
  const added = withLineEndsOf(content.endsWith('\n') ? content : `${content}\n`, text)
  const joint = text === '' || text === '\ufeff' || text.endsWith('\n') ? '' : lineEndOf(text)
  const written = writeFile(tree, path, textFile(`${text}${joint}${added}`, file.mode))
  if (!written.ok) return written
  return done(written.tree, `Appended ${countOf(added.split('\n').length - 1, 'line')} to ${path}.`)
}
