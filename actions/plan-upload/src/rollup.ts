import type { Outcome } from '@switchyard/action'
import { joinSelections, type Selection } from '@switchyard/core'
import { selectConversation } from '@switchyard/github'
import type { Drawing, IssueConversation, IssueFamily } from '@switchyard/github/operations'
import type { GroupRequest } from '@switchyard/ledger'
import {
  decideRollup,
  findPlace,
  type Idea,
  type IdeaCommand,
  parseIdeaSubject,
  placeDocuments,
  type RollupStep,
} from '@switchyard/planning'
import { NO_EFFECTS } from './ask-ledger.ts'
import { drawCard } from './card.ts'
import type { Door, PlanLoaded } from './door.ts'
import { drawAll } from './draw-answers.ts'
import type { Spec } from './inputs.ts'
import { documentsOf, findItemKey, ideaOf } from './observe.ts'
import type { Wish } from './wish.ts'

export type RollupWish = Extract<Wish, { kind: 'rollup' }>

/** One of a plan's issues was closed or opened again: the ledger is told, and its parents follow. */
export async function rollup(door: Door, wish: RollupWish): Promise<Outcome<Spec>> {
  const { issue } = wish
  const found = await find(door, wish)
  if (found === undefined) {
    return { decision: 'nothing-to-do', reasonCode: 'not-for-us', headline: `#${issue} is none of the issues of a plan.`, result: {} }
  }
  const { subject, idea, family, conversation, loaded } = found
  // The card shows the tree by it: read while the ledger is written.
  if (idea.applied !== null) door.texts.read(loaded, idea.applied).catch(() => undefined)
  const steps = decideRollup({ changed: family, above: family.above, isOurs: isItemOf(idea) })
  if (door.given.inputs.dryRun) return preview(idea, family, steps)
  const after = await record(door, { subject, loaded, key: keyOf(door, { issue, subject }), changes: [family, ...steps.map(toChange)] })
  const moved = steps.filter(({ number }) => after.news.has(number))
  const isChange = after.news.size > 0
  await drawAll(door, [
    ...(await drawingsOf(family, moved)),
    ...(conversation === undefined || !isChange
      ? []
      : await drawCard(door, { observation: { conversation, subject }, loaded: after.loaded })),
  ])
  const verb = family.isOpen ? 'opened again' : 'closed'
  const told =
    moved.length === 0
      ? ''
      : ` ${moved.map(({ number, kind }) => `#${number} was ${kind === 'close' ? 'closed' : 'opened'} with it`).join(', ')}.`
  return {
    decision: isChange ? 'done' : 'nothing-to-do',
    reasonCode: isChange ? 'rolled-up' : 'nothing-changed',
    headline: `#${issue} was ${verb}.${told}`,
    result: { idea: idea.issue.number, issue, parents: moved.map(({ number }) => number) },
    outputs: { idea: String(idea.issue.number), status: idea.status, issues: String(moved.length) },
  }
}

/** What would be told to the ledger, and what would follow it. */
function preview({ issue, status }: Idea, { number, isOpen }: IssueFamily, steps: readonly RollupStep[]): Outcome<Spec> {
  const told = steps.map((step) => `#${step.number} would be ${step.kind === 'close' ? 'closed' : 'opened'} with it`)
  return {
    decision: 'nothing-to-do',
    reasonCode: 'dry-run',
    headline: `#${number} was ${isOpen ? 'opened again' : 'closed'}: ${told.length === 0 ? 'nothing would follow it' : told.join(', ')}. Nothing has changed.`,
    result: { idea: issue.number, issue: number, parents: steps.map((step) => step.number) },
    outputs: { idea: String(issue.number), status, issues: String(steps.length) },
  }
}

export function isItemOf({ items }: Idea): (number: number) => boolean {
  const numbers = new Set(Object.values(items))
  return (number) => numbers.has(number)
}

interface Look {
  readonly family: IssueFamily | undefined
  /** Of the idea, where this repository keeps it. */
  readonly conversation: IssueConversation | undefined
  readonly loaded: PlanLoaded
}

interface Found extends Look {
  readonly subject: string
  readonly idea: Idea
  readonly family: IssueFamily
}

/** Whose issue it is: as its mark says, if the ledger has it so; else as the ledger says of its number. */
async function find(door: Door, { issue, subject: said }: RollupWish): Promise<Found | undefined> {
  const place = { repositoryId: door.given.context.repository.id, number: issue }
  const first = await look(door, { issue, subject: said })
  const known = findPlace((name) => first.loaded.findDocument(name), place)
  const subject = known ?? said
  if (subject === undefined || first.family === undefined) return undefined
  const seen = subject === said ? first : { ...(await look(door, { issue, subject })), family: first.family }
  const idea = ideaOf(seen.loaded, subject)
  if (idea === null || findItemKey(idea, place) === undefined) return undefined
  return { ...seen, subject, idea, family: first.family }
}

async function look(door: Door, { issue, subject }: Pick<RollupWish, 'issue' | 'subject'>): Promise<Look> {
  const { repository } = door.given.context
  const { owner, name } = repository
  const idea = subject === undefined ? undefined : parseIdeaSubject(subject)
  const isHere = idea !== undefined && idea.repositoryId === repository.id
  const conversation = isHere ? selectConversation('idea', { owner, name, number: idea.issue }) : NOTHING
  const { selectFamily } = await import('@switchyard/github/operations')
  const places = placeDocuments(repository.id, issue)
  const { loaded, beside } = await door.load(
    subject === undefined
      ? { subjects: [], idempotencyKeys: [], documents: places }
      : { subjects: [subject], idempotencyKeys: [keyOf(door, { issue, subject })], documents: [...documentsOf(subject), ...places] },
    joinSelections(selectFamily('family', { owner, name, number: issue }), conversation),
  )
  const { parseConversation, parseFamily } = await import('@switchyard/github/operations')
  return { family: parseFamily(beside[0]), conversation: isHere ? parseConversation(beside[1]) : undefined, loaded }
}

const NOTHING: Selection<unknown> = { fields: '', variables: {}, parse: () => undefined }

/** How an issue is from now on. */
export interface Change {
  readonly number: number
  readonly isOpen: boolean
  readonly isDone: boolean
  /** Deleted, or moved away. */
  readonly isGone?: boolean
}

export function toChange(step: RollupStep): Change {
  return { number: step.number, isOpen: step.kind === 'reopen', isDone: step.kind === 'close' && step.isDone }
}

interface Recording {
  readonly subject: string
  readonly loaded: PlanLoaded
  /** Names for ever what is told. */
  readonly key: string
  readonly changes: readonly Change[]
}

/**
 * Tells the ledger, all at once. Returns whose change was news to it: only that is carried out, so that two last children at once close
 * their parent once.
 */
export async function record(
  door: Door,
  { subject, loaded, key, changes }: Recording,
): Promise<{ readonly news: ReadonlySet<number>; readonly loaded: PlanLoaded }> {
  const requests = changes.map(({ number, isOpen, isDone, isGone = false }): GroupRequest<IdeaCommand> => ({
    subject,
    command: isGone
      ? { kind: 'item-gone', number }
      : isOpen
        ? { kind: 'item-reopened', number }
        : { kind: 'item-closed', number, isPlanned: isDone },
  }))
  const done = await door.ledger.performGroups({
    handlers: NO_EFFECTS,
    groups: [{ idempotencyKey: key, parts: [() => requests] }],
    subjects: [subject],
    loaded,
    documents: documentsOf(subject),
  })
  // A run that is started again may have been stopped before it drew anything.
  const events = done.results.flatMap((result) => result.events)
  return { news: new Set(events.flatMap(({ data }) => ('number' in data ? [data.number] : []))), loaded: done.loaded }
}

function keyOf({ given: { context } }: Door, { issue, subject }: Pick<Found, 'subject'> & { readonly issue: number }): string {
  return `rollup run ${context.repository.id} ${context.run.id} ${context.run.job} ${subject} ${issue}`
}

/** Parents are closed and opened with a word that says why: each because of the one below it. */
export async function drawingsOf(child: IssueFamily, steps: readonly RollupStep[]): Promise<readonly Drawing[]> {
  const { renderRollup } = await import('@switchyard/planning/render')
  const now = new Map([child, ...steps.map(toChange)].map((change) => [change.number, change.isOpen]))
  const below = new Map(child.above.map(({ number }, at) => [number, child.above[at - 1] ?? child]))
  return steps.flatMap(({ kind, number, ...step }): readonly Drawing[] => {
    const parent = child.above.find((each) => each.number === number)
    const cause = below.get(number)
    if (parent === undefined || cause === undefined) return []
    const { nodeId: issueId, children } = parent
    const done = children.filter((each) => !((each.number === undefined ? undefined : now.get(each.number)) ?? each.isOpen)).length
    const state = kind === 'reopen' ? 'OPEN' : 'isDone' in step && step.isDone ? 'COMPLETED' : 'NOT_PLANNED'
    const counts = { done, total: children.length }
    return [
      { kind: 'comment', issueId, body: renderRollup({ kind: kind === 'reopen' ? 'reopened' : 'closed', child: cause, counts }) },
      { kind: 'issue-state', issueId, state },
    ]
  })
}
