import { findPreviewed, repositorySubject } from '@switchyard/bootstrapping'
import { decidePermission, neededRole, renderHelp } from '@switchyard/commands'
import { inlineCode, UserError } from '@switchyard/core'
import type { Command, Conversation, Done, Step } from './answer-comments.ts'
import { cancel } from './cancel.ts'
import { readCatalogue } from './catalogue.ts'
import { cleanUp } from './clean-up.ts'
import { COMMANDS } from './command-list.ts'
import { commandKey } from './comment-keys.ts'
import { createAndReport, findFailed, withSubject } from './create-mode.ts'
import type { CreateWishes } from './create.ts'
import type { Door } from './door.ts'
import type { Observation } from './observe.ts'
import { prepare } from './prepare.ts'
import { publish, reportOn } from './preview.ts'
import { readRequest } from './request-source.ts'

/** Carries out one command. @throws {UserError} for everything that its author can mend. */
export async function perform(door: Door, talk: Conversation, step: Step): Promise<Done> {
  const { command } = step.command
  switch (command) {
    case 'help':
      return help(talk, step)
    case 'bootstrap preview':
      return showPreview(door, talk, step)
    case 'bootstrap run':
    case 'bootstrap retry':
      return start(door, talk, step)
    case 'bootstrap cancel':
      return cancelBy(door, talk, step)
    case 'bootstrap cleanup':
      return cleanUpBy(door, talk, { step, command: step.command })
  }
}

async function help({ roles }: Conversation, { comment, config: { rules } }: Step): Promise<Done> {
  const actor = await roles.of(comment.author.login)
  const text = renderHelp(COMMANDS, {
    may: (definition) => decidePermission({ rules, definition, actor }).allowed,
    needed: (definition) => neededRole({ rules, definition }),
  })
  return { outcome: { decision: 'done', reasonCode: 'commanded', headline: 'The commands were listed.', result: {} }, reply: text }
}

/** What the issue asks for now. */
async function requestOf(door: Door, { early, observation, conversation }: Conversation): Promise<CreateWishes['request']> {
  return readRequest(early.source, door.given.inputs, {
    file: early.source.kind === 'file' ? observation.control.files.get(early.source.path) : undefined,
    body: conversation.body,
    catalogue: await readCatalogue(door, observation.control),
  })
}

async function showPreview(door: Door, talk: Conversation, { comment }: Step): Promise<Done> {
  const request = await requestOf(door, talk)
  const prepared = await prepare(door, talk.observation, {
    request,
    purpose: 'create',
    login: comment.author.login,
    roles: talk.roles,
    asksRules: false,
  })
  return {
    outcome: await publish(door, await reportOn(door, prepared), { issue: talk.issue.number, answers: comment.id }),
    reply: undefined,
  }
}

async function start(door: Door, talk: Conversation, step: Step): Promise<Done> {
  const { comment, isOvertaken, command } = step
  const name = inlineCode(`/${command.command}`)
  if (isOvertaken) {
    return {
      outcome: { decision: 'refused', reasonCode: 'run-cancelled', headline: 'The run was cancelled before it began.', result: {} },
      reply: `${name} was cancelled before it began.`,
    }
  }
  const isRetry = command.command === 'bootstrap retry'
  const previewed = findPreviewed(talk.conversation.comments, comment)
  if (!isRetry && previewed === undefined) {
    throw new UserError('APPROVAL_OUTDATED', 'There was no preview on this issue when the command was written.', {
      hint: 'Comment /bootstrap preview, look at it, then run.',
    })
  }
  const asked = await requestOf(door, talk)
  const subject = repositorySubject(asked.repo_owner, asked.repo_slug)
  const observation = await withSubject(door, step.isFirst ? talk.observation : await lookAgain(door, talk), subject)
  const failed = isRetry ? findFailed(observation, subject) : undefined
  const outcome = await createAndReport(door, observation, {
    request:
      failed === undefined ? asked : { ...asked, visibility: failed.plan.visibility, selected_options: failed.plan.selected_options },
    purpose: isRetry ? 'retry' : 'create',
    login: comment.author.login,
    roles: talk.roles,
    approved: failed?.plan.approval_hash ?? previewed ?? null,
    askedAt: Date.parse(comment.createdAt),
    idempotencyKey: keyOf(talk, step),
    retryOf: failed?.plan.run_id ?? null,
    issue: talk.issue.number,
    handled: handledBy(talk, step),
  })
  // What was carried out has its own comment; a refusal is said here.
  return {
    outcome,
    reply: outcome.decision === 'refused' && 'message' in outcome.result ? `@${comment.author.login} ${outcome.headline}` : undefined,
  }
}

/** What an earlier command of this run did stands in the ledger by now. */
async function lookAgain(door: Door, { observation }: Conversation): Promise<Observation> {
  return { ...observation, loaded: await door.ledger.load(observation.wanted) }
}

async function cancelBy(door: Door, talk: Conversation, step: Step): Promise<Done> {
  const outcome = await cancel(door, talk.observation, {
    subject: subjectOf(talk),
    login: step.comment.author.login,
    askedAt: Date.parse(step.comment.createdAt),
    idempotencyKey: keyOf(talk, step),
    handled: handledBy(talk, step),
  })
  return { outcome, reply: outcome.headline }
}

async function cleanUpBy(
  door: Door,
  talk: Conversation,
  { step, command }: { readonly step: Step; readonly command: Extract<Command, { command: 'bootstrap cleanup' }> },
): Promise<Done> {
  const { what, repository } = command.arguments
  const outcome = await cleanUp(door, talk.observation, {
    subject: subjectOf(talk),
    outcome: what,
    confirmed: repository,
    login: step.comment.author.login,
    idempotencyKey: keyOf(talk, step),
    handled: handledBy(talk, step),
  })
  return { outcome, reply: outcome.headline }
}

/** @throws {UserError} when the issue names no repository. */
function subjectOf({ early }: Conversation): string {
  if (early.subject !== undefined) return early.subject
  throw new UserError('REQUEST_INVALID', 'The issue names no repository.', {
    hint: 'Open an issue by the form, or name `owner` and `name` in the workflow.',
  })
}

function keyOf({ ownSubject }: Conversation, { comment, index }: Step): string {
  return commandKey(ownSubject, { comment: comment.id, index })
}

function handledBy({ ownSubject }: Conversation, { comment }: Step): NonNullable<CreateWishes['handled']> {
  return { subject: ownSubject, cursor: { created_at: comment.createdAt, id: comment.id } }
}
