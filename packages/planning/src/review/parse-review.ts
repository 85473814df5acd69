import { type Fault, withoutBom } from '@switchyard/core'
import { type Issue, shapeFaults, type YamlDocument } from '@switchyard/core/config'
import { MAX_ALL_FINDINGS, MAX_RESULT } from './limits.ts'
import type { ReviewResult } from './model.ts'
import { FINDING_KEYS, REVIEW_KEYS, reviewShape } from './shape.ts'

/** What is wrong with a review result; its message names the value, as `findings[0].text`. */
export type ReviewFault = Fault & { readonly hint: string }

export type ParsedReview =
  | { readonly ok: true; readonly result: ReviewResult }
  | { readonly ok: false; readonly faults: readonly ReviewFault[] }

/** Where whoever posts a result finds its shape: their repository has no copy of it. */
export const REVIEW_SCHEMA_URL = 'https://raw.githubusercontent.com/switchyard/switchyard/v1/schemas/plan-review.schema.json'

/**
 * Reads a review result as somebody posts it: JSON by `schemas/plan-review.schema.json`. Never throws; everything wrong is told at once.
 * Whether a revised plan parses is for whoever reads plans.
 */
export function parseReviewResult(text: string): ParsedReview {
  if (text.length > MAX_RESULT) {
    const message = `The review result has ${text.length} characters; ${MAX_RESULT} are allowed.`
    return refuse([fault('too-long', { message, hint: 'Shorten the findings.' })])
  }
  const json = parseJson(text)
  if (!json.ok) return refuse([NOT_JSON])
  const document = withoutPlaces(json.value)
  const parsed = reviewShape.safeParse(json.value)
  if (!parsed.success) return refuse(parsed.error.issues.flatMap((issue) => explain(issue, document)))
  const { $schema: _, ...result } = parsed.data
  const faults = checkTexts(result)
  return faults.length > 0 ? refuse(faults) : { ok: true, result }
}

const WORDS = { keys: { '': REVIEW_KEYS, findings: FINDING_KEYS }, explain: () => undefined }

/** The words are those of files in YAML: what is read here is JSON, and no file. */
function explain(issue: Issue, document: YamlDocument): readonly ReviewFault[] {
  return shapeFaults([issue], { document, words: WORDS }).map(({ code, message, hint = '' }) =>
    fault(code, {
      message: message.replace(/^The file /, 'The review result ').replace(/ of this file\.$/, ' of the review result.'),
      hint: HINTS[code] ?? hint,
    }),
  )
}

const HINTS: Readonly<Record<string, string>> = {
  'missing-key': 'Add it, as the schema says.',
  'wrong-type': 'Write it as the schema says.',
}

const NOT_JSON = fault('not-json', {
  message: 'The review result is not JSON.',
  hint: 'Write `{ "schema_version": 1, "findings": [], "verdict": "approved" }`. Quotes, commas and brackets must be as JSON asks.',
})

/** What a schema cannot say. */
function checkTexts(result: ReviewResult): readonly ReviewFault[] {
  const texts: readonly (readonly [path: string, text: string])[] = [
    ['reviewer', result.reviewer ?? ''],
    ['revised_plan', result.revised_plan ?? ''],
    ...result.findings.flatMap(({ where, text }, at) => [
      [`findings[${at}].where`, where] as const,
      [`findings[${at}].text`, text] as const,
    ]),
  ]
  const broken = texts.filter(([, text]) => !text.isWellFormed())
  const length = result.findings.reduce((sum, { where, text }) => sum + where.length + text.length, 0)
  const tooLong = fault('too-long', {
    message: `The findings have ${length} characters together; ${MAX_ALL_FINDINGS} are allowed.`,
    hint: 'Say what matters most, and put the others into another round.',
  })
  const halves = broken.map(([path]) =>
    fault('half-character', {
      message: `\`${path}\` holds half a character.`,
      hint: 'Write `\\ud83d\\ude00` whole, or the character itself.',
    }),
  )
  return length > MAX_ALL_FINDINGS ? [...halves, tooLong] : halves
}

function parseJson(text: string): { readonly ok: true; readonly value: unknown } | { readonly ok: false } {
  try {
    return { ok: true, value: JSON.parse(withoutBom(text)) }
  } catch {
    return { ok: false }
  }
}

/** JSON in a comment: nobody looks for a line and a column there, a path is found with every editor. */
function withoutPlaces(value: unknown): YamlDocument {
  const top = () => ({ file: '', line: 1, column: 1 })
  return { value, placeOf: top, keyPlaceOf: top, placeInText: top, sourceOf: () => undefined }
}

function fault(code: string, { message, hint }: Pick<ReviewFault, 'message' | 'hint'>): ReviewFault {
  return { code, message, hint, severity: 'error' }
}

function refuse(faults: readonly ReviewFault[]): ParsedReview {
  return { ok: false, faults }
}
