import type { Outcome } from '@switchyard/action'
import {
  bindCommands,
  type BoundCommand,
  type CommandComment,
  decidePermission,
  getDefinition,
  renderFaults,
  replyMarker,
  type SwitchyardConfig,
} from '@switchyard/commands'
import { escapeMarkdown, isForPeople, isOfJob, UserError } from '@switchyard/core'
import type { IssueConversation } from '@switchyard/github/operations'
import type { Roles } from '@switchyard/github'
import { COMMANDS } from './command-list.ts'
import type { Waiting } from './converse.ts'
import type { Door } from './door.ts'
import type { Early, Observation } from './observe.ts'
import { readConfig } from './require-command.ts'
import { perform } from './perform-command.ts'
import { say } from './preview.ts'
import { renderRefusal } from './render-refusal.ts'
import type { Spec } from './run.ts'
import type { IssueSeen } from './wish.ts'

/** An issue that people command on, as it is now. */
export interface Conversation {
  readonly observation: Observation
  readonly conversation: IssueConversation
  readonly issue: IssueSeen
  readonly early: Early
  readonly roles: Roles
  /** The subject that keeps how far the issue's comments are handled. */
  readonly ownSubject: string
}

export type Command = BoundCommand<(typeof COMMANDS)[number]>

/** One command of a comment that may be carried out. */
export interface Step {
  readonly command: Command
  readonly comment: CommandComment['comment']
  /** Which of the comment's commands it is, from 0. */
  readonly index: number
  /** Somebody cancelled after it was asked for. */
  readonly isOvertaken: boolean
  /** Nothing was carried out since the ledger was read. */
  readonly isFirst: boolean
  readonly config: SwitchyardConfig
}

/** What became of a command, and what is said of it on the issue. */
export interface Done {
  readonly outcome: Outcome<Spec>
  /** Markdown; undefined: it speaks for itself. */
  readonly reply: string | undefined
}

/** Answers each comment: what it commands is done, or told why not. A comment with a fault, or that its author may not give, does nothing. */
export async function answerComments(door: Door, talk: Conversation, waiting: Waiting): Promise<Outcome<Spec>> {
  const { comments, edited } = waiting
  const config = await readConfigFor(door, talk, waiting)
  const answers: Outcome<Spec>[] = []
  for (const { comment } of edited) {
    await reply(door, talk, {
      id: comment.id,
      text: `@${comment.author.login} this comment was changed after it was written, and is not carried out. Write the command in a new comment.`,
    })
    answers.push(refused(`The comment ${comment.id} was changed after it was written.`))
  }
  const judged = await Promise.all(comments.map((one) => judge(talk, { ...one, config })))
  for (const [at, one] of judged.entries()) {
    const isOvertaken = judged
      .slice(at + 1)
      .some(({ verdict }) => verdict.kind === 'allowed' && verdict.commands.some(({ command }) => command === 'bootstrap cancel'))
    const outcomes = await answer(door, talk, { ...one, isOvertaken, isFirst: at === 0 })
    answers.push(...outcomes)
  }
  const [only, ...more] = answers
  return only !== undefined && more.length === 0 ? only : summarise(answers)
}

/** Whether a comment may be carried out, and what is said where it may not. */
type Verdict =
  | { readonly kind: 'allowed'; readonly commands: readonly Command[] }
  /** Markdown for its author, and a line for the step. */
  | { readonly kind: 'refused'; readonly text: string; readonly headline: string }

interface Judged {
  readonly comment: CommandComment['comment']
  readonly verdict: Verdict
  readonly config: SwitchyardConfig
}

/** One fault, or one command that its author may not give, refuses the whole comment. */
async function judge(
  { roles }: Conversation,
  { comment, parsed, config }: CommandComment & { readonly config: SwitchyardConfig },
): Promise<Judged> {
  const bound = bindCommands(COMMANDS, parsed)
  if (!bound.ok) {
    return {
      comment,
      config,
      verdict: {
        kind: 'refused',
        text: `nothing was done:\n\n${renderFaults(bound.faults)}`,
        headline: bound.faults[0]?.message ?? 'The comment was not understood.',
      },
    }
  }
  const actor = await findRole(roles, comment.author.login)
  if (actor instanceof UserError) {
    return { comment, config, verdict: { kind: 'refused', text: renderRefusal(actor, undefined), headline: actor.message } }
  }
  const forbidden = bound.commands
    .map(({ command }) => decidePermission({ rules: config.rules, definition: getDefinition(COMMANDS, command), actor }))
    .find(({ allowed }) => !allowed)
  if (forbidden?.allowed === false) {
    return {
      comment,
      config,
      verdict: {
        kind: 'refused',
        text: `${escapeMarkdown(forbidden.message)} ${escapeMarkdown(forbidden.hint)}`,
        headline: forbidden.message,
      },
    }
  }
  return { comment, config, verdict: { kind: 'allowed', commands: bound.commands } }
}

/** An account that is gone since keeps nobody else waiting: what is to be said of it comes in the role's place. */
async function findRole(roles: Roles, login: string): Promise<Awaited<ReturnType<Roles['of']>> | UserError> {
  try {
    return await roles.of(login)
  } catch (error) {
    if (error instanceof UserError) return error
    throw error
  }
}

async function answer(
  door: Door,
  talk: Conversation,
  { comment, verdict, config, isOvertaken, isFirst }: Judged & Pick<Step, 'isOvertaken' | 'isFirst'>,
): Promise<readonly Outcome<Spec>[]> {
  if (verdict.kind === 'refused') {
    await reply(door, talk, { id: comment.id, text: `@${comment.author.login} ${verdict.text}` })
    return [refused(verdict.headline)]
  }
  const done: Done[] = []
  for (const [index, command] of verdict.commands.entries()) {
    done.push(await attempt(door, talk, { command, comment, index, isOvertaken, isFirst: isFirst && index === 0, config }))
  }
  const said = done.flatMap(({ reply: text }) => text ?? [])
  if (said.length > 0) await reply(door, talk, { id: comment.id, text: said.join('\n\n') })
  return done.map(({ outcome }) => outcome)
}

/** What a person can mend is said to the person, and the next comment is still heard. */
async function attempt(door: Door, talk: Conversation, step: Step): Promise<Done> {
  try {
    return await perform(door, talk, step)
  } catch (error) {
    if (!isForPeople(error)) throw error
    const outcome = { ...refused(error.message), result: { code: error.code, message: error.message } }
    // What the credential may not do is nobody's slip: the step fails.
    return {
      outcome: isOfJob(error) ? { ...outcome, decision: 'failed' } : outcome,
      reply: renderRefusal(error, step.comment.author.login),
    }
  }
}

async function reply(door: Door, { issue }: Conversation, { id, text }: { readonly id: number; readonly text: string }): Promise<void> {
  await say(door, issue.number, `${replyMarker('bootstrap', id)}\n${text}\n`)
}

function refused(headline: string): Outcome<Spec> {
  return { decision: 'refused', reasonCode: 'commands-refused', headline, result: {} }
}

function summarise(answers: readonly Outcome<Spec>[]): Outcome<Spec> {
  const isRefused = answers.some(({ decision }) => decision === 'refused' || decision === 'failed')
  return {
    decision: answers.some(({ decision }) => decision === 'failed') ? 'failed' : isRefused ? 'refused' : 'done',
    reasonCode: isRefused ? 'commands-refused' : 'commanded',
    headline: answers.map(({ headline }) => headline).join(' '),
    result: { answers: answers.map(({ decision, reasonCode }) => ({ decision, reason_code: reasonCode })) },
  }
}

/** With a faulty file every comment is refused, for good: none comes alive when the file is mended. */
async function readConfigFor(door: Door, talk: Conversation, { comments, edited }: Waiting): Promise<SwitchyardConfig> {
  try {
    return await readConfig(talk.observation.control)
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    for (const { comment } of [...edited, ...comments]) {
      await reply(door, talk, { id: comment.id, text: renderRefusal(error, comment.author.login) })
    }
    throw error
  }
}
