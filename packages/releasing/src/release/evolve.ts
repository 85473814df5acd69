import type { Recorded } from '@switchyard/core'
import { NEW_CUSTOMER, PENDING } from './find-step.ts'
import type { ReleaseEvent } from './records/events.ts'
import type { Cell, CustomStep, ReleaseFacts } from './records/parts.ts'
import type { CustomerState, ReleaseIndex, ReleaseState, State } from './records/state.ts'
import { parseSubject } from './subjects.ts'

export const initialState: State = { release: null, customer: null }
export const initialIndex: ReleaseIndex = { slugs: {} }

export function evolveState(state: State, event: Recorded<ReleaseEvent>): State {
  if (event.type === 'release.activated') return { ...state, release: begun(event) }
  if (event.type.startsWith('release.step-') || event.type === 'release.steps-imported') {
    return { ...state, customer: evolveCustomer(state.customer ?? NEW_CUSTOMER, event) }
  }
  return state.release === null ? state : { ...state, release: evolveRelease(state.release, event) }
}

function begun({
  data: { steps, customers, ...facts },
  at,
  actor,
}: Recorded<Extract<ReleaseEvent, { type: 'release.activated' }>>): ReleaseState {
  const known: ReleaseFacts = facts
  return {
    ...known,
    status: 'active',
    activated_at: at,
    activated_by: actor.login,
    steps,
    planned_steps: steps.length,
    customers,
    board: null,
    cursors: {},
    approved: {},
  }
}

function evolveRelease(release: ReleaseState, event: ReleaseEvent): ReleaseState {
  switch (event.type) {
    case 'release.customers-added':
      return { ...release, customers: [...release.customers, ...event.data.customers] }
    case 'release.archived':
      return { ...release, status: 'archived' }
    case 'release.template-changed':
      return { ...release, steps: event.data.steps }
    case 'release.facts-changed': {
      const { changed: _, ...facts } = event.data
      return { ...release, ...facts }
    }
    case 'release.board-made':
      return { ...release, board: event.data }
    case 'release.comments-handled':
      return { ...release, cursors: { ...release.cursors, [event.data.issue]: event.data.cursor } }
    case 'release.content-approved': {
      const { environment, sha256 } = event.data
      // Environments are named in the inventory, `constructor` too.
      const known = Object.hasOwn(release.approved, environment) ? (release.approved[environment] ?? []) : []
      return { ...release, approved: { ...release.approved, [environment]: [...new Set([...known, sha256])] } }
    }
    default:
      return release
  }
}

function evolveCustomer(customer: CustomerState, event: Recorded<ReleaseEvent>): CustomerState {
  const { at, actor } = event
  switch (event.type) {
    case 'release.step-done': {
      const { step, notes, kept, is_overridden } = event.data
      return withCell(customer, step, (cell) => ({
        ...cell,
        status: 'done',
        executed_at: at,
        executed_by: actor.login,
        notes,
        skip_reason: null,
        kept,
        is_overridden,
      }))
    }
    case 'release.step-skipped': {
      const { step, reason, kept, is_overridden } = event.data
      return withCell(customer, step, (cell) => ({
        ...cell,
        status: 'skipped',
        executed_at: at,
        executed_by: actor.login,
        skip_reason: reason,
        kept,
        is_overridden,
      }))
    }
    case 'release.step-reverted': {
      const { step, reason } = event.data
      return withCell(customer, step, (cell) => ({ ...cell, status: 'reverted', executed_at: at, executed_by: actor.login, notes: reason }))
    }
    case 'release.step-overridden': {
      const { step, kept, returns } = event.data
      return withCell(customer, step, (cell) => ({ ...cell, is_overridden: true, returns, kept }))
    }
    case 'release.step-reset':
      return withCell(customer, event.data.step, (cell) => ({ ...cell, is_overridden: false, kept: event.data.kept }))
    case 'release.step-added':
      return { ...customer, customs: [...customer.customs, event.data.step], customs_added: customer.customs_added + 1 }
    case 'release.step-edited': {
      const { step } = event.data
      const customs = customer.customs.map((custom) => (custom.id === step ? edited(custom, event.data) : custom))
      // The words of before go: nobody but this customer has them.
      return customer.cells[step] === undefined
        ? { ...customer, customs }
        : withCell({ ...customer, customs }, step, (cell) => ({ ...cell, kept: null }))
    }
    case 'release.step-removed': {
      const { [event.data.step]: _, ...cells } = customer.cells
      return { ...customer, cells, customs: customer.customs.filter(({ id }) => id !== event.data.step) }
    }
    case 'release.steps-imported':
      return event.data.cells.reduce(
        (now, { step, status, executed_at, executed_by, reason, notes, kept, is_overridden }) =>
          withCell(now, step, (before) => ({
            ...before,
            status,
            executed_at,
            executed_by,
            skip_reason: reason,
            notes,
            kept,
            is_overridden,
          })),
        customer,
      )
    case 'release.step-ran':
      return withCell(customer, event.data.step, (cell) => ({ ...cell, last_run: { ...event.data.run, at } }))
    default:
      return customer
  }
}

function withCell(customer: CustomerState, step: string, change: (cell: Cell) => Cell): CustomerState {
  const { [step]: before = PENDING, ...others } = customer.cells
  const cell = change(before)
  // Pending is the absence of a record.
  const isPlain = cell.status === 'pending' && !cell.is_overridden && cell.last_run === null
  return { ...customer, cells: isPlain ? others : { ...others, [step]: cell } }
}

type Edit = Extract<ReleaseEvent, { type: 'release.step-edited' }>['data']

function edited(step: CustomStep, { name, type, content, anchor }: Edit): CustomStep {
  return {
    ...step,
    ...(name !== null && { name }),
    ...(type !== null && { type }),
    ...(content !== null && { content }),
    ...(anchor !== null && { anchor }),
  }
}

export function evolveIndex(index: ReleaseIndex, event: Recorded<ReleaseEvent>): ReleaseIndex {
  const { slug } = parseSubject(event.subject)
  if (event.type === 'release.activated') return { slugs: { ...index.slugs, [slug]: 'active' } }
  if (event.type === 'release.archived') return { slugs: { ...index.slugs, [slug]: 'archived' } }
  return index
}
