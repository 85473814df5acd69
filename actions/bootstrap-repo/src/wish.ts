import { type ActionContext, type EventIssue, findEventIssue } from '@switchyard/action'
import { isCommanding } from '@switchyard/commands'
import { isJsonObject, type JsonObject } from '@switchyard/core'
import { FAMILIES } from './command-list.ts'
import type { MODES } from './inputs.ts'

export type Mode = Exclude<(typeof MODES)[number], 'auto'>

/** What a run is for. */
export type Wish =
  /** The commands of an issue; the event only wakes the run. */
  | { readonly kind: 'converse'; readonly issue: IssueSeen; /** The event's comment, by its id. */ readonly comment: number }
  /** A mode, with the issue that is its conversation if there is one. */
  | { readonly kind: 'mode'; readonly mode: Mode; readonly issue: IssueSeen | undefined }
  | { readonly kind: 'nothing'; readonly why: string }

/** An issue as far as the event tells of it: the body finds the ledger's subject early. */
export type IssueSeen = Pick<EventIssue, 'number' | 'body' | 'author'>

/** Headings that every request by the issue form has. */
const FORM = /^###\s+repository name\s*$/im

/** What this run is for, by its inputs and its event alone. */
export function findWish(
  { eventName, payload }: Pick<ActionContext, 'eventName' | 'payload'>,
  inputs: { readonly mode: (typeof MODES)[number]; readonly issue: number | undefined },
): Wish {
  const event = isJsonObject(payload) ? payload : {}
  const told = findEventIssue({ payload })
  const issue = inputs.issue === undefined || inputs.issue === told?.number ? told : { number: inputs.issue, body: '', author: undefined }
  if (inputs.mode !== 'auto') return { kind: 'mode', mode: inputs.mode, issue }
  switch (eventName) {
    case 'issue_comment':
      return findCommand(event, issue)
    case 'issues':
      if (issue === undefined || !FORM.test(issue.body)) return { kind: 'nothing', why: 'The issue asks for no repository.' }
      return { kind: 'mode', mode: 'preview', issue }
    case 'workflow_dispatch':
      return { kind: 'mode', mode: 'preview', issue }
    case 'schedule':
      return { kind: 'mode', mode: 'recover', issue }
    case 'pull_request':
      return { kind: 'mode', mode: 'lint', issue: undefined }
    default:
      return { kind: 'nothing', why: `The event ${eventName} asks for nothing; give \`mode\`.` }
  }
}

/** Whatever does not command costs no request. */
function findCommand(event: JsonObject, issue: IssueSeen | undefined): Wish {
  const { action, comment } = event
  const body = isJsonObject(comment) && typeof comment.body === 'string' ? comment.body : ''
  const id = isJsonObject(comment) && typeof comment.id === 'number' ? comment.id : 0
  if (issue === undefined || action !== 'created' || !isCommanding(body, FAMILIES)) {
    return { kind: 'nothing', why: 'The comment holds no command.' }
  }
  return { kind: 'converse', issue, comment: id }
}
