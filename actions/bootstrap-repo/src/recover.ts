import type { Outcome } from '@switchyard/action'
import type { BootstrapEffect } from '@switchyard/bootstrapping'
import { toSwitchyardError } from '@switchyard/core'
import type { Permissions } from '@switchyard/github'
import type { Door } from './door.ts'
import { createHandlers } from './handlers/index.ts'
import { type Observation, observe } from './observe.ts'
import type { Spec } from './run.ts'
import { showRecovered } from './show-recovered.ts'

/** What finishing others' runs needs of a credential: settings and clean-up. */
export const CARE: Permissions = { metadata: 'read', administration: 'write', contents: 'write' }

/**
 * Brings to their end what dead runs of this stream left open; costs no request when there is nothing. What stands under `except` is
 * left for whoever carries it on.
 */
export async function recoverOthers(
  door: Door,
  observation: Observation,
  { except }: { readonly except: string | undefined },
): Promise<Observation> {
  const { loaded, wanted } = observation
  if (!loaded.intents.some(({ subject }) => subject !== except)) return observation
  try {
    const recovered = await door.ledger.recover({
      handlers: createHandlers(door, { permissions: CARE }),
      loaded,
      except: except === undefined ? [] : [except],
    })
    tell(door, recovered)
    await showRecovered(door, recovered.claimed)
    return recovered.claimed.length === 0 ? observation : { ...observation, loaded: await door.ledger.load(wanted) }
  } catch (error) {
    // What is wrong with what others left must not keep this run from its own work.
    door.given.io.annotate({
      level: 'warning',
      message: `What other runs left open could not be looked at, and stays open: ${toSwitchyardError(error).message}`,
    })
    return observation
  }
}

/** `mode: recover`. */
export async function recover(door: Door): Promise<Outcome<Spec>> {
  const { loaded } = await observe(door, { subjects: [], files: [] })
  const recovered = await door.ledger.recover({ handlers: createHandlers(door, { permissions: CARE }), loaded })
  tell(door, recovered)
  await showRecovered(door, recovered.claimed)
  const { claimed, failures, outcomes } = recovered
  if (claimed.length === 0) {
    return { decision: 'nothing-to-do', reasonCode: 'nothing-to-recover', headline: 'No run was left open.', result: { recovered: 0 } }
  }
  const ended = outcomes.map(({ subject, type }) => `${subject}: ${type.replace('bootstrap.', '')}`)
  return {
    decision: failures.length === 0 ? 'done' : 'failed',
    reasonCode: 'recovered',
    headline: `${claimed.length} effects that nobody held were taken over, ${failures.length} stay open.`,
    result: { recovered: claimed.length, stay_open: failures.length, ended },
    summary: `### Recovered\n\n${ended.map((line) => `- \`${line}\``).join('\n')}\n`,
  }
}

interface Told {
  readonly claimed: readonly { readonly subject: string; readonly effect: BootstrapEffect }[]
  readonly failures: readonly { readonly intent: { readonly effect: BootstrapEffect }; readonly error: { readonly message: string } }[]
}

function tell({ given: { io } }: Door, { claimed, failures }: Told): void {
  for (const { subject, effect } of claimed) io.log.info(`Recovered ${effect.kind} of ${subject}, which another run had left open.`)
  for (const { intent, error } of failures) io.annotate({ level: 'warning', message: `${intent.effect.kind} stays open: ${error.message}` })
}
