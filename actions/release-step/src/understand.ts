import { type BoundComment, decidePermission, getDefinition, type PermissionRule, renderFaults } from '@switchyard/commands'
import { escapeMarkdown, type Rejection, UserError } from '@switchyard/core'
import type { CommandRequest } from '@switchyard/ledger'
import { type Command, type Customer, type Inventory, type ReleaseFile, releaseSubject } from '@switchyard/releasing'
import type { BoundStep } from './bound.ts'
import { COMMANDS } from './command-list.ts'
import type { Waiting } from './converse.ts'
import type { Door } from './door.ts'
import { expand, type Scene } from './expand.ts'
import { type Observation, readInventory, readReleaseFile } from './observe.ts'
import type { Roles } from './roles.ts'

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
  const { comment, bound, isEdited } = question
  const refuse = (refusal: Refusal): Understood => ({ comment, commands: [], requests: [], refusal, scene: undefined, isDryRun: false })
  if (isEdited) return refuse(toRefusal('COMMENT_EDITED', 'This comment was changed after it was written, and is not carried out.', 'Write the command in a new comment.'))
  if (!bound.ok) return refuse({ text: `Nothing was done:\n\n${renderFaults(bound.faults)}`, rejected: { code: 'COMMAND_FAULTY', message: bound.faults[0]?.message ?? 'The comment was not understood.', hint: 'Write it in a new comment.' } })
  try {
    return await expandAll(door, question, bound.commands)
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    return refuse(toRefusal(error.code, error.message, error.hint ?? ''))
  }
}

export function toRefusal(code: string, message: string, hint: string): Refusal {
  return { text: `Nothing was done. ${escapeMarkdown(message)} ${escapeMarkdown(hint)}`, rejected: { code, message, hint } }
}

async function expandAll(door: Door, question: Question, commands: readonly BoundStep[]): Promise<Understood> {
  const { comment, observation, issue } = question
  const scene = await sceneFor(door, observation, commands)
  const requests: CommandRequest<Command>[] = []
  for (const [index, command] of commands.entries()) {
    const expanded = expand(command, scene, { login: comment.author.login, key: `issue ${issue} comment ${comment.id} ${index}` })
    await requireRight(question, command, expanded.customers)
    requests.push(...expanded.requests)
  }
  const isDryRun = commands.some(({ flags }) => 'dry-run' in flags && flags['dry-run'] === true)
  const handled: CommandRequest<Command>[] =
    requests.length === 0 || isDryRun || (scene.release === null && !commands.some(({ command }) => command === 'release activate'))
      ? []
      : [{ subject: releaseSubject(scene.slug), idempotencyKey: `issue ${issue} comment ${comment.id} handled`, command: { kind: 'handle-comments', cursor: { created_at: comment.createdAt, id: comment.id } } }]
  return { comment, commands, requests: [...requests, ...handled], refusal: undefined, scene, isDryRun }
}

/** @throws {UserError} `NOT_ALLOWED` */
async function requireRight({ rules, roles, comment }: Question, command: BoundStep, customers: readonly Customer[]): Promise<void> {
  const actor = await roles.of(comment.author.login)
  const decided = decidePermission({ rules, definition: getDefinition(COMMANDS, command.command), members: customers, actor })
  if (!decided.allowed) throw new UserError('NOT_ALLOWED', decided.message, { hint: decided.hint })
}

const NEEDS_FILE: ReadonlySet<BoundStep['command']> = new Set(['release activate', 'release archive'])
const NO_INVENTORY: Inventory = { clusters: [] }

async function sceneFor(door: Door, observation: Observation, commands: readonly BoundStep[]): Promise<Scene> {
  const { slug, release, control } = observation
  const isAboutRelease = commands.some(({ command }) => command !== 'help' && command !== 'release list')
  if (slug === undefined && isAboutRelease) throw new UserError('RELEASE_NOT_FOUND', 'Which release is meant is not said: this issue is no board.', { hint: 'Comment on a release’s board, or begin with /release activate <slug>.' })
  const named = commands.flatMap((command) => (command.command === 'release activate' ? [command.arguments.slug] : []))
  const other = named.find((each) => each !== slug)
  if (other !== undefined) throw new UserError('REQUEST_INVALID', `This issue is about ${slug ?? 'no release'}, and ${other} was named.`, { hint: 'One comment is about one release.' })
  const inventory = isAboutRelease ? await readInventory(door, observation) : NO_INVENTORY
  const wantsFile = release === null && slug !== undefined && commands.some(({ command }) => NEEDS_FILE.has(command))
  const file: ReleaseFile | undefined = wantsFile ? await readReleaseFile(door, observation, slug) : undefined
  return { slug: slug ?? '', release, inventory, file, commit: control.head ?? '' }
}

