import { type Drawing, type IssueConversation, readBack } from '@switchyard/github/operations'
import { type Idea, type LogEntry, logDocument, parseLog, parseReviews, reviewsDocument } from '@switchyard/planning'
import {
  type CardInput,
  isCard,
  type Item,
  itemsOfApplied,
  itemsOfPlan,
  type ShownMaking,
  renderCard,
  sayLogEntry,
  type ShownReview,
} from '@switchyard/planning/render'
import type { Stopped } from './converge/made.ts'
import type { Door, PlanLoaded } from './door.ts'
import { ideaOf } from './observe.ts'
import { siteOf } from './site.ts'

type Comment = IssueConversation['comments'][number]

/** The one comment of ours that shows where an idea stands. */
export function findCard({ comments }: Pick<IssueConversation, 'comments'>): Comment | undefined {
  return comments.find(({ isOurs, body }) => isOurs && isCard(body))
}

interface Drawn {
  readonly observation: { readonly conversation: IssueConversation; readonly subject: string }
  readonly loaded: PlanLoaded
}

/** The card as the ledger has the idea now: the comment is edited in place, or written where there is none. */
export async function drawCard(door: Door, { observation: { conversation, subject }, loaded }: Drawn): Promise<readonly Drawing[]> {
  const idea = ideaOf(loaded, subject)
  if (idea === null) return []
  const body = renderCard(await inputOf(door, { idea, loaded, subject }))
  const known = findCard(conversation) ?? findCard(await readToCard(door, { observation: { conversation, subject }, loaded }))
  if (known === undefined) return [{ kind: 'comment', issueId: conversation.nodeId, body }]
  return known.body === body ? [] : [{ kind: 'comment-body', commentId: known.nodeId, body }]
}

/** Clocks differ by as much. */
const MARGIN_MS = 60_000

/** No card is older than what was recorded first, where the log still begins with that: of an idea without one little is read. */
function readToCard(
  { github, given: { context } }: Door,
  { observation: { conversation, subject }, loaded }: Drawn,
): Promise<IssueConversation> {
  const { pages, entries } = parseLog(loaded.findDocument(logDocument(subject)))
  const [first] = entries
  const since = pages > 0 || first === undefined ? undefined : Date.parse(first.at) - MARGIN_MS
  const isEnough = (page: IssueConversation['comments']): boolean =>
    findCard({ comments: page }) !== undefined || page.some(({ createdAt }) => since !== undefined && Date.parse(createdAt) < since)
  return readBack(github, context.repository, { conversation, isEnough })
}

interface Shown {
  readonly idea: Idea
  readonly loaded: PlanLoaded
  readonly subject: string
}

async function inputOf(door: Door, { idea, loaded, subject }: Shown): Promise<CardInput> {
  const { entries } = parseLog(loaded.findDocument(logDocument(subject)))
  return {
    site: siteOf(door, idea.issue.number),
    owner: idea.issue.owner ?? undefined,
    status: idea.status,
    plan: idea.plan ?? undefined,
    items: await itemsOf(door, { idea, loaded }),
    target: idea.target?.repository,
    making: makingOf(idea, door.made.get(subject)?.stopped),
    review: reviewOf(idea, loaded, subject),
    log: entries.map((entry: LogEntry) => ({ at: entry.at, by: entry.by, text: sayLogEntry(entry) })),
    ledgerUrl: `${door.given.context.serverUrl}/${door.ledger.place.repository}/tree/${door.ledger.place.branch}`,
  }
}

/** The review of the plan that is kept, with the findings of its last round. */
export function reviewOf({ approver, reviewed_at: at, issue }: Idea, loaded: PlanLoaded, subject: string): ShownReview {
  const { rounds, last } = parseReviews(loaded.findDocument(reviewsDocument(subject)))
  return {
    rounds: rounds.map((round) => (round.round === last?.round ? last : round)),
    approver: approver ?? undefined,
    owner: issue.owner ?? undefined,
    reviewed_at: at === null ? undefined : new Date(at).toISOString(),
  }
}

function makingOf({ converging, failure, items }: Idea, stopped: Stopped | undefined): ShownMaking | undefined {
  if (converging !== null) return { kind: 'paused', done: stopped?.done ?? Object.keys(items).length, total: converging.items }
  return failure === null ? undefined : { kind: 'failed', ...failure }
}

/** The plan's tree: its issues where they are made, else what the plan says. */
export async function itemsOf(door: Door, { idea, loaded }: Pick<Shown, 'idea' | 'loaded'>): Promise<readonly Item[]> {
  if (idea.status === 'PLANNED' && idea.applied !== null && idea.target !== null) {
    const { parseApplied } = await import('@switchyard/planning/tree')
    const { repository } = idea.target
    const [done, skipped, gone] = [new Set(idea.done), new Set(idea.not_planned), new Set(idea.gone)]
    return itemsOfApplied(parseApplied(await door.texts.read(loaded, idea.applied)), {
      urlOf: (number) => (gone.has(number) ? undefined : `${door.given.context.serverUrl}/${repository}/issues/${number}`),
      stateOf: (number) => (gone.has(number) ? 'gone' : done.has(number) ? 'done' : skipped.has(number) ? 'skipped' : 'open'),
    })
  }
  if (idea.plan === null) return []
  const { parsePlan } = await import('@switchyard/planning/plans')
  const parsed = parsePlan(await door.texts.read(loaded, idea.plan.text), { file: 'plan' })
  return parsed.ok ? itemsOfPlan(parsed.plan) : []
}
