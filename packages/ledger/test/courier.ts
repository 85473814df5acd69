import type { Asked, EffectHandler, Intent } from '../src/index.ts'
import type { CourierAnswer, ParcelEffect } from './parcels.ts'

/** The world outside the ledger, where doing something twice shows. */
export class Courier implements EffectHandler<ParcelEffect, CourierAnswer> {
  /** How often each parcel really left, by intent. */
  readonly deliveries = new Map<string, number>()
  /** Hears of every call before it is acted on, and after it was: may throw, as a death does. */
  readonly onCall: (call: 'apply' | 'applied' | 'ask') => Promise<void> | void

  constructor(onCall: (call: 'apply' | 'applied' | 'ask') => Promise<void> | void = () => undefined) {
    this.onCall = onCall
  }

  async apply(effect: ParcelEffect, intent: Intent<ParcelEffect>): Promise<CourierAnswer> {
    await this.onCall('apply')
    this.deliveries.set(intent.id, (this.deliveries.get(intent.id) ?? 0) + 1)
    await this.onCall('applied')
    return answerFor(effect)
  }

  async ask(effect: ParcelEffect, intent: Intent<ParcelEffect>): Promise<Asked<CourierAnswer>> {
    await this.onCall('ask')
    return this.deliveries.has(intent.id) ? { kind: 'answered', answer: answerFor(effect) } : { kind: 'not-started' }
  }

  /** The same world, seen by another process. */
  withCalls(onCall: (call: 'apply' | 'applied' | 'ask') => Promise<void> | void): Courier {
    const seen = new Courier(onCall)
    Object.defineProperty(seen, 'deliveries', { value: this.deliveries })
    return seen
  }
}

/** Parcels whose name begins with `f` are forwarded once. */
function answerFor({ parcel }: ParcelEffect): CourierAnswer {
  return parcel.startsWith('f') && !parcel.endsWith('+') ? 'forward' : 'delivered'
}
