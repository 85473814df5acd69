import { type BoundComment, type CommandFault, type PermissionRule, renderFaults } from '@switchyard/commands'
import { escapeMarkdown, type Rejection, UserError } from '@switchyard/core'
import type { CommandRequest } from '@switchyard/ledger'
import { type Command, releaseSubject } from '@switchyard/releasing'
import type { Roles } from '@switchyard/github'
import type { BoundStep } from './bound.ts'
import type { COMMANDS } from './command-list.ts'
import type { Waiting } from './waiting.ts'
import type { Door } from './door.ts'
import type { Scene } from './scene.ts'
import type { Observation } from './observe.ts'
import { refuseMisplacedCustomers } from './misplaced-customers.ts'
import { requestsFor } from './requests.ts'

/** A comment with what it asks for, or why nothing of it is done. */
export interface Understood {
  readonly comment: Waiting['comment']
  readonly commands: readonly BoundStep[]
  /** Empty: it only asks to be shown something, or is refused. */
  readonly requests: readonly CommandRequest<Command>[]
  /** undefined: nothing stands against it. */
  readonly refusal: Refusal | undefined
  /** undefined: it was refused. */
  readonly scene: Scene | undefined
  readonly isDryRun: boolean
  /** The ledger has passed it: nothing of it is done any more, only answered. */
  readonly isPast: boolean
}

export interface Refusal {
  /** Markdown. */
  readonly text: string
  readonly rejected: Rejection['rejected']
}

interface Question extends Waiting {
  readonly bound: BoundComment<(typeof COMMANDS)[number]>
  readonly observation: Observation
  readonly rules: readonly PermissionRule[]
  readonly roles: Roles
  readonly issue: number
}

/** All or nothing: one fault, one missing right, one selector that reaches nobody refuses the whole comment. */
export async function understand(door: Door, question: Question): Promise<Understood> {
  const { bound, isEdited } = question
  if (isEdited) return refuse(door, question, EDITED)
  if (!bound.ok) return refuse(door, question, refusalOf(bound.faults))
  try {
    return await expandAll(door, question, bound.commands)
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    return refuse(door, question, toRefusal(error.code, error.message, error.hint ?? ''))
  }
}

function refuse({ given: { inputs } }: Door, { comment, isPast }: Question, refusal: Refusal): Understood {
  return { comment, commands: [], requests: [], refusal, scene: undefined, isDryRun: inputs.dryRun, isPast }
}

const EDITED = toRefusal(
  'COMMENT_EDITED',
  'This comment was changed after it was written, and is not carried out.',
  'Write the command in a new comment.',
)

function refusalOf(faults: readonly CommandFault[]): Refusal {
  const message = faults[0]?.message ?? 'The comment was not understood.'
  return {
    text: `Nothing was done:\n\n${renderFaults(faults)}`,
    rejected: { code: 'COMMAND_FAULTY', message, hint: 'Write it in a new comment.' },
  }
}

function toRefusal(code: string, message: string, hint: string): Refusal {
  return { text: `Nothing was done. ${escapeMarkdown(message)} ${escapeMarkdown(hint)}`, rejected: { code, message, hint } }
}

async function expandAll(door: Door, question: Question, commands: readonly BoundStep[]): Promise<Understood> {
  const { comment, observation, rules, roles, issue, isPast } = question
  const key = `issue ${issue} comment ${comment.id}`
  const { requests, scene } = await requestsFor(door, {
    commands,
    login: comment.author.login,
    key,
    source: `comment-${comment.id}`,
    observation,
    rules,
    roles,
  })
  if (!isPast) refuseMisplacedCustomers(commands, { scene, body: comment.body })
  const isDryRun = door.given.inputs.dryRun || commands.some(({ flags }) => 'dry-run' in flags && flags['dry-run'])
  const handled: CommandRequest<Command>[] =
    requests.length === 0 || isDryRun || (scene.release === null && !commands.some(({ command }) => command === 'release activate'))
      ? []
      : [
          {
            subject: releaseSubject(scene.slug),
            idempotencyKey: `${key} handled`,
            command: { kind: 'handle-comments', cursor: { created_at: comment.createdAt, id: comment.id } },
          },
        ]
  return { comment, commands, requests: [...requests, ...handled], refusal: undefined, scene, isDryRun, isPast }
}
