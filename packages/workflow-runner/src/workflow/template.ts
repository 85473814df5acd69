/** Where something stands in its file, counted from 1. */
export interface Position {
  readonly line: number
  readonly column: number
}

/** A part of a workflow as written: what holds expressions is evaluated when its time comes. */
export type Template =
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null; readonly at: Position }
  /** Text with at least one `${{ … }}`. */
  | { readonly kind: 'expression'; readonly text: string; readonly at: Position }
  | { readonly kind: 'sequence'; readonly items: readonly Template[]; readonly at: Position }
  | { readonly kind: 'mapping'; readonly entries: readonly TemplateEntry[]; readonly at: Position }

export interface TemplateEntry {
  readonly key: string
  readonly value: Template
  readonly at: Position
}

/** The value of a key; GitHub takes keys as they are written. */
export function findKey(template: Template | undefined, key: string): Template | undefined {
  return template?.kind === 'mapping' ? template.entries.find((entry) => entry.key === key)?.value : undefined
}

export function entriesOf(template: Template | undefined): readonly TemplateEntry[] {
  return template?.kind === 'mapping' ? template.entries : []
}

/** The items of a list, or the one thing that stands in place of a list. */
export function itemsOf(template: Template | undefined): readonly Template[] {
  if (template === undefined || (template.kind === 'literal' && template.value === null)) return []
  return template.kind === 'sequence' ? template.items : [template]
}

/** The text as it was written, expressions and all; undefined for lists and mappings. */
export function findText(template: Template | undefined): string | undefined {
  if (template?.kind === 'expression') return template.text
  return template?.kind === 'literal' && template.value !== null ? String(template.value) : undefined
}

export function textsOf(template: Template | undefined): readonly string[] {
  return itemsOf(template).map((item) => findText(item) ?? '')
}
