import { escapeMarkdown, joinSentences, type Rejection, UserError } from '@switchyard/core'
import type { Drawing } from '@switchyard/github/operations'
import { MAX_REPLY, renderReply } from '@switchyard/commands'
import { parseSubject } from '@switchyard/releasing'
import { type Change, type Refused, renderChanges, renderRejections } from '@switchyard/releasing/render'
import { fitAnswer, type Section } from './fit-answer.ts'
import type { Observation } from './observe.ts'
import { type Deed, doBeside, isDoing, type KnownRuns } from './deeds.ts'
import type { ReleaseLoaded, Door } from './door.ts'
import { pictureOf } from './picture.ts'
import type { Settled } from './settle.ts'
import { type Asker, show, type Shown } from './show.ts'
import type { GroupResult } from './transact.ts'
import type { Refusal, Understood } from './understand.ts'

/** What is said of one comment. */
export interface Answer {
  readonly comment: Understood['comment']
  /** Markdown. */
  readonly body: string
  readonly changes: readonly Change[]
  readonly deeds: readonly Deed[]
  /** Whether something was shown. */
  readonly isShown: boolean
  readonly refused: readonly Refused[]
  readonly isDryRun: boolean
}

export interface Answering extends Asker {
  readonly one: Understood
  /** undefined: it was refused as it stood. */
  readonly result: Settled | undefined
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
  const sections = told.flatMap(({ text, command }): readonly Section[] => (text === undefined ? [] : [{ text, command }]))
  // Nothing asked of the ledger and nothing to show: it was so already.
  const isChange = changes.length > 0 || sections.length < one.commands.length
  const changed: readonly Section[] = isChange
    ? [{ text: renderChanges({ changes, isDryRun }, sections.length === 0 ? MAX_REPLY : MAX_REPLY / 2), command: undefined }]
    : []
  return {
    comment,
    body: fitAnswer([...changed, ...sections]),
    changes,
    deeds: told.flatMap(({ deeds }) => deeds),
    isShown: told.some(({ isShown }) => isShown),
    refused: told.flatMap((each) => each.refused.map((rejected) => ({ command: each.command, rejected }))),
    isDryRun,
  }
}

/** What a command showed or did, or why it did not. */
interface Told {
  readonly command: string
  readonly text: string | undefined
  readonly deeds: readonly Deed[]
  readonly isShown: boolean
  readonly refused: readonly Rejection['rejected'][]
}

/** What cannot be shown or done keeps nothing else of the comment back. What acts does so one after another: each sees the one before. */
async function tellAll(door: Door, answering: Answering): Promise<readonly Told[]> {
  const { commands } = answering.one
  const asked = shownOf(answering)
  const showing = commands.map((command) => (isDoing(command) ? undefined : tell(command.command, () => show(door, command, asked))))
  // One that fails while another is awaited is met when its turn comes.
  for (const each of showing) each?.catch(() => undefined)
  const known: KnownRuns = new Map()
  const told: Told[] = []
  for (const [at, command] of commands.entries()) {
    const shown = showing[at]
    if (shown !== undefined) told.push(await shown)
    else if (isDoing(command)) {
      told.push({ command: command.command, isShown: false, ...(await doBeside(door, command, { ...asked, known })) })
    }
  }
  return told
}

/** Read against the release as it is after all changes. */
function shownOf({ one, result, ...rest }: Answering): Shown {
  const { asked, comment, isDryRun, isRecorded } = one
  const events = isRecorded && result?.kind === 'done' ? result.events : undefined
  const base = asked?.base
  const release = pictureOf(rest.loaded, base?.slug ?? '')?.release ?? rest.observation.release
  return { ...rest, one: { comment, isDryRun, scene: base && { ...base, release }, ...(events && { events }) } }
}

async function tell(command: string, showing: () => Promise<string | undefined>): Promise<Told> {
  try {
    const text = await showing()
    return { command, text, deeds: [], isShown: text !== undefined, refused: [] }
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    const { code, message, hint = '' } = error
    const text = joinSentences(escapeMarkdown(message), escapeMarkdown(hint))
    return { command, text, deeds: [], isShown: false, refused: [{ code, message, hint }] }
  }
}

function refuse({ comment, isDryRun }: Understood, { text, rejected }: Refusal): Answer {
  const refused = [{ command: undefined, rejected }]
  return { comment, body: fitAnswer([{ text, command: undefined }]), changes: [], deeds: [], isShown: false, refused, isDryRun }
}

type DoneEvents = Extract<GroupResult, { kind: 'done' }>['events']

/** What only the toolkit keeps. */
const OWN_EVENTS: ReadonlySet<DoneEvents[number]['type']> = new Set([
  'release.comments-handled',
  'release.board-made',
  'release.claimed',
  'release.step-run-asked',
])

/** Events as changes; what only the toolkit keeps is none. */
export function changesOf(events: DoneEvents): readonly Change[] {
  return events.flatMap((event): readonly Change[] => {
    return OWN_EVENTS.has(event.type) ? [] : [{ address: parseSubject(event.subject).address, event }]
  })
}

/** Whether nothing of the comment happened. */
export function isNothing({ changes, deeds, isShown, refused }: Answer): boolean {
  return refused.length > 0 && changes.length + deeds.length === 0 && !isShown
}

/** The reply on the issue, and a reaction on the comment that is answered. `body`: in place of the answer's own. */
export function drawingsOfAnswer(
  answer: Answer,
  { issueId, conversation }: { readonly issueId: string; readonly conversation: Observation['conversation'] },
): readonly Drawing[] {
  const { comment } = answer
  const subjectId = conversation?.comments.find(({ id }) => id === comment.id)?.nodeId
  const content = isNothing(answer) ? ('CONFUSED' as const) : ('ROCKET' as const)
  return [
    replyTo(answer, { issueId, body: answer.body }),
    ...(subjectId === undefined ? [] : [{ kind: 'reaction' as const, subjectId, content }]),
  ]
}

export function replyTo({ comment }: Answer, { issueId, body }: { readonly issueId: string; readonly body: string }): Drawing {
  return { kind: 'comment', issueId, body: renderReply('release', comment, body) }
}
