import { isSameAttempt, type Recorded } from '@switchyard/core'
import { isStale, PENDING } from './find-step.ts'
import type { ReleaseEvent } from './records/events.ts'
import type { BoxEdit, Cell, CustomStep } from './records/parts.ts'
import type { CustomerState } from './records/state.ts'

/** A customer's own part of a release after an event on it. */
export function evolveCustomer(customer: CustomerState, event: Recorded<ReleaseEvent>): CustomerState {
  return evolveCells(evolveRuns(customer, event), event)
}

/** A run is open from its beginning until it says itself what it came to, or a person says what is so. */
function evolveRuns(customer: CustomerState, event: Recorded<ReleaseEvent>): CustomerState {
  switch (event.type) {
    case 'release.step-run-begun': {
      const { step, sha256 } = event.data
      const { run_id, run_attempt, url } = event.run
      return { ...customer, runs: { ...customer.runs, [step]: { sha256, run_id, run_attempt, url, at: event.at, by: event.actor.login } } }
    }
    case 'release.step-run-dropped':
    case 'release.step-ran': {
      const begun = customer.runs?.[event.data.step]
      // Of one that a person had taken for lost: another may have begun since.
      return begun !== undefined && isSameAttempt(begun, event.run) ? withoutRuns(customer, [event.data.step]) : customer
    }
    case 'release.step-done':
    case 'release.step-skipped':
    case 'release.step-reverted':
    case 'release.step-reset':
    case 'release.step-removed':
      return withoutRuns(customer, [event.data.step])
    case 'release.steps-imported':
      return withoutRuns(
        customer,
        event.data.cells.map(({ step }) => step),
      )
    default:
      return customer
  }
}

function withoutRuns(customer: CustomerState, steps: readonly string[]): CustomerState {
  const { runs, ...others } = customer
  if (runs === undefined) return customer
  const left = Object.entries(runs).filter(([step]) => !steps.includes(step))
  return left.length === 0 ? others : { ...others, runs: Object.fromEntries(left) }
}

function evolveCells(customer: CustomerState, event: Recorded<ReleaseEvent>): CustomerState {
  const now = { executed_at: event.at, executed_by: event.actor.login }
  switch (event.type) {
    case 'release.step-done': {
      const { step, edited: edit, ...kept } = event.data
      return withCell(withClick(customer, step, edit), step, { ...kept, ...now, status: 'done', skip_reason: null })
    }
    case 'release.step-skipped': {
      const { step, reason, ...kept } = event.data
      return withCell(customer, step, { ...kept, ...now, status: 'skipped', skip_reason: reason })
    }
    case 'release.step-reverted': {
      const { step, edited: edit, reason } = event.data
      return withCell(withClick(customer, step, edit), step, { ...now, status: 'reverted', notes: reason })
    }
    case 'release.box-read':
      return withClick(customer, event.data.step, event.data.edited)
    case 'release.step-overridden': {
      const { step, ...kept } = event.data
      return withCell(customer, step, { ...kept, is_overridden: true })
    }
    case 'release.step-reset':
      return withCell(customer, event.data.step, { is_overridden: false, kept: event.data.kept })
    case 'release.steps-imported':
      return event.data.cells.reduce(
        (before, { step, reason, ...kept }) => withCell(before, step, { ...kept, skip_reason: reason }),
        customer,
      )
    case 'release.step-ran': {
      const { step, run, returns } = event.data
      return withCell(customer, step, { returns, last_run: { ...run, at: event.at } })
    }
    case 'release.step-added':
      return { ...customer, customs: [...customer.customs, event.data.step], customs_added: customer.customs_added + 1 }
    case 'release.step-edited':
      return withEdit(customer, event.data)
    case 'release.step-removed': {
      const { [event.data.step]: _, ...cells } = customer.cells
      return { ...customer, cells, customs: customer.customs.filter(({ id }) => id !== event.data.step) }
    }
    default:
      return customer
  }
}

function withClick(customer: CustomerState, step: string, edit: BoxEdit | undefined): CustomerState {
  return edit === undefined ? customer : { ...customer, edits: { ...customer.edits, [step]: edit } }
}

/** `returns` undefined: of a copy that is not pending, or was overridden since its template came back. */
function withCell(customer: CustomerState, step: string, change: Partial<Cell>): CustomerState {
  const { [step]: known = PENDING, ...others } = customer.cells
  const cell: Cell = { ...(isStale(known, change.returns ?? known.returns) ? PENDING : known), ...change }
  // Pending is the absence of a record.
  const isPlain = cell.status === 'pending' && !cell.is_overridden && cell.last_run === null
  return { ...customer, cells: isPlain ? others : { ...others, [step]: cell } }
}

type Edit = Extract<ReleaseEvent, { type: 'release.step-edited' }>['data']

function withEdit(customer: CustomerState, edit: Edit): CustomerState {
  const customs = customer.customs.map((custom) => (custom.id === edit.step ? edited(custom, edit) : custom))
  // The words of before go: nobody but this customer has them.
  return customer.cells[edit.step] === undefined ? { ...customer, customs } : withCell({ ...customer, customs }, edit.step, { kept: null })
}

function edited(step: CustomStep, { name, type, content, anchor }: Edit): CustomStep {
  return {
    ...step,
    ...(name !== null && { name }),
    ...(type !== null && { type }),
    ...(content !== null && { content }),
    ...(anchor !== null && { anchor }),
  }
}
