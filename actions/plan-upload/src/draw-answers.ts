import { renderReply, renderShortAnswer } from '@switchyard/commands'
import { toSwitchyardError } from '@switchyard/core'
import type { Drawing } from '@switchyard/github/operations'
import type { Answer } from './answer-comment.ts'
import { drawCard } from './card.ts'
import type { Door, PlanLoaded } from './door.ts'
import { fitAnswer } from './fit-answer.ts'
import type { Observation } from './observe.ts'

interface Drawn {
  readonly observation: Observation
  readonly loaded: PlanLoaded
  readonly answers: readonly Answer[]
}

/** Replies, reactions and the card, in one request. */
export async function drawAnswers(door: Door, { observation, loaded, answers }: Drawn): Promise<void> {
  const { conversation } = observation
  const replies = answers.map((answer) => replyTo(conversation.nodeId, answer, answer.body))
  const reactions = answers.flatMap((answer) => reactionTo(observation, answer))
  const card = answers.some(({ isChange }) => isChange) ? await drawCard(door, { observation, loaded }) : []
  const drawn = await drawAll(door, [...replies, ...reactions, ...card])
  const refused = answers.filter((_, at) => drawn[at] !== undefined)
  // An answer that GitHub does not take is written again, short: a comment without one would be looked at for ever.
  const runUrl = door.given.context.run.url
  const short = refused.map((answer) => replyTo(conversation.nodeId, answer, renderShortAnswer({ ...answer, runUrl })))
  if (short.length > 0) await drawAll(door, short)
}

/** Renderings, but in a dry run: what goes wrong with them is a warning, since nothing is lost. Returns what was refused, by place. */
export async function drawAll(door: Door, drawings: readonly Drawing[]): Promise<readonly (string | undefined)[]> {
  if (drawings.length === 0 || door.given.inputs.dryRun) return []
  const { drawTogether } = await import('@switchyard/github/operations')
  try {
    const drawn = await drawTogether(door.github, drawings)
    for (const message of new Set(drawn)) if (message !== undefined) warn(door, message)
    return drawn
  } catch (error) {
    warn(door, toSwitchyardError(error).message)
    return drawings.map(() => undefined)
  }
}

function warn({ given: { io } }: Door, message: string): void {
  io.annotate({ level: 'warning', message: `Something could not be drawn: ${message}` })
}

function replyTo(issueId: string, { comment }: Answer, body: string): Drawing {
  return { kind: 'comment', issueId, body: renderReply('plan', comment, fitAnswer([body])) }
}

function reactionTo({ conversation }: Observation, { comment, isNothing }: Answer): readonly Drawing[] {
  const subjectId = conversation.comments.find(({ id }) => id === comment.id)?.nodeId
  return subjectId === undefined ? [] : [{ kind: 'reaction', subjectId, content: isNothing ? 'CONFUSED' : 'ROCKET' }]
}
