import { UserError } from '@switchyard/core'
import type { GroupRequest } from '@switchyard/ledger'
import {
  addressOf,
  type Anchor,
  type Command,
  type Customer,
  customerSubject,
  type FileFacts,
  type ReleaseFile,
  releaseSubject,
} from '@switchyard/releasing'
import type { BoundStep } from './bound.ts'
import { activeOf, chooseActive, chooseIn, chooseOne, membersOf } from './choose-customers.ts'
import type { Scene } from './scene.ts'

export interface Expanded {
  readonly requests: readonly GroupRequest<Command>[]
  /** Whom it concerns. */
  readonly customers: readonly Customer[]
}

/** A command as requests to the ledger, by what stands there: one for each customer. @throws {UserError} for selectors that reach nobody, or not whom they may. */
export function expand(command: BoundStep, scene: Scene): Expanded {
  switch (command.command) {
    case 'release activate': {
      const chosen = command.arguments.customers
      const customers = chosen === undefined ? activeOf(scene.inventory) : chooseActive(chosen, scene)
      return { ...onRelease(scene, activate(customers, scene)), customers }
    }
    case 'release add': {
      const customers = chooseActive(command.arguments.customers, scene)
      return { ...onRelease(scene, { kind: 'add-customers', customers: customers.map(toRecord) }), customers }
    }
    case 'release archive':
      return {
        ...onRelease(scene, { kind: 'archive', facts: factsOf(scene) }),
        // A draft would have gone to all active ones.
        customers: scene.release === null ? activeOf(scene.inventory) : membersOf(scene),
      }
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
      const chosen = chooseIn(customers, scene)
      // It goes into the release's file, and comes to everybody from there.
      if (command.flags.template) return { requests: [], customers: membersOf(scene) }
      return onCustomers(chosen, scene, {
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
    // Recorded before a workflow is started: of two runs that see the same comment, one starts it.
    case 'step run':
      return onCustomers(chooseIn(command.arguments.customers, scene), scene, { kind: 'ask-run', step: command.arguments.step })
    default:
      return { requests: [], customers: chooseShown(command, scene) }
  }
}

type ShowCommand = Extract<
  BoundStep,
  { command: 'help' | 'release list' | 'release status' | 'release progress' | 'release customer' | 'step show' }
>

/** Whom a command concerns that only shows something. */
function chooseShown(command: ShowCommand, scene: Scene): readonly Customer[] {
  switch (command.command) {
    case 'release customer':
    case 'step show':
      // Of a draft nobody has any: it says so itself.
      return scene.release === null ? [] : chooseOne(command.arguments.customer, scene)
    case 'release status': {
      const { cluster } = command.arguments
      return membersOf(scene).filter((member) => cluster === undefined || member.cluster === cluster)
    }
    case 'release progress':
      return membersOf(scene)
    case 'release list':
    case 'help':
      return []
  }
}

function onRelease({ slug }: Scene, command: Command): Expanded {
  return { requests: [{ subject: releaseSubject(slug), command }], customers: [] }
}

function onCustomers(customers: readonly Customer[], { slug }: Scene, command: Command): Expanded {
  const reads = [releaseSubject(slug)]
  return { requests: customers.map((customer) => ({ subject: customerSubject(slug, customer), reads, command })), customers }
}

/** What is approved is compared with what stands in their own subjects when it is decided. */
function approve(
  { arguments: { step, sha256, customers: chosen }, flags }: Extract<BoundStep, { command: 'step approve' }>,
  scene: Scene,
): Expanded {
  const customers = chooseIn(chosen, scene)
  const placed = customers.map(({ cluster, namespace }) => {
    const environment = scene.inventory.clusters.find(({ name }) => name === cluster)?.environment
    if (environment !== undefined) return { cluster, namespace, environment }
    throw new UserError('CUSTOMER_INACTIVE', `${addressOf({ cluster, namespace })} is not in the inventory.`, {
      hint: 'Its cluster’s environment is written down there.',
    })
  })
  if (flags.withdraw) {
    const environments = [...new Set(placed.map(({ environment }) => environment))]
    return { ...onRelease(scene, { kind: 'withdraw-approval', sha256, environments }), customers }
  }
  const { requests } = onRelease(scene, { kind: 'approve-content', step, sha256, customers: placed })
  const reads = customers.map((customer) => customerSubject(scene.slug, customer))
  return { requests: requests.map((request) => ({ ...request, reads })), customers }
}

function activate(customers: readonly Customer[], scene: Scene): Command {
  return { kind: 'activate', facts: factsOf(scene), steps: scene.file?.steps ?? [], customers: customers.map(toRecord) }
}

function factsOf({ slug, file, release, commit }: Scene): Extract<Command, { kind: 'activate' }>['facts'] {
  if (release !== null) {
    const { name, type, version_number, release_date, description, metadata } = release
    return { slug, name, type, version_number, release_date, description, metadata, commit: release.commit }
  }
  if (file === undefined) {
    throw new UserError('RELEASE_NOT_FOUND', `There is no release ${slug}.`, {
      hint: 'Check the slug; /release list shows all that were begun.',
    })
  }
  return { slug, ...fileFactsOf(file), commit }
}

/** As records call it. */
export function fileFactsOf({ name, type, versionNumber, releaseDate, description, metadata }: ReleaseFile): FileFacts {
  return { name, type, version_number: versionNumber, release_date: releaseDate ?? null, description, metadata }
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
