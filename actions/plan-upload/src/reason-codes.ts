import { COMMON_REASON_CODES, type CommonReasonCode } from '@switchyard/action'
import { findReasonCode, type ReasonCodeOf } from '@switchyard/core'
import { LEDGER_REASONS, type LedgerCode } from '@switchyard/ledger'
import type { RejectionCode } from '@switchyard/planning'

const OF_LEDGER = {
  ...LEDGER_REASONS,
  'ledger-public': 'A public ledger or repository would show what a private repository’s plans are.',
} as const satisfies Record<ReasonCodeOf<LedgerCode>, string>

const REJECTION_REASONS = {
  'not-yours': 'Only the idea’s owner or a maintainer may do this.',
  'needs-triage': 'The repository is public, and the idea’s owner does not have the role triage there.',
  'something-runs': 'The idea is being grilled, planned or reviewed; end or cancel that first.',
  converging: 'The plan’s issues are being made or changed by another run.',
  'already-planned': 'The plan’s issues are made; a changed plan goes through `sync`.',
  'wrong-status': 'The idea’s status does not allow it; the message says what to do first.',
  'too-many-uploads': 'Somebody uploaded ten plans within an hour; the message says when the next is possible.',
  'plan-changed': 'Another plan was saved while this was decided; look again.',
  'other-target': 'Some of the plan’s issues stand in another repository already.',
  'not-of-plan': 'The issue is none of those that were made from the plan.',
} as const satisfies Record<ReasonCodeOf<RejectionCode>, string>

/** Every reason this action ends with, beside those that all actions share. */
export const REASON_CODES = {
  commanded: 'Every command was carried out.',
  'commands-refused': 'A command was not understood or not allowed; the answer names it.',
  uploaded: 'The plan was saved; it is ready.',
  'plan-waits': 'A plan was pushed or written by somebody who may not act on its idea; whoever may is told how to take it.',
  'idea-twice': 'Several files name the same idea; the message names them.',
  'plan-faulty': 'The plan has faults; each is told with its line. Nothing was saved.',
  'plans-sound': 'The plans have no fault.',
  materialised: 'Epic, stories and tasks were made.',
  'difference-shown': 'What would change was shown, with the hash that applies it.',
  'difference-moved': 'The difference is not the one that was confirmed; the new one was shown.',
  synced: 'The issues were brought to what the plan wants.',
  followed: 'The plan is the saved one, and is read from its new place from now on.',
  unfinished: 'The issues are not all made or changed yet; the next sweep goes on.',
  reviewed: 'A round of the review was recorded.',
  'rolled-up': 'An issue was closed or opened again, and its parents followed.',
  aligned: 'The pull request touches what its tasks name, as far as they ask.',
  'not-aligned': 'The pull request does not touch what its tasks name, as far as they ask.',
  'no-task-named': 'The pull request names no task of a plan.',
  shown: 'What was asked for was shown.',
  'nothing-changed': 'Everything asked for was so already.',
  'dry-run': 'What would change was shown; nothing changed.',
  'not-for-us': 'The event asks for nothing of ours.',
  'nothing-new': 'Every command of the issue was handled before.',
  repaired: 'What lost runs left was put right.',
  'no-plan': 'The idea has no plan yet.',
  'not-planned': 'The plan has no issues yet, so there is nothing to sync.',
  'plan-missing': 'It is not said where the plan is.',
  'plan-not-found': 'The default branch has no such file.',
  'idea-missing': 'It is not said which idea this is about.',
  'issue-not-found': 'The issue does not exist, or the token cannot see it.',
  'repository-unseen': 'The token cannot read the repository.',
  'target-refused': 'The target repository does not accept issues of this one.',
  'issues-disabled': 'The target repository has no issues.',
  'not-there': 'A label, milestone or assignee of the plan is not there; the message names it.',
  'create-refused': 'GitHub refused to make an issue; the message says why. What was made is kept.',
  'change-refused': 'GitHub refused to change an issue; the message says why. What was made is kept.',
  'link-refused': 'GitHub refused a dependency; the message says why. What was made is kept.',
  'mark-gone': 'An issue may be the plan’s and has lost the line that says so; the message names it, and what settles it.',
  'part-of-plan': 'The issue was made from a plan, and is no idea of its own; the message names the idea.',
  'too-deep': 'People put the epic so far below other issues that the plan would pass GitHub’s 8 levels; the message says how far.',
  'review-invalid': 'The result of the review does not have the shape that its schema says.',
  'config-invalid': '`.github/switchyard.yml` has faults; nobody may command anything until they are mended.',
  'request-invalid': 'What was asked for is not complete, or contradicts itself; the message says where.',
  'not-allowed': 'Whoever asked may not do this; the message names the role that may.',
  ...REJECTION_REASONS,
  ...OF_LEDGER,
} as const

type ReasonCode = keyof typeof REASON_CODES | CommonReasonCode

/** The reason of a rejection of the rules, or of an error, also of one that the ledger keeps. */
export function toReason(code: string): ReasonCode {
  return findReasonCode(REASON_CODES, code) ?? findReasonCode(COMMON_REASON_CODES, code) ?? 'commands-refused'
}
