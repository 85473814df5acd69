import { decidePermission, neededRole, renderHelp, type PermissionRule } from '@switchyard/commands'
import type { Recorded } from '@switchyard/core'
import {
  addressOf,
  contentHash,
  type Customer,
  customerSubject,
  historyDocument,
  isApprovedFor,
  NEW_CUSTOMER,
  type ReleaseEvent,
  rejectDraft,
  RELEASES_DOCUMENT,
  releaseSubject,
} from '@switchyard/releasing'
import { renderCustomer, renderList, renderProgress, renderShow, renderStatus } from '@switchyard/releasing/render'
import type { BoundStep } from './bound.ts'
import { COMMANDS } from './command-list.ts'
import type { Door, ReleaseLoaded } from './door.ts'
import { type Picture, pictureOf } from './draw-release.ts'
import { chooseOne } from './choose-customers.ts'
import type { Scene } from './scene.ts'
import type { Observation } from './observe.ts'
import { getStep, toUserError } from './rejections.ts'
import type { Roles } from '@switchyard/github'

/** Who asks, and by which rules. */
export interface Asker {
  readonly login: string
  readonly rules: readonly PermissionRule[]
  readonly roles: Roles
}

export interface Shown extends Asker {
  /** `comment` undefined: a form asks. */
  readonly one: {
    readonly scene: Scene | undefined
    readonly comment?: { readonly id: number; readonly createdAt: string }
    readonly isDryRun?: boolean
    /** What the ledger kept of it; left out: nothing is kept. */
    readonly events?: readonly Recorded<ReleaseEvent>[]
  }
  readonly observation: Observation
  readonly loaded: ReleaseLoaded
}

/** What a command asks to see, as Markdown; undefined for one that changes something. */
export async function show(door: Door, command: BoundStep, asked: Shown): Promise<string | undefined> {
  switch (command.command) {
    case 'help':
      return help(asked)
    case 'release list':
      return renderList({
        releases: asked.observation.loaded.findDocument(RELEASES_DOCUMENT),
        drafts: await (await import('./drafts.ts')).readDrafts(door),
      })
    case 'release status':
      return renderStatus(requirePicture(asked), command.arguments.cluster)
    case 'release progress':
      return renderProgress(requirePicture(asked))
    case 'release customer':
      return showCustomer(door, asked, onlyOne(asked, command))
    case 'step show':
      return showStep(door, asked, { customer: onlyOne(asked, command), id: command.arguments.step })
    default:
      return undefined
  }
}

async function help({ login, rules, roles }: Asker): Promise<string> {
  const actor = await roles.of(login)
  return renderHelp(COMMANDS, {
    may: (definition) => decidePermission({ rules, definition, actor }).allowed,
    needed: (definition) => neededRole({ rules, definition }),
  })
}

/** As it is after the comment's own changes, where it made any. */
export function requirePicture({ one, observation, loaded }: Shown): Picture {
  const slug = one.scene?.slug ?? ''
  const picture = pictureOf(loaded, slug) ?? pictureOf(observation.loaded, slug)
  if (picture === undefined) throw toUserError(rejectDraft(slug))
  return picture
}

function onlyOne({ one }: Shown, command: Extract<BoundStep, { command: 'release customer' | 'step show' }>): Customer {
  if (one.scene === undefined) throw new RangeError('What is shown was understood')
  const [customer] = chooseOne(command.arguments.customer, one.scene)
  if (customer === undefined) throw new RangeError('A selector chooses somebody or is refused')
  return customer
}

async function showCustomer(door: Door, asked: Shown, customer: Customer): Promise<string> {
  const { release } = requirePicture(asked)
  const subject = customerSubject(release.slug, customer)
  const loaded = await door.ledger.load({ subjects: [subject], idempotencyKeys: [] })
  return renderCustomer({ release, customer: loaded.getState(subject).customer ?? NEW_CUSTOMER, address: addressOf(customer) })
}

async function showStep(door: Door, asked: Shown, { customer, id }: { readonly customer: Customer; readonly id: string }): Promise<string> {
  const { slug } = requirePicture(asked).release
  const address = addressOf(customer)
  const subject = customerSubject(slug, customer)
  const document = historyDocument(address)
  const loaded = await door.ledger.load({ subjects: [releaseSubject(slug), subject], idempotencyKeys: [], documents: [document] })
  const { release } = loaded.getState(releaseSubject(slug))
  if (release === null) throw toUserError(rejectDraft(slug))
  const step = getStep(release, loaded.getState(subject).customer ?? NEW_CUSTOMER, { step: id, address })
  const [content = ''] = await door.ledger.readTexts(loaded, [step.text.content])
  const environment = asked.one.scene?.inventory.clusters.find(({ name }) => name === customer.cluster)?.environment
  const { type } = step.text
  const isApproved = environment !== undefined && isApprovedFor(release, { environment, type, sha256: contentHash(step.text.content) })
  return renderShow({
    slug,
    address,
    step,
    content,
    history: loaded.findDocument(document),
    environment,
    isApproved,
    isOpen: release.status === 'active',
  })
}
