import type { Outcome } from '@switchyard/action'
import { bindCommands, type CommandComment, selectUnhandled } from '@switchyard/commands'
import { matrixDocument } from '@switchyard/releasing'
import { findAnswered } from '@switchyard/releasing/render'
import { COMMANDS, FAMILIES } from './command-list.ts'
import type { Door } from './door.ts'
import { draw } from './draw.ts'
import { type Observation, observe } from './observe.ts'
import { createRoles } from './roles.ts'
import type { Spec } from './run.ts'
import { summarise } from './summarise.ts'
import { type GroupResult, transact } from './transact.ts'
import { understand, type Understood } from './understand.ts'
import { readRules } from './rules.ts'
import type { Wish } from './wish.ts'
import { answerTo } from './answers.ts'

/** Carries out every command of an issue that was not answered yet, oldest first: the event only wakes the run. */
export async function converse(door: Door, { issue, slug }: Extract<Wish, { kind: 'converse' }>): Promise<Outcome<Spec>> {
  const roles = createRoles(door)
  // Most often whoever wrote the comment is the one to be judged.
  roles.of(door.given.context.actor).catch(() => undefined)
  const observation = await observe(door, { slug, issue })
  const waiting = findWaiting(observation)
  if (waiting.length === 0) return { decision: 'nothing-to-do', reasonCode: 'nothing-new', headline: 'Every command of the issue was handled before.', result: {} }
  const rules = await readRules(door, observation)
  const understood: Understood[] = []
  for (const one of waiting) understood.push(await understand(door, { ...one, bound: bindCommands(COMMANDS, one.parsed), observation, rules, roles, issue }))
  const acting = understood.filter(({ requests }) => requests.length > 0)
  const documents = slug === undefined ? [] : [matrixDocument(slug)]
  const done = acting.length === 0 ? { results: [], loaded: observation.loaded } : await transact(door, acting, { loaded: observation.loaded, documents })
  const results = new Map<Understood, GroupResult>(acting.flatMap((one, at) => (done.results[at] === undefined ? [] : [[one, done.results[at]]])))
  const answers = await Promise.all(understood.map((one) => answerTo(door, { one, result: results.get(one), observation, loaded: done.loaded })))
  await draw(door, { observation, loaded: done.loaded, answers, hasChanged: answers.some(({ changes }) => changes > 0) })
  return summarise(answers, { slug, loaded: done.loaded })
}

export interface Waiting extends CommandComment {
  /** Changed after it was written: what it says now may not be what was meant. */
  readonly isEdited: boolean
}

/** What is newer than the ledger's cursor and was not answered on the issue either, oldest first. */
function findWaiting({ conversation, release }: Observation): readonly Waiting[] {
  if (conversation === undefined) return []
  const answered = findAnswered(conversation.comments)
  const cursor = release?.cursor ?? null
  const unhandled = selectUnhandled({ cursor: cursor === null ? undefined : { createdAt: cursor.created_at, id: cursor.id }, comments: conversation.comments, families: FAMILIES })
  const all = [...unhandled.comments.map((one) => ({ ...one, isEdited: false })), ...unhandled.edited.map((one) => ({ ...one, isEdited: true }))]
  return all.filter(({ comment }) => !answered.has(comment.id)).sort((left, right) => left.comment.id - right.comment.id)
}
