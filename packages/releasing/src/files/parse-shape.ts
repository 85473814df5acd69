import { byPlace, type Fault } from '@switchyard/core'
import { type Finding, parseYamlDocument, shapeFaults, type YamlDocument, type YamlWanted } from '@switchyard/core/config'
import type { z } from 'zod'
import { MAX_FAULTS } from './limits.ts'
import { type Words, wordsOf } from './words.ts'

/** A kind of file: how it begins and how long it may be, its shape, and what the shape cannot say. */
export interface FileKind<Shape extends z.ZodType> extends Omit<YamlWanted, 'file'> {
  readonly shape: Shape
  readonly words: Words
  /** Too much to look at: told alone, before anything else. */
  findCrowd(value: unknown): Finding | undefined
  /** Asked of whatever is well formed, so that one wrong type does not hide the rest. */
  check(value: unknown): readonly Finding[]
}

export type ParsedShape<Data> =
  | { readonly ok: true; readonly data: Data; readonly document: YamlDocument; readonly warnings: readonly Fault[] }
  /** `document`, and `data` where the shape was kept, are for whoever has more to say of the file. */
  | { readonly ok: false; readonly faults: readonly Fault[]; readonly data?: Data; readonly document?: YamlDocument }

/** Reads a file's text by its kind. Never throws; everything wrong is told at once, from top to end, up to `MAX_FAULTS`. */
export function parseShape<Shape extends z.ZodType>(
  text: string,
  { kind, file }: { readonly kind: FileKind<Shape>; readonly file: string },
): ParsedShape<z.output<Shape>> {
  const yaml = parseYamlDocument(text, { file, begin: kind.begin, ...(kind.maxLength !== undefined && { maxLength: kind.maxLength }) })
  if (!yaml.ok) return { ok: false, faults: yaml.faults.sort(byPlace).slice(0, MAX_FAULTS) }
  const { document } = yaml
  const crowd = kind.findCrowd(document.value)
  if (crowd) return { ok: false, faults: [toFault(crowd, document)] }
  const shape = kind.shape.safeParse(document.value)
  const issues = (shape.success ? [] : shape.error.issues).slice(0, MAX_FAULTS)
  const shapes = shapeFaults(issues, { document, words: wordsOf(kind.words, document) })
  const findings = kind.check(document.value)
  const told = (found: readonly Finding[]): Fault[] => found.slice(0, MAX_FAULTS).map((finding) => toFault(finding, document))
  const faults = [...shapes, ...told(findings.filter(({ warning }) => !warning))].sort(byPlace).slice(0, MAX_FAULTS)
  if (!shape.success) return { ok: false, faults, document }
  if (faults.length > 0) return { ok: false, faults, document, data: shape.data }
  return { ok: true, data: shape.data, document, warnings: told(findings.filter(({ warning }) => warning)).sort(byPlace) }
}

export function toFault({ path, code, message, hint, warning, atKey }: Finding, document: YamlDocument): Fault {
  return { code, message, hint, place: atKey ? document.keyPlaceOf(path) : document.placeOf(path), severity: warning ? 'warning' : 'error' }
}
