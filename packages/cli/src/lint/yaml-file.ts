import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, type Pair, parseDocument, type Scalar, type YAMLMap } from 'yaml'
import type { FileKind } from './discover.ts'

/** A workflow or an `action.yml` with the way back to its places. */
export interface YamlFile {
  readonly kind: FileKind
  readonly text: string
  readonly document: Document
  placeAt(offset: number): { readonly line: number; readonly column: number }
}

/** What a rule found, and where: an offset into the text. */
export interface Finding {
  readonly code: string
  readonly message: string
  readonly hint: string
  readonly severity: 'error' | 'warning'
  readonly offset: number
}

export type Rule = (file: YamlFile) => readonly Finding[]

export function parseYamlFile(kind: FileKind, text: string): YamlFile {
  const lineCounter = new LineCounter()
  const document = parseDocument(text, { lineCounter, prettyErrors: false, logLevel: 'error' })
  return {
    kind,
    text,
    document,
    placeAt(offset) {
      const { line, col } = lineCounter.linePos(offset)
      return { line, column: col }
    },
  }
}

/** A job or a step: a mapping, and where it begins. */
export interface Part {
  readonly map: YAMLMap
  readonly offset: number
}

/** The jobs of a workflow by the place of their name; none in an `action.yml`. */
export function readJobs({ kind, document }: YamlFile): readonly Part[] {
  const jobs = kind === 'workflow' ? asMap(document, document.get('jobs', true)) : undefined
  return (jobs?.items ?? []).flatMap((pair) => {
    const map = asMap(document, pair.value)
    return map === undefined ? [] : [{ map, offset: offsetOf(pair.key) }]
  })
}

/** Every step of a workflow or a composite action, those of a `parallel` group too. */
export function readSteps(file: YamlFile): readonly Part[] {
  const { kind, document } = file
  const lists = kind === 'workflow' ? readJobs(file).map(({ map }) => map.get('steps', true)) : [document.getIn(['runs', 'steps'], true)]
  return lists.flatMap((list) => stepsOf(document, list))
}

function stepsOf(document: Document, list: unknown): readonly Part[] {
  const sequence = resolve(document, list)
  if (!isSeq(sequence)) return []
  return sequence.items.flatMap((item): readonly Part[] => {
    const map = asMap(document, item)
    if (map === undefined) return []
    return [{ map, offset: map.range?.[0] ?? 0 }, ...stepsOf(document, map.get('parallel', true))]
  })
}

/** The pair of this key, if there is one. */
export function findPair(map: YAMLMap, name: string): Pair | undefined {
  return map.items.find(({ key }) => isScalar(key) && key.value === name)
}

/** The scalar of this key if it is text. */
export function findText(document: Document, map: YAMLMap, name: string): (Scalar & { value: string }) | undefined {
  const node = resolve(document, findPair(map, name)?.value)
  return isText(node) ? node : undefined
}

function isText(node: unknown): node is Scalar & { value: string } {
  return isScalar(node) && typeof node.value === 'string'
}

export function asMap(document: Document, node: unknown): YAMLMap | undefined {
  const found = resolve(document, node)
  return isMap(found) ? found : undefined
}

function resolve(document: Document, node: unknown): unknown {
  return isAlias(node) ? node.resolve(document) : node
}

export function offsetOf(node: unknown): number {
  return (isScalar(node) || isMap(node) || isSeq(node) || isAlias(node) ? node.range?.[0] : undefined) ?? 0
}
