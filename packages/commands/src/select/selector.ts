import { findNearest } from '@switchyard/core'
import type { CommentPlace } from '../fault.ts'

/** Which members a word stands for: `eu-1/acme`, `cluster:eu-*`, `tag:canary`, a bare name; with `!` in front, which it leaves out. */
export type Selector = { readonly source: string; readonly exclude: boolean } &
  /** Both parts may hold `*`. */
  (
    | { readonly by: 'address'; readonly cluster: string; readonly namespace: string }
    | { readonly by: 'cluster' | 'tag'; readonly pattern: string }
    | { readonly by: 'name'; readonly name: string }
  )

/** A selector with its place in a comment. */
export type PlacedSelector = Selector & CommentPlace

/** Whom a command is for: everybody (`--all`) or those that are named, less the exclusions. Placed at its first word. */
export interface Audience extends CommentPlace {
  readonly all: boolean
  readonly selectors: readonly PlacedSelector[]
}

export type ParsedSelector =
  | { readonly ok: true; readonly selector: Selector }
  | { readonly ok: false; readonly message: string; readonly hint: string }

const PREFIXES = ['cluster', 'tag'] as const

/** Reads one selector. `*` stands for any run of characters but `/`. */
export function parseSelector(source: string): ParsedSelector {
  const exclude = source.startsWith('!')
  const text = (exclude ? source.slice(1) : source).trim().normalize('NFC')
  const refuse = (message: string, hint: string): ParsedSelector => ({ ok: false, message, hint })
  if (text === '') return refuse(`“${source}” names nothing.`, 'Write a name, “cluster/namespace”, “cluster:…” or “tag:…”.')
  const accept = (selector: { readonly by: 'cluster' | 'tag'; readonly pattern: string }): ParsedSelector => ({
    ok: true,
    selector: { source, exclude, ...selector },
  })
  const colon = text.indexOf(':')
  if (colon >= 0) {
    const prefix = text.slice(0, colon)
    const pattern = text.slice(colon + 1)
    const by = PREFIXES.find((known) => known === prefix.toLowerCase())
    const near = findNearest(prefix, PREFIXES)
    if (by === undefined) {
      return refuse(`“${prefix}:” is no kind of selector.`, near ? `Did you mean “${near}:”?` : 'There are “cluster:” and “tag:”.')
    }
    return pattern === '' ? refuse(`“${source}” names no ${by}.`, `Write the ${by} behind the colon.`) : accept({ by, pattern })
  }
  const [cluster = '', namespace, ...more] = text.split('/')
  if (namespace === undefined) {
    if (!text.includes('*')) return { ok: true, selector: { source, exclude, by: 'name', name: text } }
    return refuse(`“${source}” is a pattern without a cluster.`, `Write “*/${text}”, “cluster:${text}” or “tag:${text}”.`)
  }
  if (cluster === '' || namespace === '' || more.length > 0) return refuse(`“${source}” is no address.`, 'Write “cluster/namespace”.')
  return { ok: true, selector: { source, exclude, by: 'address', cluster, namespace } }
}

/** Whether a selector can stand for one member only. */
export function isSingle(selector: Selector): boolean {
  if (selector.exclude) return false
  return selector.by === 'name' || (selector.by === 'address' && !`${selector.cluster}${selector.namespace}`.includes('*'))
}
