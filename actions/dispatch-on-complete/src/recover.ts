import { type SwitchyardError, toSwitchyardError } from '@switchyard/core'
import type { DispatchEffect } from '@switchyard/dispatching'
import { createHandlers } from './handlers.ts'
import type { DispatchLoaded, Observed } from './observe.ts'
import type { Reach } from './reach.ts'
import type { Arguments } from './run.ts'

/** Finishes what dead runs of this stream left open; costs no request when there is nothing. */
export async function recoverOthers(
  given: Arguments,
  { observed, reach }: { readonly observed: Observed; readonly reach: Reach },
): Promise<DispatchLoaded> {
  const { ledger, loaded } = observed
  if (loaded.intents.length === 0) return loaded
  const { io } = given
  const handlers = createHandlers(given, {
    observed,
    reach,
    targets: loaded.intents.flatMap(({ effect }) => (effect.kind === 'start-workflow' ? [effect.target.repository] : [])),
  })
  const recovered = await ledger
    .recover({ handlers, loaded, maxParallel: given.inputs.maxParallel })
    .catch((error: unknown) => toWarning(given, error))
  if (recovered === undefined) return loaded
  for (const { effect } of recovered.claimed) io.log.info(`Recovered ${effect.kind} ${effect.id}, which another run had left open.`)
  for (const { intent, error } of recovered.failures) {
    io.annotate({ level: 'warning', message: `${intent.effect.kind} stays open: ${sayable(intent.effect, error)}` })
  }
  // What recovery wrote may concern this very run: its state is read again.
  return recovered.claimed.length === 0 ? loaded : ledger.load(observed.wanted)
}

/** What is wrong with what others left must not keep this run from its own work. */
function toWarning({ io }: Arguments, error: unknown): undefined {
  const { message } = toSwitchyardError(error)
  io.annotate({ level: 'warning', message: `What other runs left open could not be looked at, and stays open: ${message}` })
}

/** What may be said of an effect in a log that others can read: a private target is not named. */
export function sayable(effect: DispatchEffect, error: SwitchyardError): string {
  const isPrivate = effect.kind === 'start-workflow' && effect.target.visibility !== 'public' && effect.source.visibility === 'public'
  return isPrivate ? `its target is private (${error.code})` : error.message
}
