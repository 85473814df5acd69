import { replyMarker } from '@switchyard/commands'
import { toSwitchyardError } from '@switchyard/core'
import type { Drawing } from '@switchyard/github/operations'
import type { Answer } from './answer-comment.ts'
import { drawCard } from './card.ts'
import type { Door, PlanLoaded } from './door.ts'
import type { Observation } from './observe.ts'

/** An answer's length, in characters, so that it stays under what a comment takes with its marker. */
const MAX_ANSWER = 60_000

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
  const short = refused.map((answer) => replyTo(conversation.nodeId, answer, shortOf(door, answer)))
  if (short.length > 0) await drawAll(door, short)
}

/** Renderings, but in a dry run: what goes wrong with them is a warning, since nothing is lost. Returns what was refused, by place. */
export async function drawAll(door: Door, drawings: readonly Drawing[]): Promise<readonly (string | undefined)[]> {
  if (drawings.length === 0 || door.given.inputs.dryRun) return []
  const { drawTogether } = await import('@switchyard/github/operations')
  try {
    const drawn = await drawTogether(door.github, drawings)
    for (const message of drawn) if (message !== undefined) warn(door, message)
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
  const text = body.length > MAX_ANSWER ? `${body.slice(0, MAX_ANSWER)}…` : body
  return { kind: 'comment', issueId, body: `${replyMarker('plan', comment.id)}\n@${comment.author.login}\n\n${text}\n` }
}

function reactionTo({ conversation }: Observation, { comment, isNothing }: Answer): readonly Drawing[] {
  const subjectId = conversation.comments.find(({ id }) => id === comment.id)?.nodeId
  return subjectId === undefined ? [] : [{ kind: 'reaction', subjectId, content: isNothing ? 'CONFUSED' : 'ROCKET' }]
}

function shortOf({ given: { context } }: Door, { isNothing }: Answer): string {
  return `${isNothing ? 'Nothing was done' : 'It was carried out'}; GitHub refused the whole answer. [This run](${context.run.url}) shows it.`
}
