import { switchyardSchema } from './permission/json-schema.ts'

/** By path below `schemas/`, what this room publishes. */
export const publishedSchemas: Readonly<Record<string, Record<string, unknown>>> = { 'switchyard.schema': switchyardSchema() }
