import { toSwitchyardError } from '@switchyard/core'
import { drawCard, findCard } from './card.ts'
import { createConverge } from './converge/handler.ts'
import type { Door } from './door.ts'
import { drawAll } from './draw-answers.ts'
import { documentsOf, type Observation } from './observe.ts'

/** Brings to its end what a dead run left open on this idea; costs no request when there is nothing. */
export async function recoverIdea(door: Door, observation: Observation): Promise<Observation> {
  const { loaded, subject } = observation
  const open = loaded.intents.filter((intent) => intent.subject === subject)
  if (open.length === 0) return observation
  try {
    const others = loaded.intents.flatMap((intent) => (intent.subject === subject ? [] : [intent.subject]))
    const converge = createConverge(door, { loaded, card: findCard(observation.conversation) })
    const recovered = await door.ledger.recover({ handlers: converge.handler, loaded, except: [...new Set(others)] })
    for (const { error } of recovered.failures) {
      door.given.io.annotate({ level: 'warning', message: `The issues of a plan stay unfinished: ${error.message}` })
    }
    if (recovered.claimed.length === 0) return observation
    const after = {
      ...observation,
      loaded: await door.ledger.load({ subjects: [subject], idempotencyKeys: [], documents: documentsOf(subject) }),
    }
    // Whatever was asked now may change nothing that is shown.
    const isShown = findCard(observation.conversation) !== undefined
    await drawAll(door, isShown ? await drawCard(door, { observation: after, loaded: after.loaded }) : [])
    return after
  } catch (error) {
    // What is wrong with what others left must not keep this run from its own work.
    door.given.io.annotate({ level: 'warning', message: `What another run left open stays open: ${toSwitchyardError(error).message}` })
    return observation
  }
}
