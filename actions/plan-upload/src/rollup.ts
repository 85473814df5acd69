import type { Outcome } from '@switchyard/action'
import { joinSelections, type Selection } from '@switchyard/core'
import { selectConversation } from '@switchyard/github'
import type { Drawing, IssueConversation, IssueFamily } from '@switchyard/github/operations'
import type { CommandRequest } from '@switchyard/ledger'
import { decideRollup, type Idea, type IdeaCommand, parseIdeaSubject, type RollupStep } from '@switchyard/planning'
import { NO_EFFECTS } from './ask-ledger.ts'
import { drawCard } from './card.ts'
import type { Door, PlanLoaded } from './door.ts'
import { drawAll } from './draw-answers.ts'
import type { Spec } from './inputs.ts'
import { documentsOf, ideaOf } from './observe.ts'
import type { Wish } from './wish.ts'

export type RollupWish = Extract<Wish, { kind: 'rollup' }>

/** One of a plan's issues was closed or opened again: the ledger is told, and its parents follow. */
export async function rollup(door: Door, { issue, subject, key }: RollupWish): Promise<Outcome<Spec>> {
  const { family, conversation, loaded } = await look(door, { issue, subject })
  const idea = ideaOf(loaded, subject)
  // Whoever may edit an issue can write a mark into it: the ledger knows which are the plan's, and where they are.
  if (family === undefined || idea?.target?.id !== door.given.context.repository.id || idea.items[key] !== issue) {
    return { decision: 'nothing-to-do', reasonCode: 'not-for-us', headline: `#${issue} is none of the issues of a plan.`, result: {} }
  }
  const steps = decideRollup({ changed: family, above: family.above, isOurs: isItemOf(idea) })
  const after = await record(door, { subject, loaded, changed: family, steps })
  const moved = after.steps
  await drawAll(door, [
    ...(await drawingsOf(family, moved)),
    ...(conversation === undefined || !after.isChange
      ? []
      : await drawCard(door, { observation: { conversation, subject }, loaded: after.loaded })),
  ])
  const verb = family.isOpen ? 'opened again' : 'closed'
  const told =
    moved.length === 0
      ? ''
      : ` ${moved.map(({ number, kind }) => `#${number} was ${kind === 'close' ? 'closed' : 'opened'} with it`).join(', ')}.`
  return {
    decision: after.isChange ? 'done' : 'nothing-to-do',
    reasonCode: after.isChange ? 'rolled-up' : 'nothing-changed',
    headline: `#${issue} was ${verb}.${told}`,
    result: { idea: idea.issue.number, issue, parents: moved.map(({ number }) => number) },
    outputs: { idea: String(idea.issue.number), status: idea.status, issues: String(moved.length) },
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

async function look(door: Door, { issue, subject }: { readonly issue: number; readonly subject: string }): Promise<Look> {
  const { repository } = door.given.context
  const { owner, name } = repository
  const { parseConversation, parseFamily, selectFamily } = await import('@switchyard/github/operations')
  const idea = parseIdeaSubject(subject)
  const isHere = idea !== undefined && idea.repositoryId === repository.id
  const conversation = isHere ? selectConversation('idea', { owner, name, number: idea.issue }) : NOTHING
  const { loaded, beside } = await door.load(
    { subjects: [subject], idempotencyKeys: [], documents: documentsOf(subject) },
    joinSelections(selectFamily('family', { owner, name, number: issue }), conversation),
  )
  return { family: parseFamily(beside[0]), conversation: isHere ? parseConversation(beside[1]) : undefined, loaded }
}

const NOTHING: Selection<unknown> = { fields: '', variables: {}, parse: () => undefined }

interface Recording {
  readonly subject: string
  readonly loaded: PlanLoaded
  readonly changed: { readonly number: number; readonly isOpen: boolean; readonly isDone: boolean }
  readonly steps: readonly RollupStep[]
}

/** Only what the ledger did not have yet is carried out: two last children at once close their parent once. */
export async function record(
  door: Door,
  { subject, loaded, changed, steps }: Recording,
): Promise<{ readonly steps: readonly RollupStep[]; readonly isChange: boolean; readonly loaded: PlanLoaded }> {
  const { context } = door.given
  const commands: readonly IdeaCommand[] = [
    { kind: changed.isOpen ? 'item-reopened' : 'item-closed', number: changed.number, isPlanned: changed.isDone },
    ...steps.map((step): IdeaCommand =>
      step.kind === 'reopen'
        ? { kind: 'item-reopened', number: step.number, isPlanned: true }
        : { kind: 'item-closed', number: step.number, isPlanned: step.isDone },
    ),
  ]
  const requests = commands.map((command): CommandRequest<IdeaCommand> => ({
    subject,
    command,
    idempotencyKey: `rollup run ${context.repository.id} ${context.run.id} ${context.run.job} ${'number' in command ? command.number : ''} ${command.kind}`,
  }))
  const done = await door.ledger.perform({ handlers: NO_EFFECTS, requests, loaded, documents: documentsOf(subject) })
  const isNew = (at: number): boolean => {
    const result = done.results[at]
    // A run that is started again may have been stopped before it closed anything.
    return result?.kind === 'replayed' ? result.events.length > 0 : result?.kind === 'done' && result.events.length > 0
  }
  return {
    steps: steps.filter((_, at) => isNew(at + 1)),
    isChange: commands.some((_, at) => isNew(at)),
    loaded: done.loaded,
  }
}

/** Parents are closed and opened with a word that says why. */
export async function drawingsOf(child: IssueFamily, steps: readonly RollupStep[]): Promise<readonly Drawing[]> {
  const { renderRollup } = await import('@switchyard/planning/render')
  return steps.flatMap((step): readonly Drawing[] => {
    const parent = child.above.find(({ number }) => number === step.number)
    if (parent === undefined) return []
    const { nodeId: issueId, children } = parent
    const counts = { done: children.filter(({ isOpen }) => !isOpen).length, total: children.length }
    const state = step.kind === 'reopen' ? 'OPEN' : step.isDone ? 'COMPLETED' : 'NOT_PLANNED'
    return [
      { kind: 'comment', issueId, body: renderRollup({ kind: step.kind === 'reopen' ? 'reopened' : 'closed', child, counts }) },
      { kind: 'issue-state', issueId, state },
    ]
  })
}
