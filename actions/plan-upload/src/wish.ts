import { type ActionContext, type EventIssue, findEventIssue } from '@switchyard/action'
import { isCommanding } from '@switchyard/commands'
import { isJsonObject, type JsonObject } from '@switchyard/core'
import { findItemMark, findItemMarks, isPlanSigned } from '@switchyard/planning'
import { FAMILIES } from './families.ts'
import type { MODES } from './inputs.ts'

export type Mode = Exclude<(typeof MODES)[number], 'auto'>

/** What a run is for. */
export type Wish =
  /** The commands of an issue; the event only wakes the run. */
  | { readonly kind: 'converse'; readonly issue: number; /** The event's comment. */ readonly comment: number }
  /** An issue that shows signs of a plan was closed or opened again; `subject`: whose it says that it is, if it says so. */
  | { readonly kind: 'rollup'; readonly issue: number; readonly subject: string | undefined }
  /** A push to the default branch, and where that stood before; undefined: it is new. */
  | { readonly kind: 'push'; readonly before: string | undefined }
  /** A mode, with the issue and the pull request that it is about. */
  | { readonly kind: 'mode'; readonly mode: Mode; readonly issue: number | undefined; readonly pull: number | undefined }
  | { readonly kind: 'nothing'; readonly why: string }

/** What the inputs say of it. */
interface Given {
  readonly mode: (typeof MODES)[number]
  readonly idea: number | undefined
  readonly pullRequest: number | undefined
}

/** The heading that the issue form gives a plan, with more below it than what GitHub writes for a field that was left empty. */
const FORM = /^### Plan[ \t]*\r?\n\s*(?!_No response_)\S/m

/** What this run is for, by its inputs and its event alone. */
export function findWish({ eventName, payload }: Pick<ActionContext, 'eventName' | 'payload'>, given: Given): Wish {
  const event = isJsonObject(payload) ? payload : {}
  const issue = findEventIssue({ payload })
  if (given.mode === 'rollup') return findRollup(issue)
  if (given.mode !== 'auto') {
    return { kind: 'mode', mode: given.mode, issue: given.idea ?? issue?.number, pull: given.pullRequest ?? findPull(event) }
  }
  switch (eventName) {
    case 'issue_comment':
      return findCommand(event, issue)
    case 'issues':
      return findIssueEvent(event, issue)
    case 'push':
      return findPush(event)
    case 'pull_request':
      return { kind: 'mode', mode: 'validate', issue: undefined, pull: findPull(event) }
    case 'schedule':
      return { kind: 'mode', mode: 'sweep', issue: undefined, pull: undefined }
    default:
      return { kind: 'nothing', why: `The event ${eventName} asks for nothing; give \`mode\`.` }
  }
}

/** Whatever does not command costs no request. A comment that was changed wakes a run, too: whoever mended a command is told to write it anew. */
function findCommand(event: JsonObject, issue: EventIssue | undefined): Wish {
  const { action, comment } = event
  const isWritten = action === 'created' || (action === 'edited' && isBodyChanged(event))
  const { body, id, user } = isJsonObject(comment) ? comment : {}
  // Robots never command.
  const isPerson = !isJsonObject(user) || user['type'] === 'User'
  const isOurs = isPerson && isWritten && typeof body === 'string' && isCommanding(body, FAMILIES)
  if (issue === undefined || !isOurs || typeof id !== 'number') return { kind: 'nothing', why: 'The comment holds no command.' }
  return { kind: 'converse', issue: issue.number, comment: id }
}

function findIssueEvent(event: JsonObject, issue: EventIssue | undefined): Wish {
  if (event.action === 'closed' || event.action === 'reopened') return findRollup(issue)
  const isWritten = event.action === 'opened' || (event.action === 'edited' && isBodyChanged(event))
  // What was made from a plan may quote a form; a plan may quote a mark.
  const isForm = issue !== undefined && FORM.test(issue.body) && !findItemMarks(issue.body).some(({ isLeading }) => isLeading)
  if (!isWritten || !isForm) return { kind: 'nothing', why: 'The issue holds no plan.' }
  return { kind: 'mode', mode: 'upload', issue: issue.number, pull: undefined }
}

function isBodyChanged({ changes }: JsonObject): boolean {
  return isJsonObject(changes) && isJsonObject(changes['body'])
}

/** An issue without any sign of a plan costs no request: of one that was emptied the sweep knows. */
function findRollup(issue: EventIssue | undefined): Wish {
  if (issue === undefined || !isPlanSigned(issue.body)) return { kind: 'nothing', why: 'The issue was not made from a plan.' }
  return { kind: 'rollup', issue: issue.number, subject: findItemMark(issue.body)?.subject }
}

function findPush({ before, ref, repository }: JsonObject): Wish {
  const branch = isJsonObject(repository) ? repository['default_branch'] : undefined
  if (typeof branch !== 'string' || ref !== `refs/heads/${branch}`) {
    return { kind: 'nothing', why: 'The push is not on the default branch.' }
  }
  return { kind: 'push', before: typeof before === 'string' && /[1-9a-f]/.test(before) ? before : undefined }
}

function findPull({ pull_request: pull }: JsonObject): number | undefined {
  return isJsonObject(pull) && typeof pull['number'] === 'number' ? pull['number'] : undefined
}
