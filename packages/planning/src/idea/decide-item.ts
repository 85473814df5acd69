import { InternalError, type Rejection } from '@switchyard/core'
import type { IdeaCommand } from './command.ts'
import { NOTHING, only, type PlanDecision } from './decision.ts'
import { progressOf, withItem } from './progress.ts'
import type { ItemChange } from './records/parts.ts'
import type { Idea } from './records/state.ts'
import { rejectOutside } from './reject.ts'
import { parseIdeaSubject } from './subject.ts'

type ItemCommand = Extract<IdeaCommand, { readonly number: number }>

/** What happened to an issue on GitHub. What is known already is nothing to do; while issues are made, any of them may be ours. */
export function decideItem(idea: Idea | null, command: ItemCommand, subject: string): PlanDecision | Rejection {
  const { number } = command
  const key = idea === null ? undefined : findKey(idea, number)
  if (idea === null || (key === undefined && idea.converging === null)) return rejectOutside(issueOf(subject), number)
  const now = stateAfter(command)
  if (now === statusOf(idea, number)) return NOTHING
  const { gone = [] } = idea
  const data = {
    number,
    key: key ?? null,
    progress: progressOf(
      { leaves: idea.leaves, items: Object.values(idea.items) },
      withItem(idea, { number, now: now === 'gone' ? 'not_planned' : now }),
      new Set(now === 'gone' ? [...gone, number] : gone.filter((other) => other !== number)).size,
    ),
  }
  return only(
    now === 'open'
      ? { type: 'plan.item-reopened', data }
      : { type: 'plan.item-closed', data: { ...data, is_planned: now === 'done', ...(now === 'gone' && { is_gone: true }) } },
  )
}

function issueOf(subject: string): number {
  const place = parseIdeaSubject(subject)
  if (place === undefined) throw new InternalError(`The subject ${subject} is no idea's.`)
  return place.issue
}

function stateAfter(command: ItemCommand): ItemChange['now'] | 'gone' {
  switch (command.kind) {
    case 'item-closed':
      return command.isPlanned ? 'done' : 'not_planned'
    case 'item-reopened':
      return 'open'
    case 'item-gone':
      return 'gone'
  }
}

/** As the ledger has it; what is gone is among what is not planned, too. */
function statusOf({ done, not_planned, gone = [] }: Idea, number: number): ItemChange['now'] | 'gone' {
  if (gone.includes(number)) return 'gone'
  if (done.includes(number)) return 'done'
  return not_planned.includes(number) ? 'not_planned' : 'open'
}

function findKey({ items }: Idea, number: number): string | undefined {
  return Object.entries(items).find(([, known]) => known === number)?.[0]
}
