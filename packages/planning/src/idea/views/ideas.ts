import { isJsonObject, type Json, type JsonObject, type Recorded, truncate, type View } from '@switchyard/core'
import type { PlanEvent } from '../records/events.ts'
import type { PlanIndex } from '../records/state.ts'
import { IDEA_STATUSES, type IdeaStatus } from '../status.ts'
import { isLetGo, statusAfter } from '../status-after.ts'
import { parseIdeaSubject } from '../subject.ts'
import { ideasOf, ideasPage } from './documents.ts'
import { listOf, numberOr, textOr } from './json-values.ts'

/** Titles, in characters: a page of 100 ideas stays under 100 KB in any script. The whole ones stand in the state. */
const MAX_TITLE = 120

/** One idea in the list of all. */
export type IdeaRow = {
  /** The issue's. */
  readonly number: number
  readonly title: string
  readonly status: IdeaStatus
  /** The plan's; null: there is none. */
  readonly plan: string | null
  readonly stories: number
  readonly tasks: number
  /** Of `total` issues without children. */
  readonly done: number
  readonly total: number
  /** Issues of any level that are open. */
  readonly open: number
  /** Of all its issues, those that were deleted or moved away; left out: none. */
  readonly gone?: number
  /** When something last happened to it, ISO 8601. */
  readonly at: string
}

/**
 * All ideas, by page: where an idea stands follows from its number, so that no page ever holds more than a hundred, and each can
 * change for ever. Newest first.
 */
export const ideasView: View<PlanEvent> = {
  name: 'ideas',
  document: ideasOf,
  initial: { ideas: [] },
  evolve(document, event) {
    const place = parseIdeaSubject(event.subject)
    if (place === undefined) return { document }
    const rows = parseIdeas(document)
    const row = evolveRow(rows.find(({ number }) => number === place.issue) ?? blankRow(place.issue), event)
    const others = rows.filter(({ number }) => number !== place.issue)
    return { document: { ideas: [...others, row].sort((left, right) => right.number - left.number) } }
  },
}

/** The documents of a repository's ideas, newest first. */
export function ideasDocuments({ pages }: Pick<PlanIndex, 'pages'>, repositoryId: number): readonly string[] {
  return (pages[repositoryId] ?? []).map((page) => ideasPage(repositoryId, page)).toReversed()
}

function blankRow(number: number): IdeaRow {
  return { number, title: '', status: 'DRAFT', plan: null, stories: 0, tasks: 0, done: 0, total: 0, open: 0, at: '' }
}

function evolveRow(row: IdeaRow, event: Recorded<PlanEvent>): IdeaRow {
  const { data } = event
  const plan = event.type === 'plan.sync-begun' || !('plan' in data) ? null : data.plan
  const { gone: _, ...kept } = row
  return {
    ...kept,
    ...('issue' in data && { title: truncate(data.issue.title, MAX_TITLE) }),
    ...(plan && { plan: truncate(plan.title, MAX_TITLE), stories: plan.stories, tasks: plan.tasks }),
    ...('progress' in data && { done: data.progress.done, total: data.progress.total, open: data.progress.open }),
    ...(isLetGo(event) ? { done: 0, total: 0, open: 0 } : goneOf(row, event)),
    status: statusAfter(event) ?? row.status,
    at: new Date(event.at).toISOString(),
  }
}

/** Kept as long as there are any: a sweep looks whether they are there again. */
function goneOf({ gone = 0 }: IdeaRow, { data }: PlanEvent): Pick<IdeaRow, 'gone'> {
  const now = 'progress' in data ? (data.progress.gone ?? 0) : gone
  return now === 0 ? {} : { gone: now }
}

/** A page as it was written; what is no idea is left out. */
export function parseIdeas(document: Json | undefined): readonly IdeaRow[] {
  return isJsonObject(document) ? listOf(document['ideas']).flatMap((row) => (isJsonObject(row) ? parseRow(row) : [])) : []
}

function parseRow(row: JsonObject): readonly IdeaRow[] {
  const { number, plan } = row
  const status = IDEA_STATUSES.find((each) => each === row['status'])
  if (typeof number !== 'number' || status === undefined) return []
  return [
    {
      number,
      title: textOr(row['title'], ''),
      status,
      plan: typeof plan === 'string' ? plan : null,
      stories: numberOr(row['stories'], 0),
      tasks: numberOr(row['tasks'], 0),
      done: numberOr(row['done'], 0),
      total: numberOr(row['total'], 0),
      open: numberOr(row['open'], 0),
      ...(typeof row['gone'] === 'number' && { gone: row['gone'] }),
      at: textOr(row['at'], ''),
    },
  ]
}
