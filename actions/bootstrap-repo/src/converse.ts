import type { Outcome } from '@switchyard/action'
import { issueSubject } from '@switchyard/bootstrapping'
import { type CommandComment, selectWaiting } from '@switchyard/commands'
import type { IssueConversation } from '@switchyard/github/operations'
import { answerComments, type Conversation } from './answer-comments.ts'
import { FAMILIES } from './command-list.ts'
import type { Door } from './door.ts'
import { drawCheck } from './draw-check.ts'
import type { FirstLook } from './first-look.ts'
import { outcomeOfRun } from './outcomes.ts'
import { recoverOthers } from './recover.ts'
import { findInterrupted, resume } from './resume.ts'
import type { Spec } from './run.ts'
import { showStale } from './show-recovered.ts'
import type { Wish } from './wish.ts'

/** Carries out every command of an issue that was not answered yet, oldest first: the event only wakes the run. */
export async function converse(
  door: Door,
  { issue }: Extract<Wish, { kind: 'converse' }>,
  { early, seen, roles }: FirstLook,
): Promise<Outcome<Spec>> {
  const own = issueSubject(door.given.context.repository.id, issue.number)
  const interrupted = findInterrupted(door, seen)
  if (interrupted) {
    const resumed = await resume(door, { observation: seen, ...interrupted, issue: issue.number })
    if (resumed.kind === 'rejected') return nothingNew()
    const outcome = outcomeOfRun(resumed)
    await Promise.all([
      resumed.shown,
      drawCheck(door, resumed.run, { control: seen.control, summary: outcome.summary ?? '', mayExist: true }),
    ])
    return outcome
  }
  const observation = await recoverOthers(door, seen, { except: undefined })
  await showStale(door, observation, early.subject === undefined ? [] : observation.loaded.getState(early.subject).runs)
  const { conversation } = observation
  if (conversation === undefined) return nothingNew()
  const waiting = findWaiting(conversation, observation.loaded.getState(own).cursor)
  if (waiting.comments.length === 0 && waiting.edited.length === 0) return nothingNew()
  const talk: Conversation = { observation, conversation, issue, early, roles, ownSubject: own }
  return answerComments(door, talk, waiting)
}

export interface Waiting {
  readonly comments: readonly CommandComment[]
  readonly edited: readonly CommandComment[]
}

/** What is newer than the ledger's cursor and was not answered on the issue either. */
function findWaiting({ comments }: IssueConversation, cursor: { readonly created_at: string; readonly id: number } | null): Waiting {
  const waiting = selectWaiting({
    capability: 'bootstrap',
    comments,
    families: FAMILIES,
    cursor: cursor === null ? undefined : { createdAt: cursor.created_at, id: cursor.id },
  })
  return { comments: waiting.filter(({ isEdited }) => !isEdited), edited: waiting.filter(({ isEdited }) => isEdited) }
}

function nothingNew(): Outcome<Spec> {
  return { decision: 'nothing-to-do', reasonCode: 'nothing-new', headline: 'Every command of the issue was handled before.', result: {} }
}
