import type { Fault, Place } from '../fault.ts'
import { type Alias, isAlias, isMap, isNode, isPair, isScalar, isSeq, type Node, parseDocument, visit } from 'yaml'
import { placesIn } from './places.ts'
import { yamlFault } from './yaml-faults.ts'

export type Path = readonly PropertyKey[]

/** Longest file that is read, in UTF-16 units. GitHub cuts a blob's text at 512,000 bytes; no honest file comes near. */
export const MAX_FILE_LENGTH = 100_000
/** How often anchors may be repeated before the file counts as a bomb. */
export const MAX_ALIASES = 100

/** Keys that stand twice which are told at once: each one's place costs a walk through the text. */
const MAX_DUPLICATES = 100

/** What a kind of file is read as: how it begins, how long it may be. */
export interface YamlWanted {
  /** The path that faults name. */
  readonly file: string
  /** How a file of this kind begins, for hints: "Write `outbound:` rules." */
  readonly begin: string
  /** In UTF-16 units; left out: `MAX_FILE_LENGTH`. */
  readonly maxLength?: number
}

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
export function parseYamlDocument(
  text: string,
  { file, begin, maxLength = MAX_FILE_LENGTH }: YamlWanted,
): { readonly ok: true; readonly document: YamlDocument } | { readonly ok: false; readonly faults: Fault[] } {
  const placeAt = placesIn(text, file)
  const refuse = (fault: Refused) => ({ ok: false as const, faults: [toFault(fault, placeAt)] })
  if (text.length > maxLength) {
    return refuse({
      code: 'file-too-large',
      message: `The file has ${text.length} characters; ${maxLength} are allowed.`,
      hint: 'Split it, or shorten it.',
    })
  }
  const parsed = parseDocument(text, { prettyErrors: false, logLevel: 'error', schema: 'core', uniqueKeys: false })
  const broken = [...parsed.errors, ...parsed.warnings].map((error) => yamlFault(error, placeAt(error.pos[0])))
  if (broken.length > 0) return { ok: false, faults: broken }
  const root = parsed.contents
  const twice = findDuplicateKeys(root).map((node) => toFault({ ...DUPLICATE_KEY, node }, placeAt))
  if (twice.length > 0) return { ok: false, faults: twice }
  if (root === null || (isScalar(root) && root.value === null)) {
    return refuse({ code: 'empty-file', message: 'The file holds nothing.', hint: `${begin} Or delete the file.` })
  }
  if (!isMap(root)) {
    return refuse({ code: 'not-a-mapping', message: 'The file must be a mapping of keys to values.', hint: begin, node: root })
  }
  const odd = findOddKey(root)
  if (odd) return refuse({ code: 'key-not-text', node: odd, message: 'A key must be plain text.', hint: 'Write a name before the colon.' })
  const bomb = findBomb(root, (alias) => alias.resolve(parsed) === undefined)
  if (bomb) return refuse({ ...BAD_ALIAS, node: bomb })
  let value: unknown
  try {
    value = parsed.toJS({ maxAliasCount: MAX_ALIASES })
  } catch {
    return refuse(BAD_ALIAS)
  }
  const resolve = (node: Node): Node | undefined => (isAlias(node) ? node.resolve(parsed) : node)
  return { ok: true, document: documentOf({ root, value, text, placeAt, resolve }) }
}

interface Refused {
  readonly code: string
  readonly message: string
  readonly hint: string
  /** Where; undefined: the file as a whole. */
  readonly node?: Node
}

const DUPLICATE_KEY: Refused = { code: 'duplicate-key', message: 'This key stands here twice.', hint: 'Merge the two, or delete one.' }

const BAD_ALIAS: Refused = {
  code: 'bad-alias',
  message: 'Aliases here refer to themselves, to nothing, or repeat too much.',
  hint: `Write the values out; at most ${MAX_ALIASES} aliases are read.`,
}

/** Keys that stand twice in one mapping. The library's own check compares each with each: a large mapping would take minutes. */
function findDuplicateKeys(root: Node | null): readonly Node[] {
  const found: Node[] = []
  visit(root, {
    Map: (_, map) => {
      const seen = new Set<string>()
      for (const { key } of map.items) {
        if (!isScalar(key)) continue
        // As an object's key, 1 and '1' are the same.
        const name = String(key.value)
        if (seen.has(name) && found.length < MAX_DUPLICATES) found.push(key)
        seen.add(name)
      }
    },
  })
  return found
}

function toFault({ node, ...said }: Refused, placeAt: (offset: number) => Place): Fault {
  return { ...said, place: placeAt(node?.range?.[0] ?? 0), severity: 'error' }
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
      return complete && isScalar(node) ? node.source : undefined
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
