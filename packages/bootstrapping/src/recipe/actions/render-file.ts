import { countOf, findNearest } from '@switchyard/core'
import type { Scene } from '../../model.ts'
import { quotePath } from '../../tree/fault-codes.ts'
import type { FileTree } from '../../tree/file-tree.ts'
import { MAX_TREE_BYTES } from '../../tree/limits.ts'
import { textFile } from '../../tree/text.ts'
import { findTextFile, writeFile } from '../files.ts'
import { done, failed, type Outcome, type ParamsOf, skipped } from '../outcome.ts'

const NAME = /^[ \t]*([A-Za-z][\w-]*(?:\.[\w-]+)*)[ \t]*$/
/** Longest text between two braces that is looked at. */
const MAX_PLACEHOLDER = 300

/**
 * Fills in `{{ repo.name }}` and its like, as they are, without escaping. Whatever else stands between two braces, as other
 * template languages write it, is left alone; a plain name that is not known is an error.
 */
export function renderFile(tree: FileTree, { path }: ParamsOf<'RENDER_FILE'>, scene: Scene): Outcome {
  const found = findTextFile(tree, path)
  if (!found.ok) return found
  const values = placeholdersOf(scene)
  const pieces: string[] = []
  let length = 0
  let filled = 0
  let end = 0
  const add = (piece: string): void => {
    pieces.push(piece)
    length += piece.length
  }
  for (const { name, from, to } of placeholdersIn(found.text)) {
    const value = values.get(name)
    if (value === undefined) return unknown(name, { path, line: found.text.slice(0, from).split('\n').length, known: [...values.keys()] })
    add(found.text.slice(end, from))
    add(value)
    end = to
    filled += 1
    // Asked on the way: many short placeholders with long values would not fit in memory.
    if (length > MAX_TREE_BYTES) {
      return failed('tree-too-large', `${quotePath(path)} would grow beyond ${MAX_TREE_BYTES} bytes.`, 'Use fewer placeholders.')
    }
  }
  if (filled === 0) return skipped(tree, `${path} has no placeholders.`)
  add(found.text.slice(end))
  const written = writeFile(tree, path, textFile(pieces.join(''), found.file.mode))
  return written.ok ? done(written.tree, `Filled in ${countOf(filled, 'placeholder')} of ${path}.`) : written
}

interface Placeholder {
  readonly name: string
  readonly from: number
  readonly to: number
}

/** Every plain name between two braces, outside of GitHub's own expressions. Each brace is looked at once, however many there are. */
function* placeholdersIn(text: string): Generator<Placeholder> {
  let close = -1
  for (let open = text.indexOf('{{'); open >= 0;) {
    if (close < open + 2) close = text.indexOf('}}', open + 2)
    if (close < 0) return
    const isExpression = text[open - 1] === '$'
    const name = isExpression || close - open > MAX_PLACEHOLDER ? undefined : NAME.exec(text.slice(open + 2, close))?.[1]
    if (name !== undefined) yield { name, from: open, to: close + 2 }
    open = text.indexOf('{{', isExpression || name !== undefined ? close + 2 : open + 1)
  }
}

/** Every placeholder with its value. */
export function placeholdersOf({ repo, selections, template }: Scene): ReadonlyMap<string, string> {
  return new Map([
    ['repo.name', repo.name],
    ['repo.owner', repo.owner],
    ['repo.full_name', `${repo.owner}/${repo.name}`],
    ['repo.visibility', repo.visibility],
    ['template.repository', template.repository],
    ['template.version', template.version],
    ...Object.entries(selections).map(([category, options]) => [`selections.${category}`, options.join(', ')] as const),
  ])
}

interface Unknown {
  readonly path: string
  readonly line: number
  readonly known: readonly string[]
}

function unknown(name: string, { path, line, known }: Unknown): Outcome {
  const near = findNearest(name, known)
  const hint = near === undefined ? `Known are ${known.map((one) => `\`${one}\``).join(', ')}.` : `Did you mean \`${near}\`?`
  return failed('unknown-placeholder', `${quotePath(path)} asks for \`${name}\` on line ${line}, which is not known.`, hint)
}
