import { findNearest, nameFirst } from '@switchyard/core'
import type { Category, StepStatus } from '../model.ts'
import { placeCustoms } from './place-customs.ts'
import type { BegunRun, Cell, StepText } from './records/parts.ts'
import type { CustomerState, ReleaseState } from './records/state.ts'

/** One customer's copy of a step, with all that it is now. */
export interface Step {
  readonly id: string
  readonly category: Category
  readonly status: StepStatus
  /** The words that hold for this customer. */
  readonly text: StepText
  readonly source: 'template' | 'custom' | 'overridden'
  /** Whether a template stands behind it still. */
  readonly hasTemplate: boolean
  /** How often the template came back. */
  readonly returns: number
  readonly cell: Cell | undefined
  /** A run that has begun and is not known to have ended. */
  readonly begun: BegunRun | undefined
}

export const PENDING: Cell = {
  status: 'pending',
  executed_at: null,
  executed_by: null,
  skip_reason: null,
  notes: null,
  last_run: null,
  is_overridden: false,
  returns: 0,
  kept: null,
}

/** A customer before anything was done. */
export const NEW_CUSTOMER: CustomerState = { cells: {}, customs: [], customs_added: 0 }

/** Every step of a customer in the order in which it is worked off: templates, customs beside their anchors. */
export function stepsOf(release: ReleaseState, customer: CustomerState): readonly Step[] {
  const templates = release.steps.flatMap((template): readonly Step[] => {
    const { id, category, removed, returns, ...text } = template
    const cell = findCell(customer, { id, returns })
    // A removed step takes its pending copies with it; what was carried out remains.
    if (removed && (cell === undefined || cell.status === 'pending')) return []
    return [toStep({ id, category, text, cell, begun: findBegun(customer, id), isCustom: false, hasTemplate: !removed, returns })]
  })
  const customs = customer.customs.map(({ id, category, anchor, ...text }) => ({
    anchor,
    step: toStep({
      id,
      category,
      text,
      cell: customer.cells[id],
      begun: findBegun(customer, id),
      isCustom: true,
      hasTemplate: false,
      returns: 0,
    }),
  }))
  return placeCustoms(templates, customs)
}

/** What an event keeps of a copy that is carried out: the words that held, whatever the template says later. */
export function carriedOut({ id, text, source, returns }: Step) {
  return { step: id, kept: text, is_overridden: source === 'overridden', returns }
}

export function findStep(release: ReleaseState, customer: CustomerState, id: string): Step | undefined {
  return stepsOf(release, customer).find((step) => step.id === id)
}

const MAX_NAMED = 20

/** What somebody who named a step that is not there could have meant. */
export function suggestStep(id: string, ids: readonly string[]): string {
  const near = findNearest(id, ids)
  if (near !== undefined) return `Did you mean ${near}?`
  if (ids.length === 0) return 'It has no step at all.'
  return `Its steps are ${nameFirst(ids, MAX_NAMED)}.`
}

interface Parts {
  readonly id: string
  readonly category: Category
  readonly text: StepText
  readonly cell: Cell | undefined
  readonly begun: BegunRun | undefined
  readonly isCustom: boolean
  readonly hasTemplate: boolean
  readonly returns: number
}

function findCell(customer: CustomerState, { id, returns }: { readonly id: string; readonly returns: number }): Cell | undefined {
  const cell = customer.cells[id]
  return cell === undefined || isStale(cell, returns) ? undefined : cell
}

function findBegun({ runs = {} }: CustomerState, id: string): BegunRun | undefined {
  return Object.hasOwn(runs, id) ? runs[id] : undefined
}

/** What stood pending when the template went is not there when it comes back. */
export function isStale(cell: Cell, returns: number): boolean {
  return cell.status === 'pending' && cell.returns !== returns
}

function toStep({ id, category, text, cell, begun, isCustom, hasTemplate, returns }: Parts): Step {
  const status = cell?.status ?? 'pending'
  const source = isCustom ? 'custom' : cell?.is_overridden === true ? 'overridden' : 'template'
  // Pending copies follow their template; what was carried out or overridden says what it was.
  return { id, category, status, text: cell?.kept ?? text, source, hasTemplate, returns, cell, begun }
}
