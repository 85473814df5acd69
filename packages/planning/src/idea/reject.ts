import type { Rejection } from '@switchyard/core'
import type { Asker, IdeaIssue } from './command.ts'
import { UPLOADS_PER_HOUR } from './limits.ts'
import type { Converging, Idea } from './records/state.ts'
import type { IdeaStatus } from './status.ts'
import { type Asked, isRunning, type Running } from './transitions.ts'

/** Why a command was refused. */
export const REJECTIONS = [
  'NOT_YOURS',
  'NEEDS_TRIAGE',
  'SOMETHING_RUNS',
  'CONVERGING',
  'ALREADY_PLANNED',
  'WRONG_STATUS',
  'TOO_MANY_UPLOADS',
  'PLAN_CHANGED',
  'OTHER_TARGET',
  'NOT_OF_PLAN',
] as const
export type RejectionCode = (typeof REJECTIONS)[number]

function reject(code: RejectionCode, message: string, hint: string): Rejection {
  return { rejected: { code, message, hint } }
}

/** Whoever is neither the idea's owner nor a maintainer, or an owner who needs a role, too; undefined: they may act. */
export function rejectStranger({ login, isMaintainer, lacksTriage = false }: Asker, { number, owner }: IdeaIssue): Rejection | undefined {
  if (isMaintainer) return undefined
  if (isOwnerOf({ owner }, login)) return lacksTriage ? rejectWithoutTriage(number, login) : undefined
  const whose = owner === undefined ? 'has no owner any more' : `belongs to ${owner}`
  const who = owner === undefined ? 'a maintainer' : `${owner} or a maintainer`
  return reject('NOT_YOURS', `The idea #${number} ${whose}, and ${login} is no maintainer here.`, `Ask ${who} to say it.`)
}

function rejectWithoutTriage(number: number, login: string): Rejection {
  return reject(
    'NEEDS_TRIAGE',
    `This repository is public: for issues of the idea #${number} its owner ${login} needs the role triage here, too.`,
    'Ask a maintainer to say it, or to give you the role.',
  )
}

/** GitHub's logins know no case. */
export function isOwnerOf({ owner }: Pick<IdeaIssue, 'owner'>, login: string): boolean {
  return login.toLowerCase() === owner?.toLowerCase()
}

/** What each was asked for, in words. */
const ASKED: Readonly<Record<Asked, string>> = {
  upload: 'no plan can be uploaded',
  'grill-start': 'grilling cannot begin',
  'grill-done': 'no grilling can end',
  'plan-start': 'planning cannot begin',
  'plan-failed': 'no planning can fail',
  'review-start': 'no review can begin',
  'review-result': 'no review waits for a result',
  cancel: 'there is nothing to cancel',
  materialise: 'no issues can be made',
  sync: 'there are no issues to bring up to date',
  follow: 'there are no issues whose plan could have moved',
}

const RUNS: Readonly<Record<Running, string>> = {
  GRILLING: 'is being grilled',
  PLANNING: 'is being planned',
  REVIEWING_PLAN: 'has its plan reviewed',
}

/** What somebody may say next. */
const NEXT: Readonly<Record<IdeaStatus, string>> = {
  DRAFT: 'Upload a plan with `/plan upload`, or begin with `/plan grill start`.',
  GRILLING: 'End it with `/plan grill done`, or take it back with `/plan cancel`.',
  GRILLED: 'Upload a plan with `/plan upload`, or begin one with `/plan plan start`.',
  PLANNING: 'Take it back with `/plan cancel` and upload what was written, or end it with `/plan plan failed`.',
  PLAN_FAILED: 'Upload a plan with `/plan upload`, or begin another with `/plan plan start`.',
  PLAN_READY: 'Make its issues with `/plan materialise`, have it reviewed with `/plan review start`, or upload another.',
  REVIEWING_PLAN: 'End it with `/plan review approve` or `/plan review reject <why>`, or take it back with `/plan cancel`.',
  PLAN_REVIEW_FAILED: 'Upload a better plan with `/plan upload`, or have it reviewed again with `/plan review start`.',
  PLAN_REVIEWED: 'Make its issues with `/plan materialise`, or upload another with `/plan upload`.',
  PLANNED: 'Show what a changed plan would do with `/plan sync`; see how far it is with `/plan status`.',
}

/** What the idea is, so that this cannot be asked of it now, and what may be said instead. */
export function rejectStatus(asked: Asked, { number, status }: { readonly number: number; readonly status: IdeaStatus }): Rejection {
  const hint = NEXT[status]
  if (isRunning(status)) {
    return reject('SOMETHING_RUNS', `The idea #${number} ${RUNS[status]} (${status}): ${ASKED[asked]} meanwhile.`, hint)
  }
  if (status === 'PLANNED') {
    return reject('ALREADY_PLANNED', `The idea #${number} is PLANNED, its issues are made: ${ASKED[asked]} any more.`, hint)
  }
  return reject('WRONG_STATUS', `The idea #${number} is ${status}: ${ASKED[asked]}.`, hint)
}

/** A run is making or changing the issues, and nothing else happens meanwhile. */
export function rejectConverging(number: number, { kind, items, run }: Converging): Rejection {
  const what =
    kind === 'materialise'
      ? `The ${items} issues of the idea #${number} are being made`
      : `The issues of the idea #${number} are being changed`
  return reject('CONVERGING', `${what} by the run ${run.url}.`, 'Wait for its end. If that run is gone, the next sweep takes its work up.')
}

/** `next`: ms since the epoch. */
export function rejectUploads(login: string, next: number): Rejection {
  const time = new Date(Math.ceil(next / 1_000) * 1_000).toISOString().replace('.000', '')
  return reject(
    'TOO_MANY_UPLOADS',
    `${login} has uploaded ${UPLOADS_PER_HOUR} plans within an hour, which is the most that is allowed.`,
    `The next one is possible at ${time}.`,
  )
}

/** `asked`: the version of the plan that was looked at. */
export function rejectChanged(number: number, { asked, saved }: { readonly asked: string; readonly saved: string }): Rejection {
  return reject(
    'PLAN_CHANGED',
    `The plan of the idea #${number} is ${saved.slice(0, 12)} now, and ${asked.slice(0, 12)} was looked at.`,
    'Somebody saved another one meanwhile. Read it with `/plan show`, and ask again.',
  )
}

/** Issues stand in one repository already, or may; `asked`: the other one, `owner/name`. */
export function rejectTarget({ issue, target, items }: Pick<Idea, 'issue' | 'target' | 'items'>, asked: string): Rejection {
  const there = target?.repository ?? ''
  const count = Object.keys(items).length
  const standing = count === 0 ? 'Issues' : `${count} issues`
  return reject(
    'OTHER_TARGET',
    `${standing} of the idea #${issue.number} ${count === 0 ? 'may stand' : 'stand'} in ${there} already: none are made in ${asked}.`,
    `Go on there with \`/plan materialise ${there}\`; if that repository is gone for good, open another idea.`,
  )
}

/** An issue, `item`, that is none of the idea's; `number`: the idea's. */
export function rejectOutside(number: number, item: number): Rejection {
  return reject('NOT_OF_PLAN', `#${item} is none of the issues that were made of the idea #${number}.`, 'There is nothing to do.')
}
