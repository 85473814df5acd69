import { type Rejection, UserError } from '@switchyard/core'
import {
  type CustomerState,
  findStep,
  rejectArchived,
  rejectDraft,
  type ReleaseState,
  rejectUnknownStep,
  type Step,
  stepsOf,
} from '@switchyard/releasing'

/** A rule of the rooms below that says no where the ledger is not asked. */
export function toUserError({ rejected: { code, message, hint } }: Rejection): UserError {
  return new UserError(code, message, { hint })
}

/** `release` null: a draft, known by its file alone. @throws {UserError} `NOT_ACTIVE`, in the words of the rules below. */
export function requireActive(release: ReleaseState | null, slug: string): ReleaseState {
  if (release?.status === 'active') return release
  throw toUserError(release === null ? rejectDraft(slug) : rejectArchived(release))
}

/** A customer's copy of a step. @throws {UserError} `UNKNOWN_STEP` */
export function getStep(
  release: ReleaseState,
  customer: CustomerState,
  { step: id, address }: { readonly step: string; readonly address: string },
): Step {
  const found = findStep(release, customer, id)
  if (found !== undefined) return found
  const known = stepsOf(release, customer).map((step) => step.id)
  throw toUserError(rejectUnknownStep({ step: id, address }, known))
}
