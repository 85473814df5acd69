import { isJsonObject, type Json, type JsonObject, type Recorded, type View } from '@switchyard/core'
import { type Closed, evolveClosed, leavesOf } from '../progress.ts'
import type { PlanEvent } from '../records/events.ts'
import type { Progress, TreeItem } from '../records/parts.ts'
import { isLetGo } from '../status-after.ts'
import { progressOf } from './documents.ts'
import { listOf, numberOr, numbersOf } from './json-values.ts'

/** Days on which something changed that are kept. */
export const MAX_DAYS = 366

/** What is done of each story, now and by day. */
export const progressView: View<PlanEvent> = {
  name: 'progress',
  document: progressOf,
  initial: null,
  evolve(document, event) {
    if (isLetGo(event)) return { document: null }
    if (!isCounted(event)) return { document }
    const counted = withEvent(document, event)
    return { document: event.type === 'plan.converged' ? { ...counted, stories: storiesOf(event.data.tree) } : counted }
  },
}

type Counted = Extract<PlanEvent, { readonly data: { readonly progress: Progress } }>

function isCounted(event: Recorded<PlanEvent>): event is Recorded<Counted> {
  return 'progress' in event.data
}

function withEvent(document: Json, event: Recorded<Counted>): JsonObject {
  const { done, total } = event.data.progress
  const { stories, days, closed } = parseProgressDocument(document)
  const day = new Date(event.at).toISOString().slice(0, 10)
  const point: Json = [day, done, total]
  const known = days.filter(([known]) => known !== day).map((each): Json => [...each])
  return { stories, days: [...known, point].slice(-MAX_DAYS), ...evolveClosed(closed, event) }
}

/** A story's issues that have no children; it is its own only one as long as it has none. */
function storiesOf(tree: readonly TreeItem[]): Json {
  const leaves = new Set(leavesOf(tree))
  const stories = new Map<number, number[]>()
  for (const [at, [, level, parent, number]] of tree.entries()) {
    if (number === null || !leaves.has(number)) continue
    const story = level === 'task' && parent !== null ? parent : at
    stories.set(story, [...(stories.get(story) ?? []), number])
  }
  return [...stories].map(([at, items]) => [tree[at]?.[0] ?? '', tree[at]?.[3] ?? null, items])
}

interface ParsedProgress {
  readonly stories: readonly Json[]
  readonly days: readonly (readonly [day: string, done: number, total: number])[]
  readonly closed: Closed
}

export function parseProgressDocument(document: Json): ParsedProgress {
  if (!isJsonObject(document)) return { stories: [], days: [], closed: { done: [], not_planned: [] } }
  const days = listOf(document['days']).flatMap((point) => {
    const [day, done, total] = listOf(point)
    return typeof day === 'string' ? [[day, numberOr(done, 0), numberOr(total, 0)] as const] : []
  })
  const closed = { done: numbersOf(document['done']), not_planned: numbersOf(document['not_planned']) }
  return { stories: listOf(document['stories']), days, closed }
}
