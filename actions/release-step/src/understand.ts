import { bindCommands, type PermissionRule, renderFaults } from '@switchyard/commands'
import { escapeMarkdown, type Rejection, UserError } from '@switchyard/core'
import { releaseSubject } from '@switchyard/releasing'
import type { BoundStep } from './bound.ts'
import { COMMANDS } from './command-list.ts'
import type { Door } from './door.ts'
import type { Observation } from './observe.ts'
import { refuseMisplacedCustomers } from './misplaced-customers.ts'
import { type Asked, isRecorded, partsFor, refusing, type ReleasePart } from './requests.ts'
import type { Roles } from '@switchyard/github'
import type { Waiting } from './waiting.ts'

/** A comment with what it asks for, or why nothing of it can be. */
export interface Understood {
  readonly comment: Waiting['comment']
  readonly commands: readonly BoundStep[]
  /** undefined: it was refused as it stands. */
  readonly asked: Asked | undefined
  /** undefined: nothing stands against it but what the ledger may say. */
  readonly refusal: Refusal | undefined
  readonly isDryRun: boolean
  /** Whether the ledger keeps its outcome: it asks for a change, in earnest. */
  readonly isRecorded: boolean
}

export interface Refusal {
  /** Markdown. */
  readonly text: string
  readonly rejected: Rejection['rejected']
}

interface Question {
  readonly observation: Observation
  readonly rules: readonly PermissionRule[]
  readonly roles: Roles
}

/** All or nothing: one fault, one name that nobody has, refuses the whole comment. */
export async function understand(door: Door, { comment, parsed, isEdited }: Waiting, question: Question): Promise<Understood> {
  const { dryRun } = door.given.inputs
  const refuse = (refusal: Refusal): Understood => ({
    comment,
    commands: [],
    asked: undefined,
    refusal,
    isDryRun: dryRun,
    isRecorded: false,
  })
  if (isEdited) {
    return refuse(
      toRefusal(
        'COMMENT_EDITED',
        'This comment was changed after it was written, and is not carried out.',
        'Write the command in a new comment.',
      ),
    )
  }
  const bound = bindCommands(COMMANDS, parsed)
  if (!bound.ok) {
    return refuse({
      text: `Nothing was done:\n\n${renderFaults(bound.faults)}`,
      rejected: {
        code: 'COMMAND_FAULTY',
        message: bound.faults[0]?.message ?? 'The comment was not understood.',
        hint: 'Write it in a new comment.',
      },
    })
  }
  const { commands } = bound
  const isDryRun = dryRun || commands.some(({ flags }) => 'dry-run' in flags && flags['dry-run'])
  try {
    const { parts, base } = await partsFor(door, { commands, login: comment.author.login, ...question })
    const asked = { base, parts: [...parts, refuseMisplaced(commands, { base, body: comment.body })] }
    return { comment, commands, asked, refusal: undefined, isDryRun, isRecorded: !isDryRun && commands.some(isRecorded) }
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    return refuse(toRefusal(error.code, error.message, error.hint ?? ''))
  }
}

/** Whether the words of a command name a customer is told by who is in the release then. */
function refuseMisplaced(
  commands: readonly BoundStep[],
  { base, body }: { readonly base: Asked['base']; readonly body: string },
): ReleasePart {
  return (stateOf) =>
    refusing(() => {
      const release = base.slug === '' ? null : stateOf(releaseSubject(base.slug)).release
      refuseMisplacedCustomers(commands, { scene: { ...base, release }, body })
      return []
    })
}

export function toRefusal(code: string, message: string, hint: string): Refusal {
  return { text: `Nothing was done. ${escapeMarkdown(message)} ${escapeMarkdown(hint)}`, rejected: { code, message, hint } }
}
