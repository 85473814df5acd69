import { type Audience, type PlacedSelector, selectMembers } from '@switchyard/commands'
import { UserError } from '@switchyard/core'
import type { GroupRequest } from '@switchyard/ledger'
import {
  addressOf,
  type Anchor,
  type Command,
  type Customer,
  customerSubject,
  type FileFacts,
  type Inventory,
  type ReleaseFile,
  type ReleaseState,
  releaseSubject,
} from '@switchyard/releasing'
import type { BoundStep } from './bound.ts'

/** What commands are read against. */
export interface Scene {
  readonly slug: string
  readonly release: ReleaseState | null
  readonly inventory: Inventory
  /** The release's file, read where a command needs it. */
  readonly file: ReleaseFile | undefined
  readonly commit: string
}

export interface Expanded {
  readonly requests: readonly GroupRequest<Command>[]
  /** Whom it concerns. */
  readonly customers: readonly Customer[]
}

/** A command as requests to the ledger, by what stands there: one for each customer. @throws {UserError} for selectors that reach nobody, or not whom they may. */
export function expand(command: BoundStep, scene: Scene): Expanded {
  switch (command.command) {
    case 'release activate':
      return onRelease(scene, activate(command, scene))
    case 'release add': {
      const customers = chooseActive(command.arguments.customers, scene)
      return { ...onRelease(scene, { kind: 'add-customers', customers: customers.map(toRecord) }), customers }
    }
    case 'release archive':
      return onRelease(scene, { kind: 'archive', facts: factsOf(scene) })
    case 'step done':
      return onCustomers(chooseIn(command.arguments.customers, scene), scene, {
        kind: 'done',
        step: command.arguments.step,
        notes: command.arguments.notes ?? null,
      })
    case 'step skip':
      return onCustomers(chooseIn(command.arguments.customers, scene), scene, {
        kind: 'skip',
        step: command.arguments.step,
        reason: command.arguments.reason,
      })
    case 'step revert':
      return onCustomers(chooseIn(command.arguments.customers, scene), scene, {
        kind: 'revert',
        step: command.arguments.step,
        reason: command.arguments.reason ?? null,
      })
    case 'step override':
      return onCustomers(chooseIn(command.arguments.customers, scene), scene, {
        kind: 'override',
        step: command.arguments.step,
        content: command.block.content,
      })
    case 'step reset':
      return onCustomers(chooseIn(command.arguments.customers, scene), scene, { kind: 'reset', step: command.arguments.step })
    case 'step add': {
      const { customers, category, type, name } = command.arguments
      // It goes into the release's file, and comes to everybody from there.
      if (command.flags.template) return { requests: [], customers: chooseIn(customers, scene) }
      return onCustomers(chooseIn(customers, scene), scene, {
        kind: 'add-custom',
        category,
        type,
        name,
        content: command.block.content,
        anchor: toAnchor(command.flags),
      })
    }
    case 'step edit': {
      const { step, customer } = command.arguments
      const { name, type } = command.flags
      const edit: Command = {
        kind: 'edit-custom',
        step,
        name: name ?? null,
        type: type ?? null,
        content: command.block?.content ?? null,
        anchor: toAnchor(command.flags),
      }
      return onCustomers(chooseOne(customer, scene), scene, edit)
    }
    case 'step remove':
      return onCustomers(chooseOne(command.arguments.customer, scene), scene, { kind: 'remove-custom', step: command.arguments.step })
    case 'step approve':
      return approve(command, scene)
    case 'step run':
      return { requests: [], customers: chooseIn(command.arguments.customers, scene) }
    default:
      return { requests: [], customers: [] }
  }
}

function onRelease({ slug }: Scene, command: Command): Expanded {
  return { requests: [{ subject: releaseSubject(slug), command }], customers: [] }
}

function onCustomers(customers: readonly Customer[], { slug }: Scene, command: Command): Expanded {
  const reads = [releaseSubject(slug)]
  return { requests: customers.map((customer) => ({ subject: customerSubject(slug, customer), reads, command })), customers }
}

/** What is approved is read from their own subjects when it is decided. */
function approve({ arguments: { step, customers: chosen } }: Extract<BoundStep, { command: 'step approve' }>, scene: Scene): Expanded {
  const customers = chooseIn(chosen, scene)
  const placed = customers.map((customer) => {
    const environment = scene.inventory.clusters.find(({ name }) => name === customer.cluster)?.environment
    if (environment !== undefined) return { cluster: customer.cluster, namespace: customer.namespace, environment }
    throw new UserError('CUSTOMER_INACTIVE', `${addressOf(customer)} is not in the inventory.`, {
      hint: 'Its cluster’s environment is written down there.',
    })
  })
  const reads = customers.map((customer) => customerSubject(scene.slug, customer))
  const command = { kind: 'approve-content' as const, step, customers: placed }
  return { requests: [{ subject: releaseSubject(scene.slug), reads, command }], customers }
}

function activate(command: Extract<BoundStep, { command: 'release activate' }>, scene: Scene): Command {
  const chosen = command.arguments.customers
  const customers = chosen === undefined ? activeOf(scene.inventory) : chooseActive(chosen, scene)
  return { kind: 'activate', facts: factsOf(scene), steps: scene.file?.steps ?? [], customers: customers.map(toRecord) }
}

function factsOf({ slug, file, release, commit }: Scene): Extract<Command, { kind: 'activate' }>['facts'] {
  if (release !== null) {
    const { name, type, version_number, release_date, description, metadata } = release
    return { slug, name, type, version_number, release_date, description, metadata, commit: release.commit }
  }
  if (file === undefined) throw new UserError('RELEASE_NOT_FOUND', `There is no release ${slug}.`)
  return { slug, ...fileFactsOf(file), commit }
}

/** As records call it. */
export function fileFactsOf({ name, type, versionNumber, releaseDate, description, metadata }: ReleaseFile): FileFacts {
  return { name, type, version_number: versionNumber, release_date: releaseDate ?? null, description, metadata }
}

/** Customers and their clusters that are active. */
function activeOf({ clusters }: Inventory): readonly Customer[] {
  return clusters.filter(({ active }) => active).flatMap(({ customers }) => customers.filter(({ active }) => active))
}

/** Active customers that selectors choose; inactive and unknown ones are refused by name. */
function chooseActive(audience: Audience, { inventory }: Scene): readonly Customer[] {
  const active = new Set(activeOf(inventory).map(addressOf))
  const chosen = select(
    audience,
    inventory.clusters.flatMap(({ customers }) => customers),
  )
  const inactive = chosen.filter((customer) => !active.has(addressOf(customer)))
  if (inactive.length > 0 && !audience.all) {
    throw new UserError(
      'NO_CUSTOMERS',
      `${inactive.map(addressOf).slice(0, 10).join(', ')} ${inactive.length === 1 ? 'is' : 'are'} not active.`,
      { hint: 'Name active customers, or change the inventory.' },
    )
  }
  return chosen.filter((customer) => active.has(addressOf(customer)))
}

/** Customers of the release that selectors choose: those that became inactive stay in it, and count. */
export function chooseIn(audience: Audience, scene: Scene): readonly Customer[] {
  return select(audience, membersOf(scene))
}

export function chooseOne(selector: PlacedSelector, scene: Scene): readonly Customer[] {
  return select({ all: false, selectors: [selector], line: selector.line, column: selector.column }, membersOf(scene))
}

/** The release's customers, with what the inventory says of them today. */
export function membersOf({ release, inventory }: Pick<Scene, 'release' | 'inventory'>): readonly Customer[] {
  const known = new Map(inventory.clusters.flatMap(({ customers }) => customers).map((customer) => [addressOf(customer), customer]))
  return (release?.customers ?? []).map(
    (record) =>
      known.get(addressOf(record)) ?? { ...record, description: '', active: false, tags: [], place: { file: '', line: 1, column: 1 } },
  )
}

function select(audience: Audience, members: readonly Customer[]): readonly Customer[] {
  const selected = selectMembers({ audience, members })
  if (selected.ok) return selected.members
  const [first] = selected.faults
  throw new UserError('NO_CUSTOMERS', selected.faults.map(({ message }) => message).join(' '), {
    hint: first?.hint ?? 'Look at /release status.',
  })
}

function toRecord({ cluster, namespace, name }: Customer): { readonly cluster: string; readonly namespace: string; readonly name: string } {
  return { cluster, namespace, name }
}

/** @throws {UserError} `REQUEST_INVALID` for both at once. */
export function toAnchor({ before, after }: { readonly before?: string | undefined; readonly after?: string | undefined }): Anchor | null {
  if (before !== undefined && after !== undefined) {
    throw new UserError('REQUEST_INVALID', 'A step stands before another, or behind it; both were said.', {
      hint: 'Give one of --before and --after.',
    })
  }
  if (before !== undefined) return { position: 'before', step: before }
  return after === undefined ? null : { position: 'after', step: after }
}
