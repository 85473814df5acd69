import { customerSubject } from '@switchyard/releasing'
import type { Tick } from '@switchyard/releasing/render'
import type { ObserveWishes } from './observe.ts'

/** Names what one box of an edit asks. */
export function boxKey(key: string, { address, step }: Pick<Tick, 'address' | 'step'>): string {
  return `${key} ${address} ${step}`
}

const MAX_LIKELY = 20
/** What is read from an issue is no path until it is known as a customer's. */
const PLAIN = /^[\w-][\w.-]*\/[\w-][\w.-]*$/

/** What taking these boxes will need of the ledger, known from the event alone. */
export function likelyOf(slug: string, key: string, ticks: readonly Tick[]): NonNullable<ObserveWishes['likely']> {
  const plain = ticks.filter(({ address }) => PLAIN.test(address)).slice(0, MAX_LIKELY)
  const subjects = plain.map(({ address }) => {
    const [cluster = '', namespace = ''] = address.split('/')
    return customerSubject(slug, { cluster, namespace })
  })
  return { subjects: [...new Set(subjects)], idempotencyKeys: plain.map((tick) => boxKey(key, tick)) }
}
