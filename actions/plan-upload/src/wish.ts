import type { ActionContext } from '@switchyard/action'
import { isJsonObject, type JsonObject } from '@switchyard/core'
import { findItemMark } from '@switchyard/planning'
import type { MODES } from './inputs.ts'

export type Mode = Exclude<(typeof MODES)[number], 'auto'>

/** What a run is for. */
export type Wish =
  /** The commands of an issue; the event only wakes the run. */
  | { readonly kind: 'converse'; readonly issue: number; /** The event's comment. */ readonly comment: number }
  /** An issue that was made from a plan was closed or opened again. */
  | { readonly kind: 'rollup'; readonly issue: number; readonly subject: string; readonly key: string }
  /** From a commit of the default branch to another. */
  | { readonly kind: 'push'; readonly before: string; readonly after: string }
  /** A mode, with the issue and the pull request that it is about. */
  | { readonly kind: 'mode'; readonly mode: Mode; readonly issue: number | undefined; readonly pull: number | undefined }
  | { readonly kind: 'nothing'; readonly why: string }

/** What the inputs say of it. */
export interface Told {
  readonly mode: (typeof MODES)[number]
  readonly idea: number | undefined
  readonly pullRequest: number | undefined
}

/** A line that could be a command of ours: everything else costs no request. */
const COMMAND = /^\s{0,3}\/(plan|help)\b/im
/** The heading that the issue form gives a plan. */
const FORM = /^### Plan[ \t]*\r?$/m

/** What this run is for, by its inputs and its event alone. */
export function findWish({ eventName, payload }: Pick<ActionContext, 'eventName' | 'payload'>, told: Told): Wish {
  const event = isJsonObject(payload) ? payload : {}
  const issue = findIssue(event)
  if (told.mode === 'rollup') return findRollup(issue)
  if (told.mode !== 'auto') {
    return { kind: 'mode', mode: told.mode, issue: told.idea ?? issue?.number, pull: told.pullRequest ?? findPull(event) }
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

function findCommand({ action, comment }: JsonObject, issue: IssueTold | undefined): Wish {
  const { body, id } = isJsonObject(comment) ? comment : {}
  if (issue === undefined || action !== 'created' || typeof body !== 'string' || typeof id !== 'number' || !COMMAND.test(body)) {
    return { kind: 'nothing', why: 'The comment holds no command.' }
  }
  return { kind: 'converse', issue: issue.number, comment: id }
}

function findIssueEvent(event: JsonObject, issue: IssueTold | undefined): Wish {
  if (event.action === 'closed' || event.action === 'reopened') return findRollup(issue)
  const isWritten = event.action === 'opened' || (event.action === 'edited' && isBodyChanged(event))
  if (!isWritten || issue === undefined || !FORM.test(issue.body)) return { kind: 'nothing', why: 'The issue holds no plan.' }
  return { kind: 'mode', mode: 'upload', issue: issue.number, pull: undefined }
}

function isBodyChanged({ changes }: JsonObject): boolean {
  return isJsonObject(changes) && isJsonObject(changes['body'])
}

function findRollup(issue: IssueTold | undefined): Wish {
  const mark = findItemMark(issue?.body ?? '')
  if (issue === undefined || mark === undefined) return { kind: 'nothing', why: 'The issue was not made from a plan.' }
  return { kind: 'rollup', issue: issue.number, ...mark }
}

/** What a workflow is told of a push names no files: which plans it brought is asked. Source: docs "Events that trigger workflows", push. */
function findPush({ before, after, ref, repository }: JsonObject): Wish {
  const branch = isJsonObject(repository) ? repository['default_branch'] : undefined
  if (typeof branch !== 'string' || ref !== `refs/heads/${branch}`) {
    return { kind: 'nothing', why: 'The push is not on the default branch.' }
  }
  if (typeof before !== 'string' || typeof after !== 'string') return { kind: 'nothing', why: 'The push does not say what it pushed.' }
  return { kind: 'push', before, after }
}

/** A Markdown file in the folder of the plans that is no README. */
export function isPlanPath(path: string, folder: string): boolean {
  const name = path.split('/').at(-1) ?? ''
  return path.startsWith(`${folder.replace(/\/+$/, '')}/`) && /\.(md|markdown)$/i.test(name) && !/^readme\./i.test(name)
}

interface IssueTold {
  readonly number: number
  readonly body: string
}

/** The event's issue; a pull request is none. */
function findIssue({ issue }: JsonObject): IssueTold | undefined {
  if (!isJsonObject(issue) || typeof issue['number'] !== 'number' || 'pull_request' in issue) return undefined
  return { number: issue['number'], body: typeof issue['body'] === 'string' ? issue['body'] : '' }
}

function findPull({ pull_request: pull }: JsonObject): number | undefined {
  return isJsonObject(pull) && typeof pull['number'] === 'number' ? pull['number'] : undefined
}
