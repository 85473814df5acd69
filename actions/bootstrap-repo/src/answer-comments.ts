import type { Outcome } from '@switchyard/action'
import { bindCommands, type BoundCommand, type CommandComment, decidePermission, NO_CONFIG, renderFaults, replyMarker, type SwitchyardConfig } from '@switchyard/commands'
import { escapeMarkdown, UserError } from '@switchyard/core'
import type { IssueConversation } from '@switchyard/github/operations'
import { COMMANDS } from './command-list.ts'
import type { Waiting } from './converse.ts'
import type { Door } from './door.ts'
import { CONFIG_PATH, type Early, type Observation } from './observe.ts'
import { perform } from './perform-command.ts'
import { say } from './preview.ts'
import { renderRefusal } from './render-refusal.ts'
import type { Roles } from './requester.ts'
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
    await reply(door, talk, { id: comment.id, text: `@${comment.author.login} this comment was changed after it was written, and is not carried out. Write the command in a new comment.` })
    answers.push(refused(`The comment ${comment.id} was changed after it was written.`))
  }
  const bound = comments.map((one) => ({ ...one, bound: bindCommands(COMMANDS, one.parsed) }))
  for (const [at, one] of bound.entries()) {
    const isOvertaken = bound.slice(at + 1).some(({ bound: later }) => later.ok && later.commands.some(({ command }) => command === 'bootstrap cancel'))
    const outcomes = await answer(door, talk, { ...one, config, isOvertaken })
    answers.push(...outcomes)
  }
  const [only, ...more] = answers
  return only !== undefined && more.length === 0 ? only : summarise(answers)
}

interface Asked extends CommandComment {
  readonly bound: ReturnType<typeof bindCommands<typeof COMMANDS>>
  readonly config: SwitchyardConfig
  readonly isOvertaken: boolean
}

async function answer(door: Door, talk: Conversation, { comment, bound, config, isOvertaken }: Asked): Promise<readonly Outcome<Spec>[]> {
  const { login } = comment.author
  if (!bound.ok) {
    await reply(door, talk, { id: comment.id, text: `@${login} nothing was done:\n\n${renderFaults(bound.faults)}` })
    return [refused(bound.faults[0]?.message ?? 'The comment was not understood.')]
  }
  const role = await talk.roles.of(login)
  const judged = bound.commands.map(({ command }) => decidePermission({ rules: config.rules, definition: definitionOf(command), actor: role }))
  const forbidden = judged.find(({ allowed }) => !allowed)
  if (forbidden?.allowed === false) {
    await reply(door, talk, { id: comment.id, text: `@${login} ${escapeMarkdown(forbidden.message)} ${escapeMarkdown(forbidden.hint)}` })
    return [refused(forbidden.message)]
  }
  const done: Done[] = []
  for (const [index, command] of bound.commands.entries()) done.push(await attempt(door, talk, { command, comment, index, isOvertaken, config }))
  const said = done.flatMap(({ reply: text }) => text ?? [])
  if (said.length > 0) await reply(door, talk, { id: comment.id, text: said.join('\n\n') })
  return done.map(({ outcome }) => outcome)
}

function definitionOf(name: Command['command']): (typeof COMMANDS)[number] {
  const found = COMMANDS.find((definition) => ('name' in definition ? `${definition.family} ${definition.name}` : definition.family) === name)
  if (found === undefined) throw new RangeError(`No command ${name}`)
  return found
}

/** What a person can mend is said to the person, and the next comment is still heard. */
async function attempt(door: Door, talk: Conversation, step: Step): Promise<Done> {
  try {
    return await perform(door, talk, step)
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    const text = renderRefusal(error, step.comment.author.login)
    return { outcome: { ...refused(error.message), result: { code: error.code, message: error.message } }, reply: text }
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
    return await readConfig(door, talk)
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    for (const { comment } of [...edited, ...comments]) await reply(door, talk, { id: comment.id, text: renderRefusal(error, comment.author.login) })
    throw error
  }
}

/** @throws {UserError} `CONFIG_INVALID`: a file with faults gives nobody leave. */
async function readConfig({ given: { context } }: Door, { observation }: Conversation): Promise<SwitchyardConfig> {
  const text = observation.control.files.get(CONFIG_PATH)
  if (text === undefined) return NO_CONFIG
  const [{ parseSwitchyardConfig }, { commandName }] = await Promise.all([import('@switchyard/commands/config'), import('@switchyard/commands')])
  const parsed = parseSwitchyardConfig(text, { file: CONFIG_PATH, owner: context.repository.owner, commands: COMMANDS.map(commandName) })
  if (parsed.ok) return parsed.config
  const [first] = parsed.faults
  throw new UserError('CONFIG_INVALID', `${CONFIG_PATH} has faults: ${first?.message ?? ''}`, {
    faults: parsed.faults,
    ...(first?.place && { place: first.place }),
    ...(first?.hint !== undefined && { hint: first.hint }),
  })
}
