import { escapeMarkdown, type Rejection, UserError } from '@switchyard/core'
import type { Drawing } from '@switchyard/github/operations'
import { replyMarker } from '@switchyard/commands'
import { parseSubject } from '@switchyard/releasing'
import { type Change, type Refused, renderChanges, renderRejections } from '@switchyard/releasing/render'
import type { Observation } from './observe.ts'
import { type Deed, doBeside, isDoing, type KnownRuns } from './deeds.ts'
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
  readonly deeds: readonly Deed[]
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
  const told = await tellAll(door, answering)
  const texts = told.flatMap(({ text }) => text ?? [])
  // What only starts or shows something says so itself; where nothing was said, everything was so already.
  const isChanging = one.requests.some(({ command: { kind } }) => kind !== 'ask-run' && kind !== 'handle-comments')
  const changed = !isChanging && texts.length > 0 ? [] : [renderChanges({ changes, isDryRun })]
  return {
    comment,
    body: [...changed, ...texts].join('\n\n'),
    changes,
    deeds: told.flatMap(({ deeds }) => deeds),
    refused: told.flatMap((one) => one.refused.map((rejected) => ({ command: undefined, rejected }))),
    isDryRun,
  }
}

/** What a command showed or did, or why it did not. */
interface Told {
  readonly text: string | undefined
  readonly deeds: readonly Deed[]
  readonly refused: readonly Rejection['rejected'][]
}

/** What cannot be shown or done keeps nothing else of the comment back. What acts does so one after another: each sees the one before. */
async function tellAll(door: Door, answering: Answering): Promise<readonly Told[]> {
  const { commands } = answering.one
  const showing = commands.map((command) => (isDoing(command) ? undefined : tell(() => show(door, command, answering))))
  // One that fails while another is awaited is met when its turn comes.
  for (const each of showing) each?.catch(() => undefined)
  const known: KnownRuns = new Map()
  const told: Told[] = []
  for (const [at, command] of commands.entries()) {
    const shown = showing[at]
    if (shown !== undefined) told.push(await shown)
    else if (isDoing(command)) told.push(await doBeside(door, command, { ...answering, known }))
  }
  return told
}

async function tell(showing: () => Promise<string | undefined>): Promise<Told> {
  try {
    return { text: await showing(), deeds: [], refused: [] }
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    const { code, message, hint = '' } = error
    return { text: `${escapeMarkdown(message)} ${escapeMarkdown(hint)}`, deeds: [], refused: [{ code, message, hint }] }
  }
}

function refuse({ comment, isDryRun }: Understood, { text, rejected }: Refusal): Answer {
  return { comment, body: text, changes: [], deeds: [], refused: [{ command: undefined, rejected }], isDryRun }
}

type DoneEvents = Extract<GroupResult, { kind: 'done' }>['events']

/** What only the toolkit keeps. */
const OWN_EVENTS: ReadonlySet<DoneEvents[number]['type']> = new Set([
  'release.comments-handled',
  'release.board-made',
  'release.box-read',
  'release.step-run-asked',
])

/** Events as changes; what only the toolkit keeps is none. */
export function changesOf(events: DoneEvents): readonly Change[] {
  return events.flatMap((event): readonly Change[] => {
    return OWN_EVENTS.has(event.type) ? [] : [{ address: parseSubject(event.subject).address, event }]
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
