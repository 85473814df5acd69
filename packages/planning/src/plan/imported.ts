import { byPlace, type Fault, type Place } from '@switchyard/core'
import type { List, ListItem, RootContent } from './mdast.ts'
import { spanOf } from './blocks.ts'
import { findIntricacy } from './intricacy.ts'
import { MAX_FAULTS, MAX_PLAN_LENGTH } from './limits.ts'
import { parsePlan } from './parse-plan.ts'
import { type Finding, toFault } from './source.ts'
import { type NewPlan, writePlan } from './write-plan.ts'

export interface ImportSource {
  /** The path that faults name. */
  readonly file: string
  /** Of the plan, where the text has none of its own. */
  readonly title: string
}

/** `markdown` is a plan that `parsePlan` reads. */
export type Imported =
  | { readonly ok: true; readonly markdown: string; readonly warnings: readonly Fault[] }
  | { readonly ok: false; readonly faults: readonly Fault[] }

/** What is too long or too intricate to be imported. */
export function findImportRefusal(text: string): Finding | undefined {
  if (text.length > MAX_PLAN_LENGTH) {
    const message = `The file has ${text.length} characters; ${MAX_PLAN_LENGTH} are allowed.`
    return { code: 'plan-too-long', message, hint: 'Import it in parts.', offset: 0 }
  }
  const intricacy = findIntricacy(text)
  return intricacy && { code: 'too-intricate', ...intricacy }
}

interface Found {
  readonly file: string
  readonly findings: readonly Finding[]
  placeAt(offset: number): Place
}

/** The plan as text, if it is one; else what its own reader says of it, at the file's start: its places are of another text. */
export function finishImport(plan: NewPlan, { file, findings, placeAt }: Found): Imported {
  const faults = findings.map((finding) => toFault(finding, placeAt)).sort(byPlace)
  if (faults.some(({ severity }) => severity === 'error')) return { ok: false, faults: faults.slice(0, MAX_FAULTS) }
  const markdown = writePlan(plan)
  const parsed = parsePlan(markdown, { file })
  const place = { file, line: 1, column: 1 }
  const said = (parsed.ok ? parsed.warnings : parsed.faults).map((fault) => ({ ...fault, place }))
  return parsed.ok ? { ok: true, markdown, warnings: [...said, ...faults].slice(0, MAX_FAULTS) } : { ok: false, faults: said }
}

/** An item of a list: what its first line says, its box, and the whole of it. */
export interface Item {
  readonly line: string
  readonly isBoxed: boolean
  readonly isTicked: boolean
  readonly offset: number
  readonly node: ListItem
}

export function itemsOf(list: List, text: string): readonly Item[] {
  return list.children.map((node) => {
    const { start, end } = spanOf(node)
    const [first] = node.children
    const written =
      first?.type === 'paragraph'
        ? sourceOf(first, text)
        : text
            .slice(start, end)
            .split(/[\r\n]/, 1)[0]
            ?.replace(/^\S+[ \t]*/, '')
    const said = (written ?? '').replace(/\s+/g, ' ').trim()
    const box = /^\[([ xX])\] +/.exec(said)
    return { line: said.slice(box?.[0].length ?? 0), isBoxed: box !== null, isTicked: /x/i.test(box?.[1] ?? ''), offset: start, node }
  })
}

/** A block's text as it is written. */
export function sourceOf(node: RootContent, text: string): string {
  const { start, end } = spanOf(node)
  return text.slice(start, end)
}

/** What a heading says, on one line. */
export function headingText(node: RootContent, text: string): string {
  return (
    sourceOf(node, text)
      .replace(/^#+[ \t]*/, '')
      .split(/[\r\n]/, 1)[0]
      ?.trim() ?? ''
  )
}

/** What stands below an item's first line, moved to the left. */
export function detailsOf({ node }: Item, text: string): readonly string[] {
  return node.children.slice(1).map((child) => {
    const source = sourceOf(child, text)
    const column = (child.position?.start.column ?? 1) - 1
    const indent = new RegExp(`^[ \\t]{0,${column}}`)
    return source
      .split('\n')
      .map((line, at) => (at === 0 ? line : line.replace(indent, '')))
      .join('\n')
  })
}
