import { toSwitchyardError } from '@switchyard/core'
import type { Answered } from './settle-intents.ts'
import type { EffectFailure, EffectHandler, Intent } from './types.ts'

/** How many effects run at a time, unless the door says otherwise. */
export const DEFAULT_MAX_PARALLEL = 10

export interface Answers<Eff, Answer> {
  /** In the order of the intents. */
  readonly answered: readonly Answered<Eff, Answer>[]
  readonly failures: readonly EffectFailure<Eff>[]
}

/** How an intent was come by: our own are applied, those of others are asked about first. */
export type Origin = 'opened' | 'claimed'

/** Carries out effects, so many at a time. One that throws stops none of the others. */
export async function runEffects<Eff, Answer>(
  handler: EffectHandler<Eff, Answer>,
  intents: readonly Intent<Eff>[],
  options: { readonly origin: Origin; readonly maxParallel: number },
): Promise<Answers<Eff, Answer>> {
  const answered = new Map<string, Answered<Eff, Answer>>()
  const failures: EffectFailure<Eff>[] = []
  const waiting = [...intents]
  const work = async (): Promise<void> => {
    for (let intent = waiting.shift(); intent; intent = waiting.shift()) {
      try {
        answered.set(intent.id, { intent, answer: await answerOf(handler, intent, options.origin) })
      } catch (error) {
        failures.push({ intent, error: toSwitchyardError(error) })
      }
    }
  }
  await Promise.all(Array.from({ length: Math.max(1, Math.min(options.maxParallel, intents.length)) }, work))
  return { answered: intents.flatMap(({ id }) => answered.get(id) ?? []), failures }
}

async function answerOf<Eff, Answer>(handler: EffectHandler<Eff, Answer>, intent: Intent<Eff>, origin: Origin): Promise<Answer> {
  if (origin === 'opened') return handler.apply(intent.effect, intent)
  const asked = await handler.ask(intent.effect, intent)
  switch (asked.kind) {
    case 'answered':
    case 'unclear':
      return asked.answer
    case 'not-started':
      return handler.apply(intent.effect, intent)
  }
}
