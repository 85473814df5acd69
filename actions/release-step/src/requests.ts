import { decidePermission, getDefinition, type PermissionRule } from '@switchyard/commands'
import { UserError } from '@switchyard/core'
import type { CommandRequest } from '@switchyard/ledger'
import type { Command, Customer, Inventory, ReleaseFile } from '@switchyard/releasing'
import type { BoundStep } from './bound.ts'
import { COMMANDS } from './command-list.ts'
import type { Door } from './door.ts'
import { approvalsFor } from './approve-content.ts'
import type { Scene } from './scene.ts'
import { expand } from './expand.ts'
import { refuseDraft } from './not-begun.ts'
import { type Observation, readInventory, readReleaseFile } from './observe.ts'
import type { Roles } from '@switchyard/github'

/** Commands of one comment or one form, and who asks for them. */
export interface Asking {
  readonly commands: readonly BoundStep[]
  readonly login: string
  /** Names what is asked for ever. */
  readonly key: string
  /** Names it in the runs that it starts: `comment-<id>`, `run-<id>`. */
  readonly source: string
  readonly observation: Observation
  readonly rules: readonly PermissionRule[]
  readonly roles: Roles
}

export interface Asked {
  /** Empty: it only asks to be shown something. */
  readonly requests: readonly CommandRequest<Command>[]
  readonly scene: Scene
}

/** What commands ask of the ledger, however they came. @throws {UserError} where one of them may not be, or reaches nobody: then none is. */
export async function requestsFor(door: Door, { commands, login, key, source, ...asking }: Asking): Promise<Asked> {
  const scene = await sceneFor(door, asking.observation, commands)
  const requests: CommandRequest<Command>[] = []
  for (const [index, command] of commands.entries()) {
    const expanded = expand(command, scene, { login, key: `${key} ${index}`, source })
    await requireRight(command.command, { ...asking, login, customers: expanded.customers })
    // The same run asked for twice in one comment is one.
    const known = new Set(requests.map(({ idempotencyKey }) => idempotencyKey))
    requests.push(...expanded.requests.filter(({ idempotencyKey }) => !known.has(idempotencyKey)))
    if (command.command === 'step approve') {
      requests.push(
        ...(await approvalsFor(door, {
          step: command.arguments.step,
          customers: expanded.customers,
          scene,
          login,
          key: `${key} ${index}`,
        })),
      )
    }
  }
  return { requests, scene }
}

/** @throws {UserError} `NOT_ALLOWED` */
export async function requireRight(
  command: BoundStep['command'],
  { rules, roles, login, customers }: Pick<Asking, 'rules' | 'roles' | 'login'> & { readonly customers: readonly Customer[] },
): Promise<void> {
  const actor = await roles.of(login)
  const decided = decidePermission({ rules, definition: getDefinition(COMMANDS, command), members: customers, actor })
  if (!decided.allowed) throw new UserError('NOT_ALLOWED', decided.message, { hint: decided.hint })
}

const NEEDS_FILE: ReadonlySet<BoundStep['command']> = new Set(['release activate', 'release archive'])
const NO_INVENTORY: Inventory = { clusters: [] }

async function sceneFor(door: Door, observation: Observation, commands: readonly BoundStep[]): Promise<Scene> {
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
  const wantsFile = release === null && slug !== undefined && commands.some(({ command }) => NEEDS_FILE.has(command))
  const isBegun = release !== null || commands.some(({ command }) => NEEDS_FILE.has(command))
  if (slug !== undefined && isAboutRelease && !isBegun) await refuseDraft(door, observation, slug)
  const file: ReleaseFile | undefined = wantsFile ? await readReleaseFile(door, observation, slug) : undefined
  return { slug: slug ?? '', release, inventory, file, commit: control.head ?? '' }
}
