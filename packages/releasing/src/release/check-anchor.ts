import type { Rejection } from '@switchyard/core'
import type { Category } from '../model.ts'
import { findStep, stepsOf } from './find-step.ts'
import type { OnStep } from './on-step.ts'
import type { Anchor } from './records/parts.ts'
import { reject, rejectUnknownAnchor } from './reject.ts'

export interface Anchoring {
  /** undefined: the step is a new one. */
  readonly id: string | undefined
  readonly category: Category
  readonly anchor: Anchor | null
}

/** A custom step stands beside another one of its category; what it stands beside never hangs on itself. */
export function findAnchorFault({ id, category, anchor }: Anchoring, { release, customer, address }: OnStep): Rejection | undefined {
  if (anchor === null) return undefined
  const beside = findStep(release, customer, anchor.step)
  if (beside === undefined) {
    const ids = stepsOf(release, customer).map((step) => step.id)
    return rejectUnknownAnchor({ step: anchor.step, address }, ids)
  }
  if (beside.category !== category) {
    return reject(
      'WRONG_ANCHOR',
      `${beside.id} of ${address} is a ${beside.category} step, and cannot place a ${category} step.`,
      `Name one of its ${category} steps.`,
    )
  }
  const anchors = new Map(customer.customs.map((custom) => [custom.id, custom.anchor?.step]))
  const passed = new Set<string>()
  for (let at: string | undefined = beside.id; at !== undefined && !passed.has(at); at = anchors.get(at)) {
    if (at === id) {
      const how = beside.id === id ? 'cannot stand beside itself' : `would hang on ${beside.id}, which hangs on it`
      return reject('WRONG_ANCHOR', `${id} of ${address} ${how}.`, 'Name a step that does not hang on it.')
    }
    passed.add(at)
  }
  return undefined
}
