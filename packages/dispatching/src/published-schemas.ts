import { dispatchingSchema } from './config/json-schema.ts'
import { dispatchRecordSchemas } from './records/index.ts'

/** By path below `schemas/`, what this room publishes. */
export const publishedSchemas: Readonly<Record<string, Record<string, unknown>>> = {
  'dispatching.schema': dispatchingSchema(),
  ...Object.fromEntries(
    Object.entries(dispatchRecordSchemas()).map(([name, schema]) => [
      `ledger/${name.startsWith('dispatch.') ? name : `dispatch.${name}`}`,
      schema,
    ]),
  ),
}
