import type { Fault, Place } from '@switchyard/core'
import { type Alias, isAlias, isMap, isNode, isPair, isScalar, isSeq, LineCounter, type Node, parseDocument, type Scalar, visit } from 'yaml'
import { MAX_ALIASES, MAX_FILE_LENGTH } from './limits.ts'
import { yamlFault } from './yaml-faults.ts'

export type Path = readonly PropertyKey[]

/** A YAML file with the way back from its values to their places. */
export interface YamlDocument {
  readonly value: unknown
  /** Where the value at this path stands, else the nearest thing around it. */
  placeOf(path: Path): Place
  /** Where the key at this path stands. */
  keyPlaceOf(path: Path): Place
  /** Where a part of the text at this path stands: `offset` counts in the text's value, from 0. */
  placeInText(path: Path, offset: number): Place
  /** The scalar as it was written, `1.10` and not 1.1; undefined when there is none. */
  sourceOf(path: Path): string | undefined
}

/** Reads YAML text as data: one document, a mapping, no bombs. All faults at once. */
export function parseYamlDocument(text: string, file: string): { ok: true; document: YamlDocument } | { ok: false; faults: Fault[] } {
  const start: Place = { file, line: 1, column: 1 }
  if (text.length > MAX_FILE_LENGTH) return refuse('file-too-large', start, `The file has ${text.length} characters; ${MAX_FILE_LENGTH} are allowed.`)
  const lines = new LineCounter()
  const parsed = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: 'error', schema: 'core' })
  const placeAt = (offset: number): Place => {
    const { line, col } = lines.linePos(Math.min(offset, text.length))
    return { file, line: Math.max(1, line), column: Math.max(1, col) }
  }
  const broken = [...parsed.errors, ...parsed.warnings].map((error) => yamlFault(error, placeAt(error.pos[0])))
  if (broken.length > 0) return { ok: false, faults: broken }
  const root = parsed.contents
  if (root === null || (isScalar(root) && root.value === null)) {
    return refuse('empty-file', start, 'The file holds nothing.', 'Write `outbound:` or `inbound:` rules, or delete the file.')
  }
  if (!isMap(root)) {
    return refuse('not-a-mapping', placeAt(root.range?.[0] ?? 0), 'The file must be a mapping with `outbound:` and `inbound:`.')
  }
  const odd = findOddKey(root)
  if (odd) return refuse('key-not-text', placeAt(odd.range?.[0] ?? 0), 'A key must be plain text.', 'Write a name before the colon.')
  const bomb = findBomb(root, (alias) => alias.resolve(parsed) === undefined)
  if (bomb) return refuse('bad-alias', placeAt(bomb.range?.[0] ?? 0), 'Aliases here refer to themselves, to nothing, or repeat too much.', `Write the values out; at most ${MAX_ALIASES} aliases are read.`)
  let value: unknown
  try {
    value = parsed.toJS({ maxAliasCount: MAX_ALIASES })
  } catch {
    return refuse('bad-alias', start, 'Aliases in this file refer to nothing or repeat too much.', `Write the values out; at most ${MAX_ALIASES} aliases are read.`)
  }
  return { ok: true, document: documentOf({ root, value, text, placeAt, resolve: (node) => (isAlias(node) ? node.resolve(parsed) : node) }) }

  function refuse(code: string, place: Place, message: string, hint?: string): { ok: false; faults: Fault[] } {
    return { ok: false, faults: [{ code, message, place, severity: 'error', ...(hint === undefined ? {} : { hint }) }] }
  }
}

function findOddKey(root: Node): Node | undefined {
  let odd: Node | undefined
  visit(root, {
    Pair: (_, pair) => {
      if (isScalar(pair.key) && pair.key.value !== null && typeof pair.key.value !== 'object') return undefined
      odd = isNode(pair.key) ? pair.key : root
      return visit.BREAK
    },
  })
  return odd
}

/** An alias inside the very thing that it repeats would never end; one whose anchor is not there means nothing. */
function findBomb(root: Node, isLost: (alias: Alias) => boolean): Node | undefined {
  let bomb: Node | undefined
  let aliases = 0
  visit(root, {
    Alias: (_, alias, ancestors) => {
      const endless = ancestors.some((node) => isNode(node) && 'anchor' in node && node.anchor === alias.source)
      aliases += 1
      if (!endless && aliases <= MAX_ALIASES && !isLost(alias)) return undefined
      bomb = alias
      return visit.BREAK
    },
  })
  return bomb
}

interface Source {
  readonly root: Node
  readonly value: unknown
  readonly text: string
  readonly placeAt: (offset: number) => Place
  readonly resolve: (node: Node) => Node | undefined
}

function documentOf(source: Source): YamlDocument {
  const { placeAt, text } = source
  return {
    value: source.value,
    placeOf: (path) => placeAt(locate(source, path).node.range?.[0] ?? 0),
    keyPlaceOf: (path) => {
      const { key, node } = locate(source, path)
      return placeAt((key ?? node).range?.[0] ?? 0)
    },
    placeInText: (path, offset) => {
      const { node } = locate(source, path)
      const [from, to] = node.range ?? [0, 0]
      if (!isScalar(node) || typeof node.value !== 'string') return placeAt(from)
      return placeAt(from + offsetInSource({ raw: text.slice(from, to), value: node.value, offset }))
    },
    sourceOf: (path) => {
      const { node, complete } = locate(source, path)
      return complete && isScalar(node) ? (node as Scalar).source : undefined
    },
  }
}

/**
 * Quotes, escapes and folding move text: the same expression is looked for by its number, since `${{` itself is never
 * written otherwise.
 */
function offsetInSource({ raw, value, offset }: { raw: string; value: string; offset: number }): number {
  const verbatim = raw.indexOf(value)
  if (verbatim >= 0) return verbatim + offset
  const before = value.slice(0, offset).split('${{').length - 1
  let found = -1
  for (let count = 0; count < before; count += 1) found = raw.indexOf('${{', found + 1)
  return found < 0 ? 0 : found + (offset - value.lastIndexOf('${{', offset - 1))
}

function locate({ root, resolve }: Source, path: Path): { node: Node; key: Node | undefined; complete: boolean } {
  let node: Node = root
  let key: Node | undefined
  for (const step of path) {
    const holder = resolve(node)
    let next: unknown
    if (isSeq(holder) && typeof step === 'number') {
      next = holder.items[step]
      key = undefined
    } else if (isMap(holder)) {
      const pair = holder.items.find((item) => isPair(item) && isScalar(item.key) && String(item.key.value) === String(step))
      key = isNode(pair?.key) ? pair.key : undefined
      next = pair?.value
    }
    if (!isNode(next)) return { node: key ?? node, key, complete: false }
    node = next
  }
  return { node, key, complete: true }
}
