import { type Document, isMap, isSeq, parseDocument, type YAMLSeq } from 'yaml'
import { CATEGORIES, type Category, type StepType } from '../model.ts'
import { insertLines } from './insert-lines.ts'
import type { Anchor } from '../release/records/parts.ts'

export interface NewStep {
  readonly id: string
  readonly category: Category
  readonly type: StepType
  readonly name: string
  readonly content: string
  /** null: behind all others of its category. */
  readonly anchor: Anchor | null
}

export type Inserted =
  | { readonly ok: true; readonly text: string }
  /** `not-readable`: no release's file; `unknown-anchor`: no such step in this category; `known-step`: the id is taken. */
  | { readonly ok: false; readonly reason: 'not-readable' | 'unknown-anchor' | 'known-step' }

/** Puts a step into the text of a release's file. Where its list is written a line an item, no other line is touched; comments stay in any case. */
export function insertStep(text: string, { id, category, type, name, content, anchor }: NewStep): Inserted {
  const document = parseDocument(text)
  if (document.errors.length > 0 || !isMap(document.contents)) return { ok: false, reason: 'not-readable' }
  const lists = CATEGORIES.map((each) => document.getIn(['steps', each], true)).filter(isSeq)
  if (lists.some((each) => indexOf(each, id) >= 0)) return { ok: false, reason: 'known-step' }
  const found = document.getIn(['steps', category], true)
  const list = isSeq(found) ? found : undefined
  const at = anchor === null ? (list?.items.length ?? 0) : indexOf(list, anchor.step)
  if (at < 0) return { ok: false, reason: 'unknown-anchor' }
  const place = anchor?.position === 'after' ? at + 1 : at
  const item = { id, name, type, content }
  const lines = list === undefined ? undefined : insertLines(text, { list, at: place, item })
  const step = document.createNode(item)
  if (list === undefined) document.setIn(['steps', category], document.createNode([step]))
  else put(list, place, step)
  const isSame = lines !== undefined && meaningOf(parseDocument(lines)) === meaningOf(document)
  return { ok: true, text: isSame ? lines : document.toString({ lineWidth: 0, flowCollectionPadding: true }) }
}

function meaningOf(document: Document): string {
  return document.errors.length > 0 ? '' : JSON.stringify(document.toJS())
}

function indexOf(list: YAMLSeq | undefined, id: string): number {
  return list?.items.findIndex((item) => isMap(item) && item.get('id') === id) ?? -1
}

/** An empty `[]` becomes a list of lines, as a step has several. */
function put(list: YAMLSeq, at: number, step: unknown): void {
  if (list.items.length === 0) list.flow = false
  list.items.splice(at, 0, step)
}

/** An id for a step, made of its name: `Warm the cache` is `warm-the-cache`. Taken ones get a number. */
export function stepIdFor(name: string, taken: ReadonlySet<string>): string {
  const plain = name
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 50)
    .replace(/-+$/, '')
  const base = plain === '' ? 'step' : plain.startsWith('custom-') ? `step-${plain}` : plain
  for (let number = 1; ; number += 1) {
    const id = number === 1 ? base : `${base}-${number}`
    if (!taken.has(id)) return id
  }
}
