import { createHandlers } from './handlers.ts'
import type { DispatchLoaded, Observed } from './observe.ts'
import type { Reach } from './reach.ts'
import type { Arguments } from './run.ts'

/** Finishes what dead runs of this stream left open; costs no request when there is nothing. */
export async function recoverOthers(given: Arguments, { observed, reach }: { readonly observed: Observed; readonly reach: Reach }): Promise<DispatchLoaded> {
  const { ledger, loaded, subject } = observed
  if (loaded.intents.length === 0) return loaded
  const { io } = given
  const handlers = createHandlers(given, { observed, reach, targets: loaded.intents.flatMap(({ effect }) => (effect.kind === 'start-workflow' ? [effect.target.repository] : [])) })
  const recovered = await ledger.recover({ handlers, loaded, maxParallel: given.inputs.maxParallel })
  for (const { effect } of recovered.claimed) io.log.info(`Recovered ${effect.kind} ${effect.id}, which another run had left open.`)
  for (const { intent, error } of recovered.failures) io.annotate({ level: 'warning', message: `${intent.effect.kind} stays open: ${error.message}` })
  // What recovery wrote may concern this very run: its state is read again.
  return recovered.claimed.length === 0 ? loaded : ledger.load({ subjects: [subject], idempotencyKeys: [observed.idempotencyKey], documents: loaded.documentNames })
}
