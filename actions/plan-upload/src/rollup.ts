import type { Outcome } from '@switchyard/action'
import { joinSelections, type Selection } from '@switchyard/core'
import { selectConversation } from '@switchyard/github'
import type { IssueConversation, IssueFamily } from '@switchyard/github/operations'
import { decideRollup, findPlace, type Idea, parseIdeaSubject, placeDocuments, type RollupStep } from '@switchyard/planning'
import { drawCard } from './card.ts'
import type { Door, PlanLoaded } from './door.ts'
import { drawAll } from './draw-answers.ts'
import { drawParents } from './draw-parents.ts'
import type { Spec } from './inputs.ts'
import { isItemOf, recordChanges, toChange } from './item-changes.ts'
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
  const after = await recordChanges(door, {
    subject,
    loaded,
    key: keyOf(door, { issue, subject }),
    changes: [family, ...steps.map(toChange)],
  })
  const moved = steps.filter(({ number }) => after.news.has(number))
  const isChange = after.news.size > 0
  await drawAll(door, [
    ...(await drawParents(family, moved)),
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

function keyOf({ given: { context } }: Door, { issue, subject }: Pick<Found, 'subject'> & { readonly issue: number }): string {
  return `rollup run ${context.repository.id} ${context.run.id} ${context.run.job} ${subject} ${issue}`
}
