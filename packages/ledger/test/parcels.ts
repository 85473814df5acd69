import { type Decider, type Effect, type Json, type TextRef, toTextRef, type View } from '@switchyard/core'
import { z } from 'zod'

/** A made-up capability, small and with everything in it: effects, effects after effects, refusals, views, an index. */
export type ParcelCommand =
  | { readonly kind: 'pay'; readonly amount: number }
  | { readonly kind: 'send'; readonly parcels: readonly string[] }
  | { readonly kind: 'cancel'; readonly parcel: string }
  | { readonly kind: 'look' }
  | { readonly kind: 'note'; readonly text: string }
  /** Pays what another subject has paid. */
  | { readonly kind: 'match'; readonly other: string }

/** What the courier says. `forward`: one more parcel has to go out. */
export type CourierAnswer = 'delivered' | 'forward' | 'unclear'

export interface ParcelState {
  readonly paid: number
  readonly notes: readonly TextRef[]
  readonly parcels: Readonly<Record<string, 'sent' | 'cancelled' | CourierAnswer>>
}

export interface ParcelEffect extends Effect {
  readonly kind: 'courier'
  readonly parcel: string
}

const answers = ['delivered', 'forward', 'unclear'] as const
const eventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('dispatch.paid'), data: z.object({ amount: z.number() }) }),
  z.object({ type: z.literal('dispatch.sent'), data: z.object({ parcel: z.string() }) }),
  z.object({ type: z.literal('dispatch.cancelled'), data: z.object({ parcel: z.string() }) }),
  z.object({
    type: z.literal('dispatch.noted'),
    data: z.object({ note: z.object({ blobs: z.array(z.string()).readonly(), bytes: z.number() }) }),
  }),
  z.object({ type: z.literal('dispatch.answered'), data: z.object({ parcel: z.string(), answer: z.enum(answers) }) }),
])
export type ParcelEvent = z.infer<typeof eventSchema>
const stateSchema = z.object({
  paid: z.number(),
  notes: z.array(z.object({ blobs: z.array(z.string()).readonly(), bytes: z.number() })),
  parcels: z.record(z.string(), z.enum(['sent', 'cancelled', ...answers])),
})
const effectSchema = z.object({ id: z.string(), kind: z.literal('courier'), parcel: z.string() })
const indexSchema = z.object({ subjects: z.record(z.string(), z.number()) })

/** What one subject may pay in all. */
export const PAY_LIMIT = 100

export type ParcelIndex = z.infer<typeof indexSchema>
export type ParcelDecider = Decider<ParcelState, ParcelCommand, ParcelEvent, ParcelEffect, CourierAnswer, ParcelIndex>

function counted(document: Json, field: string): Json {
  const counts = z.record(z.string(), z.number()).parse(document)
  return { ...counts, [field]: (counts[field] ?? 0) + 1 }
}

const log: View<ParcelEvent> = {
  name: 'log',
  document: (at) => `log/${new Date(at).toISOString().slice(0, 7)}`,
  initial: { lines: [] },
  evolve: (document, event) => {
    const { lines } = z.object({ lines: z.array(z.string()) }).parse(document)
    return { document: { lines: [...lines, `${event.seq} ${event.subject} ${event.type}`].slice(-50) } }
  },
}

const totals: View<ParcelEvent> = {
  name: 'totals',
  document: () => 'totals',
  initial: {},
  evolve: (document, event) => ({
    document: counted(document, event.type),
    pages: event.type === 'dispatch.cancelled' ? { [`cancelled/${event.id}`]: { parcel: event.data.parcel, at: event.at } } : {},
  }),
}

/** A document of each subject's own. */
const own: View<ParcelEvent> = {
  name: 'own',
  document: (_, subject) => `own/${subject}`,
  initial: {},
  evolve: (document, event) => ({ document: counted(document, event.type) }),
}

export const parcels: ParcelDecider = {
  stream: 'dispatch',
  foldVersion: 1,
  initial: { paid: 0, notes: [], parcels: {} },
  decide(state, command, context) {
    switch (command.kind) {
      case 'match':
        return { events: [{ type: 'dispatch.paid', data: { amount: context.peer(command.other).paid } }], effects: [] }
      case 'look':
        return { events: [], effects: [] }
      case 'note':
        return { events: [{ type: 'dispatch.noted', data: { note: toTextRef(command.text) } }], effects: [], texts: [command.text] }
      case 'pay':
        if (state.paid + command.amount > PAY_LIMIT) {
          return { rejected: { code: 'too-much', message: `Would be ${state.paid + command.amount}`, hint: `Pay at most ${PAY_LIMIT}` } }
        }
        return { events: [{ type: 'dispatch.paid', data: { amount: command.amount } }], effects: [] }
      case 'send': {
        const known = command.parcels.find((parcel) => state.parcels[parcel] !== undefined)
        if (known !== undefined) return { rejected: { code: 'known', message: known, hint: 'Choose another name' } }
        return {
          events: command.parcels.map((parcel) => ({ type: 'dispatch.sent', data: { parcel } })),
          effects: command.parcels.map(courier),
        }
      }
      case 'cancel':
        return { events: [{ type: 'dispatch.cancelled', data: { parcel: command.parcel } }], effects: [] }
    }
  },
  settle(state, effect, answer) {
    const { parcel } = effect
    // A late success never overwrites a cancel.
    if (state.parcels[parcel] === 'cancelled') return { events: [], effects: [] }
    const events: ParcelEvent[] = [{ type: 'dispatch.answered', data: { parcel, answer } }]
    if (answer !== 'forward') return { events, effects: [] }
    const next = `${parcel}+`
    return { events: [...events, { type: 'dispatch.sent', data: { parcel: next } }], effects: [courier(next)] }
  },
  evolve(state, event) {
    switch (event.type) {
      case 'dispatch.noted':
        return { ...state, notes: [...state.notes, event.data.note] }
      case 'dispatch.paid':
        return { ...state, paid: state.paid + event.data.amount }
      case 'dispatch.sent':
        return { ...state, parcels: { ...state.parcels, [event.data.parcel]: 'sent' } }
      case 'dispatch.cancelled':
        return { ...state, parcels: { ...state.parcels, [event.data.parcel]: 'cancelled' } }
      case 'dispatch.answered':
        return { ...state, parcels: { ...state.parcels, [event.data.parcel]: event.data.answer } }
    }
  },
  views: [log, totals, own],
  index: {
    initial: { subjects: {} },
    evolve: (index, event) => ({ subjects: { ...index.subjects, [event.subject]: event.seq } }),
  },
  parse: {
    state: (value) => stateSchema.parse(value),
    event: (value) => eventSchema.parse(value),
    effect: (value) => effectSchema.parse(value),
    index: (value) => indexSchema.parse(value),
  },
}

function courier(parcel: string): ParcelEffect {
  return { id: `courier-${parcel}`, kind: 'courier', parcel }
}
