import { bindCommands, type BoundCommand, renderFaults, type SwitchyardConfig } from '@switchyard/commands'
import { inlineCode } from '@switchyard/core'
import type { Roles } from '@switchyard/github'
import { COMMANDS } from './command-list.ts'
import type { Door, PlanLoaded } from './door.ts'
import { commandKey } from './first-look.ts'
import { fitAnswer } from './fit-answer.ts'
import type { Observation } from './observe.ts'
import { orRefused } from './or-refused.ts'
import { performCommand } from './perform-command.ts'
import { issueOf, type Told } from './scene.ts'
import { siteOf } from './site.ts'
import type { Waiting } from './waiting.ts'

export type PlanCommand = BoundCommand<(typeof COMMANDS)[number]>

/** What is said of one comment. */
export interface Answer {
  readonly comment: Waiting['comment']
  readonly told: readonly Told[]
  /** Markdown. */
  readonly body: string
  /** Whether nothing of it was done. */
  readonly isNothing: boolean
  readonly isChange: boolean
  readonly loaded: PlanLoaded
}

export interface Answering {
  readonly observation: Observation
  /** As the comment before this one left it. */
  readonly loaded: PlanLoaded
  readonly config: SwitchyardConfig
  readonly roles: Roles
}

/** One reply a comment. A fault in one of its commands, or a changed text, and nothing of it is done. */
export async function answerComment(door: Door, { comment, parsed, isEdited }: Waiting, answering: Answering): Promise<Answer> {
  if (isEdited) {
    const text = 'This comment was changed after it was written: what it says now is not carried out. Write the command in a new comment.'
    return nothing({ comment, body: text, headline: `The comment ${comment.id} was changed after it was written.` }, answering)
  }
  const bound = bindCommands(COMMANDS, parsed)
  if (!bound.ok) {
    const [first] = bound.faults
    const headline = first?.message ?? 'The comment was not understood.'
    return nothing({ comment, body: `Nothing was done.\n\n${renderFaults(bound.faults)}`, headline }, answering)
  }
  const told: Told[] = []
  let { loaded } = answering
  for (const [index, command] of bound.commands.entries()) {
    const one = await attempt(door, { command, comment, index }, { ...answering, loaded })
    told.push(one)
    loaded = one.loaded
  }
  const replies = told.map(({ reply }) => reply)
  return {
    comment,
    told,
    body: fitAnswer(told.length === 1 ? replies : replies.map((reply, at) => `${nameOf(bound.commands[at])}\n\n${reply}`)),
    isNothing: told.every(({ decision }) => decision === 'refused' || decision === 'failed'),
    isChange: told.some(({ isChange }) => isChange),
    loaded,
  }
}

export interface Step {
  readonly command: PlanCommand
  readonly comment: Waiting['comment']
  /** Which of the comment's commands it is, from 0. */
  readonly index: number
}

/** What a person can mend is said to the person, and the next command is still heard. */
function attempt(door: Door, step: Step, answering: Answering): Promise<Told> {
  const { observation, loaded } = answering
  const issue = issueOf(observation.conversation)
  const key = commandKey(issue.number, { comment: step.comment.id, index: step.index })
  return orRefused(() => performCommand(door, step, { ...answering, issue, key }), loaded, siteOf(door, issue.number))
}

/** Which of several commands an answer is to. */
function nameOf(command: PlanCommand | undefined): string {
  if (command === undefined) return ''
  const step = 'step' in command.arguments ? ` ${command.arguments.step}` : ''
  return `**${inlineCode(`/${command.command}${step}`)}**`
}

function nothing(
  { comment, body, headline }: { readonly comment: Waiting['comment']; readonly body: string; readonly headline: string },
  { loaded }: Answering,
): Answer {
  const told: Told = { decision: 'refused', reasonCode: 'commands-refused', headline, reply: body, loaded, isChange: false }
  return { comment, told: [told], body, isNothing: true, isChange: false, loaded }
}
