import { z } from 'zod'
import { type PlanDecider, planRules } from '../decider.ts'
import { effectRecord } from './effects.ts'
import { EVENT_DATA, eventRecord } from './events.ts'
import { indexRecord, stateRecord } from './state.ts'

/** The decider of the stream `plan`, whole. */
export const planDecider: PlanDecider = {
  ...planRules,
  parse: {
    state: (value) => stateRecord.parse(value),
    event: (value) => eventRecord.parse(value),
    effect: (value) => effectRecord.parse(value),
    index: (value) => indexRecord.parse(value),
  },
}

/** JSON Schemas of everything the stream stores, by name: `plan.uploaded` and so on, `state`, `effect`, `index`. */
export function planRecordSchemas(): Readonly<Record<string, Record<string, unknown>>> {
  const schemas = { ...EVENT_DATA, state: stateRecord, effect: effectRecord, index: indexRecord }
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, { ...z.toJSONSchema(schema) }]))
}
