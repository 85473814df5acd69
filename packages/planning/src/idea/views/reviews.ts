import { isJsonObject, type Json, type JsonObject, type View } from '@switchyard/core'
import { type Finding, type Round, SEVERITIES, VERDICTS } from '../../review/model.ts'
import { MAX_ROUNDS } from '../limits.ts'
import type { PlanEvent } from '../records/events.ts'
import type { RoundSummary } from '../records/parts.ts'
import { reviewsDocument, reviewsOf } from './documents.ts'
import { summariseRound } from '../summarise-round.ts'
import { listOf, numberOr, textOr } from './json-values.ts'

/** The review of the saved plan; every round there ever was stands whole on a page of its own, `reviews/<subject>/<number>`. */
export const reviewsView: View<PlanEvent> = {
  name: 'reviews',
  document: reviewsOf,
  initial: { pages: 0, rounds: [], last: null },
  evolve(document, event) {
    const { pages, rounds } = parse(document)
    if (isSuperseding(event)) return { document: { pages, rounds: [], last: null } }
    if (event.type !== 'plan.review-resulted') return { document }
    const { round, plan, approver } = event.data
    const page = pages + 1
    const grown = [...rounds, { ...summariseRound(round), page }].slice(-MAX_ROUNDS)
    return {
      document: { pages: page, rounds: grown, last: round },
      pages: { [`${reviewsDocument(event.subject)}/${page}`]: { page, round, plan, approver } },
    }
  },
}

/** Another plan is saved now, which nobody has reviewed. */
function isSuperseding(event: PlanEvent): boolean {
  return (event.type === 'plan.uploaded' || event.type === 'plan.converged') && event.data.superseded_rounds > 0
}

export interface Reviews {
  /** Oldest first; `page`: the number of the page on which it stands whole. */
  readonly rounds: readonly (RoundSummary & { readonly page: number })[]
  /** The newest round with its findings. */
  readonly last: Round | undefined
}

/** The review of the saved plan as it was written; what is no round is left out. */
export function parseReviews(document: Json | undefined): Reviews {
  const { rounds, last } = parse(document ?? null)
  return { rounds: rounds.flatMap((round) => (isJsonObject(round) ? parseSummary(round) : [])), last: last && parseRound(last) }
}

function parse(document: Json): { readonly pages: number; readonly rounds: readonly Json[]; readonly last: JsonObject | undefined } {
  if (!isJsonObject(document)) return { pages: 0, rounds: [], last: undefined }
  const { pages, rounds, last } = document
  return { pages: numberOr(pages, 0), rounds: listOf(rounds), last: isJsonObject(last) ? last : undefined }
}

function parseSummary(round: JsonObject): Reviews['rounds'] {
  const frame = parseFrame(round)
  const counts = isJsonObject(round['findings']) ? round['findings'] : {}
  if (frame === undefined) return []
  const [blocker, major, minor, note] = [counts['blocker'], counts['major'], counts['minor'], counts['note']].map((count) =>
    numberOr(count, 0),
  )
  const findings = { blocker: blocker ?? 0, major: major ?? 0, minor: minor ?? 0, note: note ?? 0 }
  return [{ ...frame, findings, page: numberOr(round['page'], 0) }]
}

function parseRound(round: JsonObject): Round | undefined {
  const frame = parseFrame(round)
  return frame && { ...frame, findings: listOf(round['findings']).flatMap(parseFinding) }
}

function parseFrame(round: JsonObject): Omit<Round, 'findings'> | undefined {
  const verdict = VERDICTS.find((each) => each === round['verdict'])
  const { round: number, convergence } = round
  if (verdict === undefined || typeof number !== 'number') return undefined
  return {
    round: number,
    reviewer: textOr(round['reviewer'], ''),
    verdict,
    convergence: numberOr(convergence, 0),
    reviewed_at: textOr(round['reviewed_at'], ''),
    revised: round['revised'] === true,
  }
}

function parseFinding(finding: Json): readonly Finding[] {
  if (!isJsonObject(finding)) return []
  const severity = SEVERITIES.find((each) => each === finding['severity'])
  return severity === undefined ? [] : [{ severity, where: textOr(finding['where'], ''), text: textOr(finding['text'], '') }]
}
