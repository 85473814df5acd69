import { renderShortAnswer } from '@switchyard/commands'
import type { Drawing, OwnIssues, Surfaces } from '@switchyard/github/operations'
import { countAll } from '@switchyard/releasing/render'
import { type Answer, drawingsOfAnswer, isNothing, replyTo } from './answers.ts'
import type { Door, ReleaseLoaded } from './door.ts'
import { checkOf, drawAll, drawingsOf, numbersOf, type Picture, pictureOf } from './draw-release.ts'
import { makeBoard } from './make-board.ts'
import type { Observation } from './observe.ts'
import { readAnswered } from './own-answers.ts'
import { completeSurfaces } from './surfaces.ts'

interface Drawn {
  readonly issue: number
  readonly slug: string | undefined
  readonly answers: readonly Answer[]
  readonly before: Picture | undefined
  readonly observation: Observation
  readonly loaded: ReleaseLoaded
  readonly surfaces: Surfaces
  readonly own: Promise<OwnIssues> | undefined
}

/** Answers, board, pages and check run, together. Returns the board's address. */
export async function drawAnswers(
  door: Door,
  { issue, slug, answers, before, observation: { control, conversation }, loaded, surfaces, own }: Drawn,
): Promise<string | undefined> {
  const after = slug === undefined ? undefined : pictureOf(loaded, slug)
  const { picture: made, fresh } = after === undefined ? NOTHING_MADE : await makeBoard(door, { picture: after, loaded, surfaces, own })
  const all =
    made === undefined || made === after
      ? surfaces
      : await completeSurfaces(door, { numbers: numbersOf(made.release), known: surfaces, fresh, withBodies: false })
  const isNew = made !== undefined && made !== after
  const issueId = all.issues.get(issue)?.nodeId
  const replies = answers.map((answer) => (isNew ? leadToBoard(answer, made?.release.board?.issue) : tellOpen(answer, made)))
  const pictures =
    made === undefined
      ? []
      : [
          ...drawingsOf(door, { before: before ?? after, after: made, surfaces: all }),
          ...checkOf({ before, after: made, surfaces: all, control }),
        ]
  await write(door, { issue, issueId, replies, pictures, conversation })
  return all.issues.get(made?.release.board?.issue ?? 0)?.url
}

const NOTHING_MADE = { picture: undefined, fresh: new Map() }

interface Written extends Pick<Observation, 'conversation'> {
  readonly issue: number
  /** undefined: the issue is gone. */
  readonly issueId: string | undefined
  readonly replies: readonly Answer[]
  readonly pictures: readonly Drawing[]
}

/** An answer that GitHub does not take is written again, short: a comment without one would be looked at for ever. */
async function write(door: Door, { issue, issueId, replies, pictures, conversation }: Written): Promise<void> {
  if (issueId === undefined) return void (await drawAll(door, pictures))
  const answered = replies.map((answer) => ({ answer, drawings: drawingsOfAnswer(answer, { issueId, conversation }) }))
  const drawings = answered.flatMap((one) => one.drawings)
  const failed = await drawAll(door, [...drawings, ...pictures])
  const refused = answered.filter((one) => one.drawings.some((drawing) => drawing.kind === 'comment' && failed.has(drawing)))
  if (refused.length === 0) return
  // What GitHub kept otherwise than it was sent is there all the same.
  const known = await readAnswered(door, { issue, comments: refused.map(({ answer }) => answer.comment.id) })
  const runUrl = door.given.context.run.url
  const again = refused.filter(({ answer }) => !known.has(answer.comment.id))
  await drawAll(
    door,
    again.map(({ answer }) => replyTo(answer, { issueId, body: renderShortAnswer({ isNothing: isNothing(answer), runUrl }) })),
  )
}

/** An archived release is closed for good: what was open is told to whoever closed it. */
function tellOpen(answer: Answer, picture: Picture | undefined): Answer {
  if (picture === undefined || !answer.changes.some(({ event }) => event.type === 'release.archived')) return answer
  const { done, skipped, total } = countAll(picture.matrix)
  const open = total - done - skipped
  if (open === 0) return answer
  return { ...answer, body: `${answer.body}\n\n⚠️ ${open} of ${total} steps were still open, and stay so.` }
}

/** Whoever activated goes on at the board, which is another issue. */
function leadToBoard(answer: Answer, board: number | undefined): Answer {
  if (board === undefined || !answer.changes.some(({ event }) => event.type === 'release.activated')) return answer
  return { ...answer, body: `${answer.body}\n\nIts board is #${board}: go on there, it says how.` }
}
