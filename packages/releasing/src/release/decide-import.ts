import type { Rejection } from '@switchyard/core'
import { tooLong } from './check-texts.ts'
import type { ImportCells, ImportedCell } from './command.ts'
import { carriedOut, type Step, stepsOf } from './find-step.ts'
import type { OnStep, ReleaseDecision } from './on-step.ts'
import type { ReleaseEvent } from './records/events.ts'
import { reject } from './reject.ts'

type Taken = Extract<ReleaseEvent, { type: 'release.steps-imported' }>['data']['cells'][number]

/**
 * What another matrix says of one customer: it fills in what is pending here, in one event. A row that says what is recorded already is
 * nothing to do; one that says anything else of a step that is no longer pending is refused, and all others with it.
 */
export function importCells({ cells }: ImportCells, on: OnStep): ReleaseDecision | Rejection {
  const steps = new Map(stepsOf(on.release, on.customer).map((step) => [step.id, step]))
  const taken: Taken[] = []
  for (const cell of cells) {
    const step = steps.get(cell.step)
    if (step === undefined) return reject('UNKNOWN_STEP', `${on.address} has no step ${cell.step}.`, 'Correct the row, or delete it.')
    if (isSame(cell, step)) continue
    const { status, executed_at, executed_by, reason, notes } = cell
    const refused = refuse(cell, { step, address: on.address })
    if (refused) return refused
    if (status === 'pending') {
      return reject(
        'WRONG_STATUS',
        `${step.id} of ${on.address} is pending; nothing is kept of a pending step.`,
        'Empty the row’s other cells.',
      )
    }
    taken.push({ ...carriedOut(step), status, executed_at, executed_by, reason, notes })
  }
  return { events: taken.length === 0 ? [] : [{ type: 'release.steps-imported', data: { cells: taken } }], effects: [] }
}

/** What the row leaves out is not held against the record. */
function isSame({ status, executed_at, executed_by, reason, notes }: ImportedCell, step: Step): boolean {
  const fits = <T>(said: T | null, known: T | null | undefined): boolean => said === null || said === (known ?? null)
  const { cell } = step
  return (
    status === step.status &&
    fits(executed_at, cell?.executed_at) &&
    fits(executed_by, cell?.executed_by) &&
    fits(reason, cell?.skip_reason) &&
    fits(notes, cell?.notes)
  )
}

function refuse(
  { status, reason, notes }: ImportedCell,
  { step, address }: { readonly step: Step; readonly address: string },
): Rejection | undefined {
  if (step.status !== 'pending') {
    const what = step.status === status ? `${status} with other words than the row’s` : step.status
    return reject(
      'WRONG_STATUS',
      `${step.id} of ${address} is ${what}; an import only fills in what is pending.`,
      'Delete the row, or change the step by a command first.',
    )
  }
  if (status === 'skipped' && (reason ?? '').trim() === '') {
    return reject('REASON_NEEDED', `Why ${step.id} is skipped for ${address} is not said.`, 'Write the reason into the row.')
  }
  return tooLong(reason, address) ?? tooLong(notes, address)
}
