import { isJsonObject, type Json, type JsonObject, type Recorded, type View } from '@switchyard/core'
import type { PlanEvent } from '../records/events.ts'
import { statusAfter } from '../status-after.ts'
import { logDocument, logOf } from './documents.ts'
import { listOf, numberOr, textOr } from './json-values.ts'

/** Entries of a closed page: 100 of some 400 bytes. */
export const LOG_PAGE = 100
/** Entries that stay in the open document when a page is closed: what is shown of the log is never empty. */
const KEPT = 10

/** What happened to an idea, newest last. Full pages are closed as `log/<subject>/<number>`. */
export const logView: View<PlanEvent> = {
  name: 'log',
  document: logOf,
  initial: { pages: 0, entries: [] },
  evolve(document, event) {
    const { pages, entries } = parse(document)
    const grown = [...entries, toEntry(event)]
    if (grown.length < LOG_PAGE + KEPT) return { document: { pages, entries: grown } }
    const page = pages + 1
    const closed: Json = { page, entries: grown.slice(0, LOG_PAGE) }
    return { document: { pages: page, entries: grown.slice(LOG_PAGE) }, pages: { [`${logDocument(event.subject)}/${page}`]: closed } }
  },
}

function toEntry(event: Recorded<PlanEvent>): JsonObject {
  const { seq, at, actor, data, type } = event
  const by = 'by' in data ? data.by : actor.login
  return { seq, at: new Date(at).toISOString(), by, kind: kindOf(type), type, to: statusAfter(event) ?? null, facts: factsOf(event) }
}

/** Source: plan contract and its seed, the types of an idea's log. */
function kindOf(type: PlanEvent['type']): 'NOTE' | 'PLAN_REVIEW_RESULT' | null {
  if (type === 'plan.uploaded') return 'NOTE'
  return type === 'plan.review-resulted' ? 'PLAN_REVIEW_RESULT' : null
}

function factsOf(event: PlanEvent): JsonObject {
  switch (event.type) {
    case 'plan.uploaded': {
      const { from_status, length, superseded_rounds } = event.data
      return { from_status, length, superseded_rounds }
    }
    case 'plan.review-resulted': {
      const { round, reviewer, verdict, convergence, revised, findings } = event.data.round
      return { round, reviewer, verdict, convergence, revised, findings: findings.length }
    }
    case 'plan.materialise-begun':
    case 'plan.sync-begun':
      return { items: event.data.items }
    case 'plan.followed': {
      const { source } = event.data
      return { path: source.kind === 'file' ? source.path : null }
    }
    case 'plan.converged': {
      const { created, changed, conflicts } = event.data
      return { created, changed, conflicts }
    }
    case 'plan.converge-handed-over':
      return { writer: event.data.writer.login }
    case 'plan.converge-failed':
      return { code: event.data.error.code }
    case 'plan.item-closed':
      return { number: event.data.number, is_planned: event.data.is_planned, ...(event.data.is_gone && { is_gone: true }) }
    case 'plan.item-reopened':
      return { number: event.data.number }
    case 'plan.grill-started':
    case 'plan.grill-finished':
    case 'plan.planning-started':
    case 'plan.planning-failed':
    case 'plan.review-started':
      return { from_status: event.data.from_status }
    case 'plan.cancelled': {
      const { from_status, left } = event.data
      return { from_status, ...(left && { left: left.repository }) }
    }
  }
}

/** One entry of an idea's log. */
export interface LogEntry {
  /** ISO 8601, UTC. */
  readonly at: string
  readonly by: string
  /** An event's type, `plan.uploaded`. */
  readonly type: string
  /** What the log calls it; undefined: nothing of its own. */
  readonly kind: string | undefined
  /** The status that it led to. */
  readonly to: string | undefined
  readonly facts: JsonObject
}

/** A page of the log as it was written, oldest first; what is no entry is left out. `pages`: how many closed ones there are before it. */
export function parseLog(document: Json | undefined): { readonly pages: number; readonly entries: readonly LogEntry[] } {
  const { pages, entries } = parse(document ?? null)
  return { pages, entries: entries.flatMap((entry) => (isJsonObject(entry) ? parseEntry(entry) : [])) }
}

function parseEntry(entry: JsonObject): readonly LogEntry[] {
  const { at, by, type, kind, to, facts } = entry
  if (typeof at !== 'string' || typeof type !== 'string') return []
  const optional = { kind: textOr(kind, undefined), to: textOr(to, undefined) }
  return [{ at, by: textOr(by, ''), type, ...optional, facts: isJsonObject(facts) ? facts : {} }]
}

function parse(document: Json): { readonly pages: number; readonly entries: readonly Json[] } {
  if (!isJsonObject(document)) return { pages: 0, entries: [] }
  return { pages: numberOr(document['pages'], 0), entries: listOf(document['entries']) }
}
