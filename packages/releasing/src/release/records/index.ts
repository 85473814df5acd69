import { z } from 'zod'
import { type ReleaseDecider, releaseRules } from '../decider.ts'
import { EVENT_DATA, eventRecord } from './events.ts'
import { indexRecord, stateRecord } from './state.ts'

/** The decider of the stream `release`, whole. */
export const releaseDecider: ReleaseDecider = {
  ...releaseRules,
  parse: {
    state: (value) => stateRecord.parse(value),
    event: (value) => eventRecord.parse(value),
    effect: (value) => z.never().parse(value),
    index: (value) => indexRecord.parse(value),
  },
}

/** JSON Schemas of everything the stream stores, by name: `release.activated` and so on, `state`, `index`. */
export function releaseRecordSchemas(): Readonly<Record<string, Record<string, unknown>>> {
  const schemas = { ...EVENT_DATA, state: stateRecord, index: indexRecord }
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, { ...z.toJSONSchema(schema) }]))
}
