import { type ActionContext, type EventIssue, findEventIssue } from '@switchyard/action'
import { isCommanding } from '@switchyard/commands'
import { isJsonObject, type JsonObject } from '@switchyard/core'
import { findBoardMarker, isRedraw } from '@switchyard/releasing/render'
import { FAMILIES } from './families.ts'
import type { MODES } from './inputs.ts'
import { isSlug } from './slug.ts'

export type Mode = Exclude<(typeof MODES)[number], 'auto'>

/** What a run is for. */
export type Wish =
  /** The commands of an issue; the event only wakes the run. */
  | {
      readonly kind: 'converse'
      readonly issue: number
      /** Whose board it is, or the release that is given; undefined: each comment says which release it begins. */
      readonly slug: string | undefined
      /** The release that the event's own comment seems to begin: most likely what is to be looked at. */
      readonly named?: string | undefined
      /** Of a sweep: what was written later has a run of its own on its way. ms since the epoch. */
      readonly lostBefore?: number
    }
  /** Boxes that somebody ticked on a board. */
  | {
      readonly kind: 'ticks'
      readonly issue: number
      readonly slug: string
      readonly from: string
      readonly to: string
      readonly sender: string
      /** ms since the epoch, to the second; undefined: the event does not say. */
      readonly editedAt: number | undefined
    }
  | { readonly kind: 'mode'; readonly mode: Mode; readonly issue: number | undefined; readonly slug: string | undefined }
  | { readonly kind: 'nothing'; readonly why: string }

const ACTIVATE = /^\s{0,3}\/release[ \t]+activate[ \t]+(\S+)/im

/** What a comment seems to begin; what it begins is told by its commands, which are parsed while the first answer is awaited. */
function guessActivated(body: string): string | undefined {
  const slug = ACTIVATE.exec(body)?.[1]
  return slug !== undefined && isSlug(slug) ? slug : undefined
}

/** What this run is for, by its inputs and its event alone. */
export function findWish(
  { eventName, payload }: Pick<ActionContext, 'eventName' | 'payload'>,
  inputs: { readonly mode: (typeof MODES)[number]; readonly issue: number | undefined; readonly release: string | undefined },
): Wish {
  const event = isJsonObject(payload) ? payload : {}
  const told = findEventIssue({ payload })
  const issue = inputs.issue ?? told?.number
  const slug = inputs.release ?? findBoardMarker(told?.body ?? '')?.slug
  if (inputs.mode !== 'auto') return { kind: 'mode', mode: inputs.mode, issue, slug }
  switch (eventName) {
    case 'issue_comment':
      return findCommand(event, { issue, slug })
    case 'issues':
      return findTicks(event, { issue, slug: inputs.release, told })
    case 'push':
      return { kind: 'mode', mode: 'sync', issue: undefined, slug: inputs.release }
    case 'schedule':
      return { kind: 'mode', mode: 'sweep', issue: undefined, slug: inputs.release }
    case 'pull_request':
      return { kind: 'mode', mode: 'lint', issue: undefined, slug: undefined }
    default:
      return { kind: 'nothing', why: `The event ${eventName} asks for nothing; give \`mode\`.` }
  }
}

interface Told {
  readonly issue: number | undefined
  readonly slug: string | undefined
}

/** Whatever does not command costs no request. */
function findCommand(event: JsonObject, { issue, slug }: Told): Wish {
  const { action, comment } = event
  const body = isJsonObject(comment) && typeof comment.body === 'string' ? comment.body : ''
  if (issue === undefined || action !== 'created' || !isCommanding(body, FAMILIES)) {
    return { kind: 'nothing', why: 'The comment holds no command.' }
  }
  return { kind: 'converse', issue, slug, named: guessActivated(body) }
}

/** Only an edit of a board's body; what it ticked is told by the event itself, and whose board it is by what it was before. */
function findTicks({ action, changes, sender }: JsonObject, { issue, slug, told }: Told & { readonly told: EventIssue | undefined }): Wish {
  const before = isJsonObject(changes) && isJsonObject(changes.body) ? changes.body.from : undefined
  const { login, type: kind } = isJsonObject(sender) ? sender : {}
  const release = slug ?? findBoardMarker(typeof before === 'string' ? before : '')?.slug
  if (
    action !== 'edited' ||
    issue === undefined ||
    told === undefined ||
    release === undefined ||
    typeof before !== 'string' ||
    typeof login !== 'string'
  ) {
    return { kind: 'nothing', why: 'The event is no edit of a board.' }
  }
  // A person may bring back an older drawing, or lend the action a token: then the board is looked at, and no box is taken.
  if (isRedraw(before, told.body) && kind !== 'User') return { kind: 'nothing', why: 'The board was drawn by this action.' }
  return { kind: 'ticks', issue, slug: release, from: before, to: told.body, sender: login, editedAt: told.updatedAt }
}
