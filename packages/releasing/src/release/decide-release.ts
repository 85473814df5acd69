import { type Rejection, toTextRef } from '@switchyard/core'
import { isReserved } from '../files/reserved.ts'
import { addressOf, type TemplateStep } from '../model.ts'
import { findMoved } from '../release-file/find-moved.ts'
import type { Activate, AddCustomers, Archive, HandleComments, ReleaseCommand, SyncTemplate } from './command.ts'
import { isHandled } from './comment-cursor.ts'
import { CUSTOM_PREFIX } from './custom-prefix.ts'
import { approveContent, type CustomerOf, withdrawApproval } from './decide-approval.ts'
import { syncFacts } from './decide-facts.ts'
import type { ReleaseDecision } from './on-step.ts'
import type { ReleaseEvent } from './records/events.ts'
import type { TemplateStepRecord } from './records/parts.ts'
import type { ReleaseState } from './records/state.ts'
import { reject, rejectArchived, rejectDraft } from './reject.ts'

/** A command on a release as a whole. `release` null: it is a draft, known by its file alone. */
export function decideRelease(
  release: ReleaseState | null,
  command: ReleaseCommand,
  { slug, customerOf }: { readonly slug: string; readonly customerOf: CustomerOf },
): ReleaseDecision | Rejection {
  if (command.kind === 'activate') return activate(release, command)
  if (command.kind === 'archive') return archive(release, command)
  if (release === null) return rejectDraft(slug)
  switch (command.kind) {
    case 'add-customers':
      return addCustomers(release, command)
    case 'sync-template':
      return syncTemplate(release, command)
    case 'sync-facts':
      return syncFacts(release, command)
    case 'board-made':
      return only({ type: 'release.board-made', data: { issue: command.issue, pages: [...command.pages] } })
    case 'handle-comments':
      return handleComments(release, command)
    case 'claim':
      return only({ type: 'release.claimed', data: {} })
    case 'approve-content':
      return approveContent(release, command, customerOf)
    case 'withdraw-approval':
      return withdrawApproval(release, command)
  }
}

const MAX_SAID = 1_000

/** Issues have a cursor each. What is answered late does not open again what was handled since. */
function handleComments(release: ReleaseState, { issue, cursor, refused }: HandleComments): ReleaseDecision {
  const known = release.cursors[issue]
  const later = known !== undefined && isHandled(cursor, known) ? known : cursor
  const told = refused && { code: refused.code, message: cut(refused.message), hint: cut(refused.hint) }
  return only({ type: 'release.comments-handled', data: { issue, cursor: later, ...(told && { refused: told }) } })
}

function cut(text: string): string {
  return text.slice(0, MAX_SAID).toWellFormed()
}

function activate(release: ReleaseState | null, { facts, steps, customers }: Activate): ReleaseDecision | Rejection {
  if (release !== null) return notDraft(release)
  if (customers.length === 0) {
    return reject(
      'NO_CUSTOMERS',
      `No active customer was found for ${facts.slug}.`,
      'Add customers to the inventory, or name ones that are active there.',
    )
  }
  const reserved = findReserved(steps)
  if (reserved) return reserved
  const data = { ...facts, steps: steps.map((step) => toRecord(step)), customers: [...customers] }
  return { events: [{ type: 'release.activated', data }], effects: [], texts: steps.map(({ content }) => content) }
}

function notDraft({ slug, status }: ReleaseState): Rejection {
  return status === 'archived'
    ? reject('NOT_DRAFT', `The release ${slug} is archived, which is final.`, 'Write another release, and activate that.')
    : reject('NOT_DRAFT', `The release ${slug} is active already.`, 'Go on at its board; /release add brings further customers in.')
}

function addCustomers(release: ReleaseState, { customers }: AddCustomers): ReleaseDecision | Rejection {
  if (release.status !== 'active') return rejectArchived(release)
  const known = new Set(release.customers.map(addressOf))
  const fresh = customers.filter((customer) => !known.has(addressOf(customer)))
  if (fresh.length === 0) {
    return reject(
      'ALL_CUSTOMERS_IN',
      `All of these customers are in ${release.slug} already.`,
      'Name others; /release status shows who is in.',
    )
  }
  const data = { customers: fresh, known: customers.filter((customer) => known.has(addressOf(customer))) }
  return only({ type: 'release.customers-added', data })
}

/** From draft or active; final. */
function archive(release: ReleaseState | null, { facts }: Archive): ReleaseDecision | Rejection {
  if (release?.status === 'archived') {
    return reject('ALREADY_ARCHIVED', `The release ${release.slug} is archived already.`, 'That is final: nothing is left to do.')
  }
  const archived: ReleaseEvent = { type: 'release.archived', data: {} }
  if (release !== null) return only(archived)
  return { events: [{ type: 'release.activated', data: { ...facts, steps: [], customers: [] } }, archived], effects: [] }
}

/** What the file says now beside what it said: one event with all that changed. Nothing changed is nothing to do. */
function syncTemplate(release: ReleaseState, { steps }: SyncTemplate): ReleaseDecision | Rejection {
  if (release.status !== 'active') return rejectArchived(release)
  const reserved = findReserved(steps)
  if (reserved) return reserved
  const before = new Map(release.steps.map((step) => [step.id, step]))
  const fresh = steps.map((step) => toRecord(step, before.get(step.id)))
  const now = new Set(fresh.map(({ id }) => id))
  const standing = release.steps.filter(({ removed }) => !removed)
  const added = fresh.filter(({ id }) => before.get(id)?.removed !== false).map(({ id }) => id)
  const removed = standing.filter(({ id }) => !now.has(id)).map(({ id }) => id)
  const changed = fresh.filter((step) => isChanged(before.get(step.id), step)).map(({ id }) => id)
  const moved = findMoved(standing, fresh).map(({ id }) => id)
  if (added.length + removed.length + changed.length + moved.length === 0) return { events: [], effects: [] }
  const gone = release.steps.filter(({ id }) => !now.has(id)).map((step) => ({ ...step, removed: true }))
  const data = { steps: keepPlaces(fresh, { gone, order: release.steps.map(({ id }) => id) }), added, removed, changed, moved }
  return { events: [{ type: 'release.template-changed', data }], effects: [], texts: steps.map(({ content }) => content) }
}

/** The file's rules say so too; records are kept under these ids, so nothing else may let one through. */
function findReserved(steps: readonly TemplateStep[]): Rejection | undefined {
  const found = steps.find(({ id }) => isReserved(id) || id.toLowerCase().startsWith(CUSTOM_PREFIX))
  return (
    found &&
    reject(
      'RESERVED_STEP',
      `No step of a release’s file can have the id ${found.id}: it is kept for others.`,
      `Give the step another id; those that begin with ${CUSTOM_PREFIX} are of customers’ own steps.`,
    )
  )
}

function isChanged(old: TemplateStepRecord | undefined, now: TemplateStepRecord): boolean {
  if (old === undefined || old.removed) return false
  return (
    old.name !== now.name ||
    old.type !== now.type ||
    old.description !== now.description ||
    old.content.blobs.join() !== now.content.blobs.join()
  )
}

/** Removed steps stay behind the step that they followed: copies that were carried out keep their place. */
function keepPlaces(
  fresh: readonly TemplateStepRecord[],
  { gone, order }: { readonly gone: readonly TemplateStepRecord[]; readonly order: readonly string[] },
): TemplateStepRecord[] {
  const placed = [...fresh]
  for (const step of gone) {
    const before = order.slice(0, order.indexOf(step.id))
    const at = placed.findLastIndex(({ id, category }) => category === step.category && before.includes(id))
    const first = placed.findIndex(({ category }) => category === step.category)
    placed.splice(at >= 0 ? at + 1 : first >= 0 ? first : step.category === 'deploy' ? 0 : placed.length, 0, step)
  }
  return placed
}

function toRecord({ id, category, name, type, content, description }: TemplateStep, before?: TemplateStepRecord): TemplateStepRecord {
  const returns = (before?.returns ?? 0) + (before?.removed === true ? 1 : 0)
  return { id, category, name, type, content: toTextRef(content), description, removed: false, returns }
}

function only(event: ReleaseEvent): ReleaseDecision {
  return { events: [event], effects: [] }
}
