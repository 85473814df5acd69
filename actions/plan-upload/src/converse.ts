import type { Outcome } from '@switchyard/action'
import type { SwitchyardConfig } from '@switchyard/commands'
import { UserError } from '@switchyard/core'
import { reaches, readBack } from '@switchyard/github/operations'
import { type Answer, answerComment } from './answer-comment.ts'
import { drawAnswers } from './draw-answers.ts'
import type { Door, PlanLoaded } from './door.ts'
import type { FirstLook } from './first-look.ts'
import type { Spec } from './inputs.ts'
import { outcomeOf } from './outcomes.ts'
import { recoverIdea } from './recover.ts'
import { renderRefusal } from './render-refusal.ts'
import { readRules } from './rules.ts'
import { findWaiting, type Waiting } from './waiting.ts'
import type { Wish } from './wish.ts'

export const NOTHING_NEW: Outcome<Spec> = {
  decision: 'nothing-to-do',
  reasonCode: 'nothing-new',
  headline: 'Every command of the issue was handled before.',
  result: {},
}

/** Carries out every command of an issue that was not answered yet, oldest first: the event only wakes the run. */
export async function converse(
  door: Door,
  { comment }: Extract<Wish, { kind: 'converse' }>,
  { observation: first, roles }: FirstLook,
): Promise<Outcome<Spec>> {
  const { github, given } = door
  // A hundred others may have spoken while the run waited for its turn.
  const conversation = await readBack(github, given.context.repository, { ...first, isEnough: reaches(comment) })
  const seen = { ...first, conversation }
  const waiting = findWaiting(seen.conversation)
  const observation = given.inputs.dryRun ? seen : await recoverIdea(door, seen)
  if (waiting.length === 0) return NOTHING_NEW
  const config = await rulesFor(door, waiting, observation)
  const answers: Answer[] = []
  let loaded: PlanLoaded = observation.loaded
  // One after another: what was asked first is done first, and each sees what the one before it left.
  for (const one of waiting) {
    const answer = await answerComment(door, one, { observation, loaded, config, roles })
    answers.push(answer)
    loaded = answer.loaded
  }
  const ours = answers.filter((answer) => !isOthers(answer))
  if (ours.length === 0) return ELSEWHERE
  await drawAnswers(door, { observation, loaded, answers: ours })
  return outcomeOf(
    ours.flatMap(({ told }) => told),
    { issue: observation.conversation.number, loaded, subject: observation.subject },
  )
}

const ELSEWHERE: Outcome<Spec> = { ...NOTHING_NEW, headline: 'Another run carried the commands out at the same time, and answers them.' }

/** Of two runs for one comment, the one that recorded its first change answers it. */
function isOthers({ told }: Answer): boolean {
  return told.find((one) => one.isChange || one.isOthers === true)?.isOthers === true
}

/** With a faulty file every comment is refused, for good: none comes alive when the file is mended. */
async function rulesFor(door: Door, waiting: readonly Waiting[], observation: FirstLook['observation']): Promise<SwitchyardConfig> {
  try {
    return await readRules(observation.control)
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    const answers = waiting.map(({ comment }) => ({
      comment,
      told: [],
      body: renderRefusal(error),
      isNothing: true,
      isChange: false,
      loaded: observation.loaded,
    }))
    await drawAnswers(door, { observation, loaded: observation.loaded, answers })
    throw error
  }
}
