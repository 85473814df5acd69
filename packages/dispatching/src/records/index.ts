import { z } from 'zod'
import { type DispatchDecider, dispatchRules } from '../decider/decider.ts'
import { effectRecord, issueEffectRecord, startWorkflowRecord } from './effects.ts'
import { EVENT_DATA, eventRecord } from './events.ts'
import { indexRecord, stateRecord } from './state.ts'

/** The decider of the stream `dispatch`, whole. */
export const dispatchDecider: DispatchDecider = {
  ...dispatchRules,
  parse: {
    state: (value) => stateRecord.parse(value),
    event: (value) => eventRecord.parse(value),
    effect: (value) => effectRecord.parse(value),
    index: (value) => indexRecord.parse(value),
  },
}

/** JSON Schemas of everything the stream stores, by name: `dispatch.requested` and so on, `state`, `effect`, `index`. */
export function dispatchRecordSchemas(): Readonly<Record<string, Record<string, unknown>>> {
  const schemas = { ...EVENT_DATA, state: stateRecord, effect: effectRecord, index: indexRecord }
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, { ...z.toJSONSchema(schema) }]))
}

export { effectRecord, eventRecord, indexRecord, issueEffectRecord, startWorkflowRecord, stateRecord }
