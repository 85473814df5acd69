import {
  clipWords,
  escapeMarkdown,
  type Fault,
  findReasonCode,
  GitHubError,
  inlineCode,
  InternalError,
  joinSentences,
  type JsonObject,
  renderPlace,
  renderTable,
  type SwitchyardError,
  toEnvelope,
  UserError,
} from '@switchyard/core'
import { COMMON_REASON_CODES } from './common.ts'
import type { Annotation } from './run-types.ts'
import type { ActionSpec, Decision } from './spec.ts'

/** An outcome whose names are not checked by types any more: what is written to the runner. */
export interface AnyOutcome {
  readonly decision: Decision
  readonly reasonCode: string
  readonly headline: string
  readonly result: JsonObject
  readonly outputs?: Readonly<Record<string, unknown>>
  readonly summary?: string
  readonly annotations?: readonly Annotation[]
  readonly failed?: boolean
}

export interface ErrorSurroundings {
  readonly spec: ActionSpec
  /** ms since the epoch. */
  readonly at: number
  readonly reportLink: string | undefined
}

/** How a run ends that threw: the error for people, for machines and on the lines it concerns. Never a stack. */
export function toErrorOutcome(error: SwitchyardError, { spec, at, reportLink }: ErrorSurroundings): AnyOutcome {
  const advice = renderAdvice(error, reportLink)
  const envelope: JsonObject = {
    ...toEnvelope(error, at),
    faults: faultsOf(error).map((fault) => ({ ...fault, place: placeOf(fault) })),
    place: placeOf(error),
  }
  return {
    decision: 'failed',
    reasonCode: reasonOf(error, spec),
    headline: joinSentences(error.message, ...advice),
    result: { error: envelope },
    summary: renderSummary(error, spec, advice),
    annotations: renderAnnotations(error, advice),
    failed: true,
  }
}

function reasonOf(error: SwitchyardError, spec: ActionSpec): string {
  const reason = findReasonCode(spec.reasonCodes, error.code) ?? findReasonCode(COMMON_REASON_CODES, error.code)
  return reason ?? (error instanceof UserError ? 'user-error' : 'internal')
}

/** What to do, and what GitHub itself said. */
function renderAdvice(error: SwitchyardError, reportLink: string | undefined): string[] {
  const advice = error.hint === undefined ? [] : [error.hint]
  if (error instanceof GitHubError) {
    if (error.answer !== undefined) advice.push(`GitHub says: ${error.answer}`)
    const status = error.status === 0 ? 'no answer' : `status ${error.status}`
    advice.push(`(${error.route}, ${status}${error.requestId === undefined ? '' : `, request ${error.requestId}`})`)
  }
  if (error instanceof InternalError) {
    advice.push('This is a bug of ours; run again with debug logging to see more.')
    if (reportLink !== undefined) advice.push(`Please report it: ${reportLink}`)
  }
  return advice
}

function renderAnnotations(error: SwitchyardError, advice: readonly string[]): Annotation[] {
  const faults = faultsOf(error)
  const own: Annotation = { level: 'error', message: [error.message, ...advice].join('\n'), title: error.code, ...placeOf(error) }
  const isSaidByFault = faults.length === 1 && faults[0]?.severity === 'error'
  return [...(isSaidByFault ? [] : [own]), ...faults.map(toAnnotation)]
}

function toAnnotation({ severity, message, hint, code, place }: Fault): Annotation {
  return { level: severity, message: hint === undefined ? message : `${message}\n${hint}`, title: code, ...place }
}

/** Of one sentence of a page, in UTF-16 units before escapes. */
const MAX_WORDS = 10_000

function renderSummary(error: SwitchyardError, spec: ActionSpec, advice: readonly string[]): string {
  const faults = faultsOf(error)
  const rows = faults.map(({ message, hint, place }) => [
    place ? inlineCode(renderPlace(place)) : '',
    clipWords(message, MAX_WORDS),
    clipWords(hint ?? '', MAX_WORDS),
  ])
  return [
    `### ${escapeMarkdown(spec.name)} failed`,
    clipWords(error.message, MAX_WORDS),
    ...advice.map((line) =>
      line.startsWith('Please report it: ') ? line.replace(/(https?:\S+)/, '[open an issue]($1)') : clipWords(line, MAX_WORDS),
    ),
    ...(rows.length > 0 ? [renderTable(['where', 'what', 'what to do'], rows)] : []),
    `Code: ${inlineCode(error.code)}`,
  ].join('\n\n')
}

function faultsOf(error: SwitchyardError): readonly Fault[] {
  return error instanceof UserError ? error.faults : []
}

function placeOf(at: SwitchyardError | Fault): { file: string; line: number; column: number } | null {
  return 'place' in at && at.place ? { file: at.place.file, line: at.place.line, column: at.place.column } : null
}
