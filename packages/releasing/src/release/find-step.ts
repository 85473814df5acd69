import { findNearest } from '@switchyard/core'
import type { Category, StepStatus } from '../model.ts'
import type { Cell, StepText } from './records/parts.ts'
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
    return [toStep({ id, category, text, cell, isCustom: false, hasTemplate: !removed, returns })]
  })
  const customs = customer.customs.map(({ id, category, anchor, ...text }) => ({
    anchor,
    step: toStep({ id, category, text, cell: customer.cells[id], isCustom: true, hasTemplate: false, returns: 0 }),
  }))
  return place(templates, customs)
}

export function findStep(release: ReleaseState, customer: CustomerState, id: string): Step | undefined {
  return stepsOf(release, customer).find((step) => step.id === id)
}

const MAX_NAMED = 20

/** What somebody who named a step that is not there could have meant. */
export function suggestStep(id: string, ids: readonly string[]): string {
  const near = findNearest(id, ids)
  return near === undefined ? `It has ${ids.slice(0, MAX_NAMED).join(', ')}.` : `Did you mean ${near}?`
}

interface Parts {
  readonly id: string
  readonly category: Category
  readonly text: StepText
  readonly cell: Cell | undefined
  readonly isCustom: boolean
  readonly hasTemplate: boolean
  readonly returns: number
}

/** What stood pending when the template went is not there when it comes back. */
function findCell(customer: CustomerState, { id, returns }: { readonly id: string; readonly returns: number }): Cell | undefined {
  const cell = customer.cells[id]
  return cell?.status === 'pending' && cell.is_overridden && cell.returns !== returns ? undefined : cell
}

function toStep({ id, category, text, cell, isCustom, hasTemplate, returns }: Parts): Step {
  const status = cell?.status ?? 'pending'
  const source = isCustom ? 'custom' : cell?.is_overridden === true ? 'overridden' : 'template'
  // Pending copies follow their template; what was carried out or overridden says what it was.
  return { id, category, status, text: cell?.kept ?? text, source, hasTemplate, returns, cell }
}

/** Customs follow what they are anchored to; those whose anchor is gone, or that have none, end their category. */
function place(
  templates: readonly Step[],
  customs: readonly { readonly anchor: { readonly position: 'before' | 'after'; readonly step: string } | null; readonly step: Step }[],
): readonly Step[] {
  const placed = [...templates]
  for (const { anchor, step } of customs) {
    const at = anchor === null ? -1 : placed.findIndex(({ id, category }) => id === anchor.step && category === step.category)
    if (at >= 0) placed.splice(anchor?.position === 'before' ? at : at + 1, 0, step)
    else {
      const last = placed.findLastIndex(({ category }) => category === step.category)
      const verify = placed.findIndex(({ category }) => category === 'verify')
      const end = last >= 0 ? last + 1 : step.category === 'deploy' && verify >= 0 ? verify : placed.length
      placed.splice(end, 0, step)
    }
  }
  return placed
}
