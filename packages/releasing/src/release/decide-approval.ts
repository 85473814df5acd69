import type { Rejection } from '@switchyard/core'
import { addressOf } from '../model.ts'
import { approvalsFor, contentHash, isApproved } from './approvals.ts'
import type { ApproveContent, WithdrawApproval } from './command.ts'
import { findStep } from './find-step.ts'
import type { ReleaseDecision } from './on-step.ts'
import type { CustomerState, ReleaseState } from './records/state.ts'
import { reject } from './reject.ts'

/** What is approved is what was read: where other content stands by now, nothing is. Approved already is nothing to do. */
export function approveContent(
  { customer: approvedFor, step: id, environment, sha256 }: ApproveContent,
  { release, customer }: { readonly release: ReleaseState; readonly customer: CustomerState },
): ReleaseDecision | Rejection {
  const address = addressOf(approvedFor)
  if (release.status !== 'active') {
    return reject('NOT_ACTIVE', `The release ${release.slug} is ${release.status}.`, 'Only an active release is worked off.')
  }
  const step = findStep(release, customer, id)
  if (step === undefined) return reject('UNKNOWN_STEP', `${address} has no step ${id}.`, `Look at /release customer ${address}.`)
  const { type, content } = step.text
  if (type === 'text') return reject('TEXT_NOT_RUN', `${id} is a text for people, and nothing that runs.`, 'Nothing is to be approved.')
  const now = contentHash(content) ?? ''
  if (now !== sha256) {
    return reject(
      'CONTENT_DIFFERS',
      `The content of ${id} for ${address} is ${shorten(now)} now, and not ${shorten(sha256)}.`,
      `Read it with /step show ${id} ${address}, and approve what stands there.`,
    )
  }
  if (isApproved(release, { environment, type, sha256 })) return { events: [], effects: [] }
  return { events: [{ type: 'release.content-approved', data: { environment, type, sha256 } }], effects: [] }
}

/** From here on the content runs nowhere in the environment, as whatever it was approved. */
export function withdrawApproval(release: ReleaseState | null, { environment, sha256 }: WithdrawApproval): ReleaseDecision | Rejection {
  const approved = release === null ? [] : approvalsFor(release, environment)
  if (approved.some((one) => one.sha256 === sha256)) {
    return { events: [{ type: 'release.approval-withdrawn', data: { environment, sha256 } }], effects: [] }
  }
  const known =
    approved.length === 0
      ? 'Nothing is.'
      : `These are: ${approved
          .slice(-10)
          .map((one) => one.sha256)
          .join(', ')}.`
  return reject('NOT_APPROVED', `Content ${shorten(sha256)} is not approved for ${environment}.`, known)
}

/** Enough to tell two apart in a sentence; what is approved is always named whole. */
function shorten(hash: string): string {
  return `${hash.slice(0, 12)}…`
}
