import { countOf } from '@switchyard/core'
import { quotePath } from '../../tree/fault-codes.ts'
import type { FileTree } from '../../tree/file-tree.ts'
import { isSameFile, textFile } from '../../tree/text.ts'
import { writeFile } from '../files.ts'
import { MAX_CONTENT_BYTES } from '../limits.ts'
import { done, type Failed, failed, type Outcome, type ParamsOf, skipped } from '../outcome.ts'

/** Writes a file; one that stands there is replaced and keeps its mode. */
export function writeContent(tree: FileTree, { path, content }: ParamsOf<'WRITE_FILE'>): Outcome {
  const old = tree.get(path)
  const file = textFile(content, old?.mode === '100755' ? '100755' : '100644')
  const large = findLargeContent(path, file.content.byteLength)
  if (large !== undefined) return large
  if (isSameFile(file, old)) return skipped(tree, `${path} holds this already.`)
  const written = writeFile(tree, path, file)
  if (!written.ok) return written
  return done(written.tree, `${old === undefined ? 'Wrote' : 'Replaced'} ${path} (${countOf(file.content.byteLength, 'byte')}).`)
}

export function findLargeContent(path: string, bytes: number): Failed | undefined {
  if (bytes <= MAX_CONTENT_BYTES) return undefined
  const message = `The content for ${quotePath(path)} has ${bytes} bytes; ${MAX_CONTENT_BYTES} are allowed.`
  return failed('content-too-large', message, 'Put the file into the template and use COPY_FILE.')
}
