import type { RunRef } from '@switchyard/core'
import { Ledger, type LedgerStore } from '../src/index.ts'
import type { LedgerOptions } from '../src/session.ts'
import { VirtualClock } from './clock.ts'
import {
  type CourierAnswer,
  type ParcelCommand,
  type ParcelDecider,
  type ParcelEffect,
  type ParcelEvent,
  type ParcelIndex,
  parcels,
  type ParcelState,
} from './parcels.ts'

export type ParcelLedger = Ledger<ParcelState, ParcelCommand, ParcelEvent, ParcelEffect, CourierAnswer, ParcelIndex>
export type ParcelOptions = LedgerOptions<ParcelState, ParcelCommand, ParcelEvent, ParcelEffect, CourierAnswer, ParcelIndex>

export function runOf(runId: number, attempt = 1, job = 'job'): RunRef {
  return { repository: 'acme/shop', run_id: runId, run_attempt: attempt, job, url: `https://github.com/acme/shop/actions/runs/${runId}` }
}

const HOUR_MS = 3_600_000

/** A ledger as a run would make it. Whatever is not said is harmless. */
export function openLedger(
  store: LedgerStore,
  options: Partial<ParcelOptions> & { seed?: number; clock?: VirtualClock } = {},
): ParcelLedger {
  const { seed, clock = new VirtualClock(), ...given } = options
  const ports = given.ports ?? clock.ports(seed)
  const decider: ParcelDecider = parcels
  return new Ledger({
    decider,
    store,
    ports,
    run: runOf(1),
    actor: { login: 'octocat', kind: 'user' },
    leaseMs: HOUR_MS,
    isAttemptCompleted: async () => false,
    ...given,
  })
}

/** A request with a key of its own. */
export function ask(
  subject: string,
  command: ParcelCommand,
  idempotencyKey: string,
): { subject: string; command: ParcelCommand; idempotencyKey: string } {
  return { subject, command, idempotencyKey }
}
