import { type Rejection, sha256, type TextRef } from '@switchyard/core'
import { addressOf } from '../model.ts'
import type { ApproveContent } from './command.ts'
import { findStep } from './find-step.ts'
import type { ReleaseDecision } from './on-step.ts'
import type { ReleaseEvent } from './records/events.ts'
import type { CustomerRecord } from './records/parts.ts'
import type { CustomerState, ReleaseState } from './records/state.ts'
import { notActive, reject } from './reject.ts'

/** A customer's own part of the release, as it stands when it is decided. */
export type CustomerOf = (customer: Pick<CustomerRecord, 'cluster' | 'namespace'>) => CustomerState

/** What is approved is what stands in the ledger now, and nothing that comes after it: one event for each content and environment. */
export function approveContent(
  release: ReleaseState | null,
  { step: id, customers }: ApproveContent,
  customerOf: CustomerOf,
): ReleaseDecision | Rejection {
  if (release?.status !== 'active') return notActive(release)
  const wanted = new Map<string, ReleaseEvent>()
  for (const customer of customers) {
    const address = addressOf(customer)
    const step = findStep(release, customerOf(customer), id)
    if (step === undefined) return reject('UNKNOWN_STEP', `${address} has no step ${id}.`, `Look at /release customer ${address}.`)
    const { environment } = customer
    const hash = contentHash(step.text.content)
    if (isApprovedFor(release, { environment, sha256: hash })) continue
    wanted.set(`${environment} ${hash}`, { type: 'release.content-approved', data: { environment, sha256: hash } })
  }
  return { events: [...wanted.values()], effects: [] }
}

/** A content is never so large that it is kept in pieces: its name is its own SHA-256. */
export function contentHash({ blobs: [hash = sha256('')] }: TextRef): string {
  return hash
}

/** Whether an admin approved this content for this environment. */
export function isApprovedFor(
  { approved }: Pick<ReleaseState, 'approved'>,
  { environment, sha256: hash }: { readonly environment: string; readonly sha256: string },
): boolean {
  // Environments are named in the inventory, `constructor` too.
  return Object.hasOwn(approved, environment) && (approved[environment] ?? []).includes(hash)
}
