import { UserError } from '@switchyard/core'
import type { CommandRequest } from '@switchyard/ledger'
import { addressOf, type Anchor, type Command, type Customer, customerSubject, releaseSubject } from '@switchyard/releasing'
import type { BoundStep } from './bound.ts'
import { activeOf, chooseActive, chooseIn, chooseOne } from './choose-customers.ts'
import type { Scene } from './scene.ts'
import { askRun, correlationOf } from './run-correlation.ts'

export interface Expanded {
  readonly requests: readonly CommandRequest<Command>[]
  /** Whom it concerns. */
  readonly customers: readonly Customer[]
}

interface Asker {
  readonly login: string
  /** Names the command for ever; each of its requests gets a number. */
  readonly key: string
  /** Names it in the runs that it starts: `comment-<id>`, `run-<id>`. */
  readonly source: string
}

/** A command as requests to the ledger: one for each customer. @throws {UserError} for selectors that reach nobody, or not whom they may. */
export function expand(command: BoundStep, scene: Scene, asker: Asker): Expanded {
  switch (command.command) {
    case 'release activate':
      return onRelease(scene, asker, activate(command, scene))
    case 'release add': {
      const customers = chooseActive(command.arguments.customers, scene)
      return { ...onRelease(scene, asker, { kind: 'add-customers', customers: customers.map(toRecord) }), customers }
    }
    case 'release archive':
      return onRelease(scene, asker, { kind: 'archive', facts: factsOf(scene) })
    case 'step done':
    case 'step skip':
    case 'step revert':
    case 'step override':
    case 'step reset':
      return onCustomers(chooseIn(command.arguments.customers, scene), { scene, asker }, toCommand(command))
    case 'step add': {
      const customers = chooseIn(command.arguments.customers, scene)
      // With `--template` it goes into the release's file, and comes to everybody from there.
      return command.flags.template ? { requests: [], customers } : onCustomers(customers, { scene, asker }, toCommand(command))
    }
    case 'step edit':
    case 'step remove':
      return onCustomers(chooseOne(command.arguments.customer, scene), { scene, asker }, toCommand(command))
    // Recorded before a workflow is started: of two runs that see the same comment, one starts it.
    case 'step run': {
      const { step, customers: audience } = command.arguments
      const customers = chooseIn(audience, scene)
      const { slug } = scene
      const { source, login } = asker
      const askFor = (customer: Customer) => askRun({ slug, step, customer, correlation: correlationOf({ source, step, customer }) }, login)
      return { requests: customers.map(askFor), customers }
    }
    case 'step approve':
      return { requests: [], customers: chooseIn(command.arguments.customers, scene) }
    default:
      return { requests: [], customers: [] }
  }
}

type ChangingName = `step ${'done' | 'skip' | 'revert' | 'override' | 'reset' | 'add' | 'edit' | 'remove'}`

/** What is asked of each customer's copy. */
function toCommand(command: Extract<BoundStep, { command: ChangingName }>): Command {
  switch (command.command) {
    case 'step done':
      return { kind: 'done', step: command.arguments.step, notes: command.arguments.notes ?? null }
    case 'step skip':
      return { kind: 'skip', step: command.arguments.step, reason: command.arguments.reason }
    case 'step revert':
      return { kind: 'revert', step: command.arguments.step, reason: command.arguments.reason ?? null }
    case 'step override':
      return { kind: 'override', step: command.arguments.step, content: command.block.content }
    case 'step reset':
      return { kind: 'reset', step: command.arguments.step }
    case 'step add': {
      const { category, type, name } = command.arguments
      return { kind: 'add-custom', category, type, name, content: command.block.content, anchor: toAnchor(command.flags) }
    }
    case 'step edit': {
      const { name = null, type = null } = command.flags
      const content = command.block?.content ?? null
      return { kind: 'edit-custom', step: command.arguments.step, name, type, content, anchor: toAnchor(command.flags) }
    }
    case 'step remove':
      return { kind: 'remove-custom', step: command.arguments.step }
  }
}

function onRelease({ slug }: Scene, { login, key }: Asker, command: Command): Expanded {
  return { requests: [{ subject: releaseSubject(slug), idempotencyKey: key, actor: { login, kind: 'user' }, command }], customers: [] }
}

function onCustomers(
  customers: readonly Customer[],
  { scene: { slug }, asker }: { readonly scene: Scene; readonly asker: Asker },
  command: Command,
): Expanded {
  const requests = customers.map((customer) => ({
    subject: customerSubject(slug, customer),
    reads: [releaseSubject(slug)],
    idempotencyKey: `${asker.key} ${addressOf(customer)}`,
    actor: { login: asker.login, kind: 'user' as const },
    command,
  }))
  return { requests, customers }
}

function activate(command: Extract<BoundStep, { command: 'release activate' }>, scene: Scene): Command {
  const chosen = command.arguments.customers
  const customers = chosen === undefined ? activeOf(scene.inventory) : chooseActive(chosen, scene)
  return { kind: 'activate', facts: factsOf(scene), steps: scene.file?.steps ?? [], customers: customers.map(toRecord) }
}

function factsOf({ slug, file, release, commit }: Scene): Extract<Command, { kind: 'activate' }>['facts'] {
  if (release !== null) {
    const { name, type, version_number, release_date, description } = release
    return { slug, name, type, version_number, release_date, description, commit: release.commit }
  }
  if (file === undefined) {
    throw new UserError('RELEASE_NOT_FOUND', `There is no release ${slug}.`, {
      hint: 'Check the slug; /release list shows all that were begun.',
    })
  }
  return {
    slug,
    name: file.name,
    type: file.type,
    version_number: file.versionNumber,
    release_date: file.releaseDate ?? null,
    description: file.description,
    commit,
  }
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
