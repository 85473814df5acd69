import { escapeMarkdown, UserError } from '@switchyard/core'
import type { Drawing } from '@switchyard/github/operations'
import { replyMarker } from '@switchyard/commands'
import { parseSubject } from '@switchyard/releasing'
import { type Change, type Refused, renderChanges, renderRejections } from '@switchyard/releasing/render'
import type { Observation } from './observe.ts'
import type { ReleaseLoaded, Door } from './door.ts'
import { type Asker, show } from './show.ts'
import type { GroupResult } from './transact.ts'
import type { Refusal, Understood } from './understand.ts'

/** What is said of one comment. */
export interface Answer {
  readonly comment: Understood['comment']
  /** Markdown. */
  readonly body: string
  readonly changes: readonly Change[]
  readonly refused: readonly Refused[]
  readonly isDryRun: boolean
}

export interface Answering extends Asker {
  readonly one: Understood
  /** undefined: it asked for no change. */
  readonly result: GroupResult | undefined
  readonly observation: Observation
  /** After all changes. */
  readonly loaded: ReleaseLoaded
}

/** One reply a comment: what it changed, showed, or why nothing was done. */
export async function answerTo(door: Door, answering: Answering): Promise<Answer> {
  const { one, result } = answering
  const { comment, isDryRun, refusal } = one
  if (refusal !== undefined) return refuse(one, refusal)
  if (result?.kind === 'rejected') {
    return refuse(one, {
      text: renderRejections({ refused: [{ command: undefined, rejected: result.rejection }] }),
      rejected: result.rejection,
    })
  }
  const changes = result === undefined ? [] : changesOf(result.events)
  const shown: Shown = await showAll(door, answering)
  const changed = result === undefined ? [] : [renderChanges({ changes, isDryRun })]
  return { comment, body: [...changed, ...shown.texts].join('\n\n'), changes, refused: shown.refused, isDryRun }
}

interface Shown {
  readonly texts: readonly string[]
  readonly refused: readonly Refused[]
}

/** What is asked to be shown and cannot be keeps nothing else of the comment back. */
async function showAll(door: Door, answering: Answering): Promise<Shown> {
  try {
    const texts = await Promise.all(answering.one.commands.map((command) => show(door, command, answering)))
    return { texts: texts.flatMap((text) => text ?? []), refused: [] }
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    const { code, message, hint = '' } = error
    return {
      texts: [`${escapeMarkdown(message)} ${escapeMarkdown(hint)}`],
      refused: [{ command: undefined, rejected: { code, message, hint } }],
    }
  }
}

function refuse({ comment, isDryRun }: Understood, { text, rejected }: Refusal): Answer {
  return { comment, body: text, changes: [], refused: [{ command: undefined, rejected }], isDryRun }
}

type DoneEvents = Extract<GroupResult, { kind: 'done' }>['events']

/** Events as changes; what only the toolkit keeps is none. */
export function changesOf(events: DoneEvents): readonly Change[] {
  return events.flatMap((event): readonly Change[] => {
    if (event.type === 'release.comments-handled' || event.type === 'release.board-made' || event.type === 'release.box-read') return []
    return [{ address: parseSubject(event.subject).address, event }]
  })
}

/** The reply on the issue, and a reaction on the comment that is answered. */
export function drawingsOfAnswer(
  { comment, body, refused }: Answer,
  { issueId, conversation }: { readonly issueId: string; readonly conversation: Observation['conversation'] },
): readonly Drawing[] {
  const subjectId = conversation?.comments.find(({ id }) => id === comment.id)?.nodeId
  return [
    { kind: 'comment', issueId, body: `${replyMarker('release', comment.id)}\n@${comment.author.login}\n\n${body}\n` },
    ...(subjectId === undefined
      ? []
      : [{ kind: 'reaction' as const, subjectId, content: refused.length > 0 ? ('CONFUSED' as const) : ('ROCKET' as const) }]),
  ]
}
