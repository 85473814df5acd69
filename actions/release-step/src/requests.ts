import { decidePermission, getDefinition, type PermissionRule } from '@switchyard/commands'
import { type Rejection, UserError } from '@switchyard/core'
import type { RoleSeen } from '@switchyard/github/operations'
import type { CommandGroup, GroupPart } from '@switchyard/ledger'
import { type Command, type Customer, type Inventory, releaseSubject, type State } from '@switchyard/releasing'
import type { BoundStep } from './bound.ts'
import { checkDeed } from './check-deed.ts'
import { COMMANDS } from './command-list.ts'
import { isDoing } from './deeds.ts'
import type { Door } from './door.ts'
import { expand } from './expand.ts'
import type { Scene } from './scene.ts'
import { findWhyDraft } from './not-begun.ts'
import { type Observation, readInventory, readReleaseFile } from './observe.ts'
import type { Roles } from '@switchyard/github'
import { resolveRef } from './resolve-ref.ts'

export type ReleaseGroup = CommandGroup<State, Command>
export type ReleasePart = GroupPart<State, Command>

/** Commands of one comment or one form, and who asks for them. */
export interface Asking {
  readonly commands: readonly BoundStep[]
  readonly login: string
  /** Who must have the right as well: whoever asked first for what is asked again. */
  readonly others?: readonly string[]
  readonly observation: Observation
  readonly rules: readonly PermissionRule[]
  readonly roles: Roles
}

export interface Asked {
  /** One a command: what it asks of the ledger where it stands there, or why it may not be. */
  readonly parts: readonly ReleasePart[]
  /** What they are read against, but for the release itself, which is as it stands then. */
  readonly base: Omit<Scene, 'release'>
}

/** What commands ask, however they came. @throws {UserError} where they cannot be read at all. */
export async function partsFor(door: Door, { commands, login, others = [], observation, rules, roles }: Asking): Promise<Asked> {
  const [{ base, draft }, ...actors] = await Promise.all([
    baseFor(door, observation, commands),
    ...[login, ...others].map((each) => roles.of(each)),
  ])
  const parts = commands.map((command, at): ReleasePart => {
    return (stateOf) =>
      refusing(() => {
        const scene = { ...base, release: base.slug === '' ? null : stateOf(releaseSubject(base.slug)).release }
        if (scene.release === null && draft !== undefined) throw draft
        const { requests, customers } = expand(command, scene)
        for (const actor of actors) decideRight(command.command, { rules, actor, customers })
        if (isDoing(command)) checkDeed(command, { scene, stateOf, customers, before: commands.slice(0, at) })
        return requests
      })
  })
  return { parts, base }
}

/** Whether a command is recorded: others show something, or are known by the commit that they make. */
export function isRecorded(command: BoundStep): boolean {
  return !isShowing(command) && !(command.command === 'step add' && command.flags.template)
}

/** Whether a command changes nothing anywhere. */
export function isShowing({ command }: BoundStep): boolean {
  return SHOWING.has(command)
}

const SHOWING: ReadonlySet<BoundStep['command']> = new Set([
  'help',
  'release status',
  'release progress',
  'release list',
  'release customer',
  'step show',
])

export function refusing<T>(make: () => T): T | Rejection {
  try {
    return make()
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    const { code, message, hint = '' } = error
    return { rejected: { code, message, hint } }
  }
}

/** @throws {UserError} `NOT_ALLOWED` */
export async function requireRight(
  command: BoundStep['command'],
  { rules, roles, login, customers }: Pick<Asking, 'rules' | 'roles' | 'login'> & { readonly customers: readonly Customer[] },
): Promise<void> {
  decideRight(command, { rules, customers, actor: await roles.of(login) })
}

function decideRight(
  command: BoundStep['command'],
  { rules, actor, customers }: Pick<Asking, 'rules'> & { readonly actor: RoleSeen; readonly customers: readonly Customer[] },
): void {
  const decided = decidePermission({ rules, definition: getDefinition(COMMANDS, command), members: customers, actor })
  if (!decided.allowed) throw new UserError('NOT_ALLOWED', decided.message, { hint: decided.hint })
}

const OF_DRAFTS: ReadonlySet<BoundStep['command']> = new Set(['release activate', 'release archive'])
const NO_INVENTORY: Inventory = { clusters: [] }

interface Read extends Pick<Asked, 'base'> {
  /** What is said while nobody began the release, and the commands do not either. */
  readonly draft: UserError | undefined
}

async function baseFor(door: Door, observation: Observation, commands: readonly BoundStep[]): Promise<Read> {
  const { slug, release, control } = observation
  const isAboutRelease = commands.some(({ command }) => command !== 'help' && command !== 'release list')
  if (slug === undefined && isAboutRelease) {
    throw new UserError('RELEASE_NOT_FOUND', 'Which release is meant is not said.', {
      hint: 'Comment on the release’s board, which is the issue titled “Release …”; a form names it as “release”. /release list names all releases; /release activate <slug> begins one.',
    })
  }
  const named = commands.flatMap((command) => (command.command === 'release activate' ? [command.arguments.slug] : []))
  const other = named.find((each) => each !== slug)
  if (other !== undefined) {
    throw new UserError('REQUEST_INVALID', `This issue is about ${slug ?? 'no release'}, and ${other} was named.`, {
      hint: 'One comment is about one release.',
    })
  }
  const inventory = isAboutRelease ? await readInventory(door, observation) : NO_INVENTORY
  // A release that is there never becomes a draft again.
  const isDraft = slug !== undefined && release === null
  const isBegun = commands.some(({ command }) => OF_DRAFTS.has(command))
  const wantsFile = commands.some((command) => isDoing(command)) || (isDraft && isBegun)
  const isActivated = isDraft && commands.some(({ command }) => command === 'release activate')
  const resolving = isActivated ? resolveRef(door, observation, slug) : undefined
  resolving?.catch(() => undefined)
  // What is wrong with the file is told before what it names.
  const file = slug !== undefined && wantsFile ? await readReleaseFile(door, observation, slug) : undefined
  const draft = isDraft && isAboutRelease && !isBegun ? await findWhyDraft(door, observation, slug) : undefined
  return { base: { slug: slug ?? '', inventory, file, commit: (await resolving) ?? control.head ?? '' }, draft }
}
