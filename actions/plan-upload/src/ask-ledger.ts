import { toActor } from '@switchyard/action'
import type { Recorded, Rejection } from '@switchyard/core'
import { InternalError } from '@switchyard/core'
import type { ConvergeAnswer, ConvergeEffect, IdeaCommand, PlanEvent } from '@switchyard/planning'
import type { EffectHandler } from '@switchyard/ledger'
import { renderRejection, type Site } from '@switchyard/planning/render'
import type { Door, PlanLoaded } from './door.ts'
import { documentsOf } from './observe.ts'
import { toReason } from './reason-codes.ts'
import { refusePublic } from './refuse-public.ts'
import type { Scene, Told } from './scene.ts'
import { siteOf } from './site.ts'
import type { TargetSeen } from './target.ts'
import { isToldElsewhere } from './told-elsewhere.ts'

export type ConvergeHandler = EffectHandler<ConvergeEffect, ConvergeAnswer>

/** What a command without an effect is asked with: nothing is to be carried out. */
/** Of commands that decide events alone. @throws {InternalError} where an effect comes up all the same. */
export const NO_EFFECTS: ConvergeHandler = {
  apply: () => Promise.reject(new InternalError('An effect was decided where none may be')),
  ask: () => Promise.reject(new InternalError('An effect was asked about where none may be')),
}

export interface Recording {
  readonly events: readonly Recorded<PlanEvent>[]
  /** What carrying the effects out came to. */
  readonly outcomes: readonly Recorded<PlanEvent>[]
  /** Why an effect stays open, for the sweep to go on with. */
  readonly failure: string | undefined
  readonly loaded: PlanLoaded
}

interface Asked extends Pick<Scene, 'observation' | 'asker' | 'key' | 'comment' | 'loaded' | 'isDryRun'> {
  readonly handlers?: ConvergeHandler
  /** Where the issues are, or are to be: what a public ledger tells of, too. */
  readonly target?: TargetSeen
}

/**
 * Has the ledger decide and record a command, or tells why it did not.
 * @throws {UserError} `LEDGER_PUBLIC`
 */
export async function askLedger(door: Door, scene: Asked, command: IdeaCommand): Promise<Recording | { readonly told: Told }> {
  const { asker, key, loaded, isDryRun, target, handlers = NO_EFFECTS } = scene
  const { observation } = scene
  const { subject } = observation
  refusePublic(door, { control: observation.control, loaded, target })
  const done = await door.ledger.perform({
    handlers,
    requests: [{ subject, command, idempotencyKey: key, actor: { ...toActor(door.given.context), login: asker.login } }],
    loaded,
    documents: documentsOf(subject),
    isDryRun,
  })
  const [result] = done.results
  if (result === undefined || result.kind === 'withheld') throw new InternalError('A command was asked for and not answered.')
  if (result.kind === 'rejected') return { told: refuse(result.rejection, loaded, siteOf(door, observation.conversation.number)) }
  const [event] = result.events
  if (event !== undefined && (await isToldElsewhere(door, scene, event.run))) return { told: tellOthers(done.loaded) }
  const [failure] = done.failures
  return {
    events: result.events,
    outcomes: done.outcomes,
    failure: failure?.error.message,
    loaded: isDryRun ? loaded : done.loaded,
  }
}

function tellOthers(loaded: PlanLoaded): Told {
  const headline = 'Another run carried it out at the same time.'
  return { decision: 'nothing-to-do', reasonCode: 'nothing-new', headline, reply: headline, loaded, isChange: false, isOthers: true }
}

/** `site`: of the idea that it names. */
export function refuse(rejection: Rejection['rejected'], loaded: PlanLoaded, site?: Site): Told {
  return {
    decision: 'refused',
    reasonCode: toReason(rejection.code),
    headline: rejection.message,
    reply: renderRejection(rejection, site),
    result: { code: rejection.code },
    loaded,
    isChange: false,
  }
}
