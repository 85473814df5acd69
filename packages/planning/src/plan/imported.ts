import { type Fault, withoutBom } from '@switchyard/core'
import { placesIn } from '@switchyard/core/config'
import { cutFaults } from './cut-faults.ts'
import { findIntricacy } from './intricacy.ts'
import { MAX_FAULTS, MAX_PLAN_LENGTH } from './limits.ts'
import { parsePlan } from './parse-plan.ts'
import { type PlanFinding, toFault } from './source.ts'
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

/** What an importer finds in a text. */
export interface ParsedSource {
  readonly plan: NewPlan
  readonly findings: readonly PlanFinding[]
}

/** Imports a text by its parser, which is given the text without byte-order mark. Never throws. */
export function importPlan(text: string, { file, title }: ImportSource, parse: (plain: string, title: string) => ParsedSource): Imported {
  const plain = withoutBom(text)
  const placeAt = placesIn(plain, file)
  const refusal = findRefusal(plain)
  if (refusal) return { ok: false, faults: [toFault(refusal, placeAt)] }
  const { plan, findings } = parse(plain, title)
  const faults = cutFaults(findings.map((finding) => toFault(finding, placeAt)))
  if (faults.some(({ severity }) => severity === 'error')) return { ok: false, faults }
  return toImported(writePlan(plan), { file, warnings: faults })
}

/** What is too long or too intricate to be imported. */
function findRefusal(text: string): PlanFinding | undefined {
  if (text.length > MAX_PLAN_LENGTH) {
    const message = `The file has ${text.length} characters; ${MAX_PLAN_LENGTH} are allowed.`
    return { code: 'plan-too-long', message, hint: 'Import it in parts.', offset: 0 }
  }
  const intricacy = findIntricacy(text)
  return intricacy && { code: 'too-intricate', ...intricacy }
}

/** The plan as text, if it is one; else what its own parser says of it, at the file's start: its places are of another text. */
function toImported(markdown: string, { file, warnings }: { readonly file: string; readonly warnings: readonly Fault[] }): Imported {
  const parsed = parsePlan(markdown, { file })
  const place = { file, line: 1, column: 1 }
  const said = (parsed.ok ? parsed.warnings : parsed.faults).map((fault) => ({ ...fault, place }))
  return parsed.ok ? { ok: true, markdown, warnings: [...said, ...warnings].slice(0, MAX_FAULTS) } : { ok: false, faults: said }
}
