import { countOf } from '@switchyard/core'
import { quotePath } from '../../tree/fault-codes.ts'
import type { FileTree } from '../../tree/file-tree.ts'
import { MAX_TREE_BYTES } from '../../tree/limits.ts'
import { textFile } from '../../tree/text.ts'
import { findTextFile, writeFile } from '../files.ts'
import { withLineEndsOf } from '../lines.ts'
import { done, failed, type Outcome, type ParamsOf } from '../outcome.ts'

/** Most places that a message names. */
const MAX_SHOWN = 10

/** Replaces a text, letter by letter, everywhere in a file; an error unless it stands there exactly `expect_count` times. */
export function replaceString(tree: FileTree, { file: path, find, replace, expect_count }: ParamsOf<'REPLACE_STRING'>): Outcome {
  const found = findTextFile(tree, path)
  if (!found.ok) return found
  const { text, file } = found
  const parts = text.split(withLineEndsOf(find, text))
  const count = parts.length - 1
  if (count !== expect_count) {
    const message = `The text to replace stands ${countOf(count, 'time')} in ${quotePath(path)}${renderLines(parts)}; expected ${expect_count}.`
    const none = 'Check the template’s text, blanks and line breaks too.'
    return failed('wrong-count', message, count === 0 ? none : 'Make `find` longer, or set `expect_count`.')
  }
  const replacement = withLineEndsOf(replace, text)
  // Asked before the text is made: many short finds and a long replacement would not fit in memory.
  if (text.length + count * (replacement.length - find.length) > MAX_TREE_BYTES) {
    return failed('tree-too-large', `${quotePath(path)} would grow beyond ${MAX_TREE_BYTES} bytes.`, 'Replace less.')
  }
  const written = writeFile(tree, path, textFile(parts.join(replacement), file.mode))
  if (!written.ok) return written
  return done(written.tree, `Replaced ${countOf(count, 'place')} in ${path}.`)
}

function renderLines(parts: readonly string[]): string {
  let line = 1
  const lines = parts
    .slice(0, -1)
    .slice(0, MAX_SHOWN)
    .map((part) => (line += part.split('\n').length - 1))
  if (lines.length === 0) return ''
  return ` (line ${lines.join(', ')}${parts.length - 1 > lines.length ? ', …' : ''})`
}
