import { type Rejection, sha256 as hash, type TextRef } from '@switchyard/core'
import { addressOf, type StepType } from '../model.ts'
import type { ApproveContent, WithdrawApproval } from './command.ts'
import { stepsOf } from './find-step.ts'
import type { ReleaseDecision } from './on-step.ts'
import type { ReleaseEvent } from './records/events.ts'
import type { CustomerRecord } from './records/parts.ts'
import type { CustomerState, ReleaseState } from './records/state.ts'
import { reject, rejectArchived, rejectOutsider, rejectUnknownStep } from './reject.ts'

/** A customer's own part of the release, as it stands when it is decided. */
export type CustomerOf = (customer: Pick<CustomerRecord, 'cluster' | 'namespace'>) => CustomerState

/** Content that runs though it is not the default branch's: as what, and where. */
export interface Approval {
  readonly environment: string
  /** The same text may be harmless as SQL, and not for a shell. */
  readonly type: StepType
  readonly sha256: string
}

/** What is approved is what was read: where other content stands by now, nothing is. One event for each environment. */
export function approveContent(release: ReleaseState, command: ApproveContent, customerOf: CustomerOf): ReleaseDecision | Rejection {
  if (release.status !== 'active') return rejectArchived(release)
  const { step: id, sha256, customers } = command
  const wanted = new Map<string, ReleaseEvent>()
  for (const { environment, ...customer } of customers) {
    const address = addressOf(customer)
    if (!release.customers.some((each) => addressOf(each) === address)) {
      return rejectOutsider(release.slug, address)
    }
    const steps = stepsOf(release, customerOf(customer))
    const step = steps.find((each) => each.id === id)
    if (step === undefined) {
      const ids = steps.map((each) => each.id)
      return rejectUnknownStep({ step: id, address }, ids)
    }
    const { type, content } = step.text
    if (type === 'text') return reject('TEXT_NOT_RUN', `${id} is a text for people, and nothing that runs.`, 'Nothing is to be approved.')
    const now = contentHash(content)
    if (now !== sha256) {
      return reject(
        'CONTENT_DIFFERS',
        `The content of ${id} for ${address} is ${shorten(now)} now, and not ${shorten(sha256)}.`,
        `Read it with /step show ${id} ${address}, and approve what stands there.`,
      )
    }
    if (isApprovedFor(release, { environment, type, sha256 })) continue
    wanted.set(JSON.stringify([environment, type]), { type: 'release.content-approved', data: { environment, type, sha256 } })
  }
  return { events: [...wanted.values()], effects: [] }
}

/** From here on the content runs nowhere in the environments, as whatever it was approved. */
export function withdrawApproval(release: ReleaseState, { environments, sha256 }: WithdrawApproval): ReleaseDecision | Rejection {
  for (const environment of environments) {
    const approved = approvalsFor(release, environment)
    if (approved.some((one) => one.sha256 === sha256)) continue
    const known = approved.slice(-10).map((one) => one.sha256)
    const hint = known.length === 0 ? 'Nothing is.' : `These are: ${known.join(', ')}.`
    return reject('NOT_APPROVED', `Content ${shorten(sha256)} is not approved for ${environment}.`, hint)
  }
  const events = environments.map((environment) => ({ type: 'release.approval-withdrawn' as const, data: { environment, sha256 } }))
  return { events, effects: [] }
}

/** Enough to tell two apart in a sentence; what is approved is always named whole. */
function shorten(sha256: string): string {
  return `${sha256.slice(0, 12)}…`
}

/** What an admin approved for an environment. */
export function approvalsFor({ approved }: Pick<ReleaseState, 'approved'>, environment: string): ReleaseState['approved'][string] {
  // Environments are named in the inventory, `constructor` too.
  return Object.hasOwn(approved, environment) ? (approved[environment] ?? []) : []
}

/** Whether an admin approved this content for this environment. */
export function isApprovedFor(release: Pick<ReleaseState, 'approved'>, { environment, type, sha256 }: Approval): boolean {
  return approvalsFor(release, environment).some((one) => one.type === type && one.sha256 === sha256)
}

/** A content is never so large that it is kept in pieces: its name is its own SHA-256. */
export function contentHash({ blobs: [only = hash('')] }: TextRef): string {
  return only
}
